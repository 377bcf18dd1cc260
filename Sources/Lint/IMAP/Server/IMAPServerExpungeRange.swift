import Conversation

/// The server expunges a message that there is not.
struct IMAPServerExpungeRange: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.expunge-range",
        title: Words("A message is expunged that does not exist", ja: "存在しないメッセージを EXPUNGE している"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.5.1; RFC 3501 §7.4.1",
        means: Words(
            """
            EXPUNGE names a message by its number, and each one takes one off the numbers after it. A number that no \
            message has puts the client's count out, or makes it crash.
            """,
            ja: """
                EXPUNGE はメッセージを番号で示し、それ以降の番号を一つずつ詰めます。存在しない番号を送ると、\
                クライアントの数え方が狂うか、クライアントが異常終了します。
                """),
        remedy: Words(
            "Let the server count down the numbers with each EXPUNGE that it says.",
            ja: "EXPUNGE を送るたびに、以降の番号を一つ減らして数えるようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 EXPUNGE
            S: * 2 EXPUNGE
            S: * 3 EXPUNGE
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 EXPUNGE
            S: * 2 EXPUNGE
            S: * 2 EXPUNGE
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, session.imap.state == .selected,
            !session.imap.isSelecting, let mailbox = session.imap.mailbox, session.piece(line) == .start,
            let data = IMAPData(line), data.is("EXPUNGE"), let number = data.number
        else { return nil }
        if number == 0 {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The server said \(Quote.of(line)): message numbers begin with 1.",
                    ja: "サーバーは \(Quote.of(line)) を送りましたが、メッセージ番号は 1 から始まります。"))
        }
        guard let exists = mailbox.exists, number > exists else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server said \(Quote.of(line)), and at this moment the mailbox had \(exists) messages.",
                ja: "サーバーは \(Quote.of(line)) を送りましたが、この時点でメールボックスには \(exists) 通しかありません。"))
    }
}
