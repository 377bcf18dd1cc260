import Conversation
import Wire

/// The client fetches many messages in the way that marks them as read.
struct IMAPClientBodyNotPeek: Rule {
    static let hears: RuleEvents = [.utterance]
    /// Single messages that a user may have opened.
    private static let opened = 3

    static let about = RuleDescription(
        id: "imap.client.body-not-peek",
        title: Words("Messages are marked as read by being fetched", ja: "取得するだけで既読になる方法を使っている"),
        severity: .note,
        side: .client,
        clause: "RFC 9051 §6.4.5; RFC 3501 §6.4.5",
        means: Words(
            #"""
            BODY[…], RFC822 and RFC822.TEXT set the flag \Seen, BODY.PEEK[…] does not. A program that fetches mail \#
            without anybody reading it makes it look read on all the user's devices.
            """#,
            ja: #"""
                BODY[…]、RFC822、RFC822.TEXT は \Seen フラグを付けますが、BODY.PEEK[…] は付けません。\#
                誰も読まないのに取得するプログラムがこれを使うと、ユーザーのすべての端末で既読に見えます。
                """#),
        remedy: Words(
            "Fetch BODY.PEEK[…] wherever no human has opened the message.",
            ja: "人がメッセージを開いたのでない限り BODY.PEEK[…] で取得してください。"),
        violating: IMAPScene.selected + #"""
            C: a3 UID FETCH 5:7 (BODY[HEADER])
            S: * 1 FETCH (UID 5 FLAGS (\Seen) BODY[HEADER] {2}
            S: 
            S: )
            S: a3 OK done
            """# + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 5:7 (BODY.PEEK[HEADER])
            S: * 1 FETCH (UID 5 BODY[HEADER] {2}
            S: 
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var single = 0

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, let verb = session.command?.imapVerb, verb == "FETCH" || verb == "UID FETCH",
            session.imap.mailbox?.isReadOnly == false, !session.imap.isSelecting
        else { return nil }
        let arguments = IMAPArguments.of(line.bytes, verb: verb)
        let set = arguments.prefix { !$0.isBlank }
        let items = arguments[set.endIndex...]
        guard Self.marks(items) else { return nil }
        if IMAPNumbers(set)?.single != nil {
            single += 1
            guard single > Self.opened else { return nil }
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                #"The client said \#(Quote.of(line)), which sets \Seen on each of the messages that it fetches."#,
                ja: #"クライアントの送った \#(Quote.of(line)) は、取得するメッセージすべてに \Seen フラグを付けます。"#))
    }

    private static func marks(_ items: ArraySlice<UInt8>) -> Bool {
        let words = items.split { $0.isBlank || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
        return words.contains { word in
            word.count > 5 && ASCII.equal(word.prefix(5), "BODY[")
                || ASCII.equal(word, "RFC822") || ASCII.equal(word, "RFC822.TEXT")
        }
    }
}
