import Conversation

/// The client names messages by numbers that the answer to an earlier command may change.
struct IMAPClientAmbiguousPipeline: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.ambiguous-pipeline",
        title: Words("Message numbers are used while they may change", ja: "変わりうる間にメッセージ番号を使っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §5.5; RFC 3501 §5.5",
        means: Words(
            """
            While any command but FETCH, STORE and SEARCH is in progress the server may tell of expunged messages, and \
            all numbers after them go down. A number that is said meanwhile may mean another message.
            """,
            ja: """
                FETCH、STORE、SEARCH 以外のコマンドの実行中は、サーバーが EXPUNGE を通知してそれ以降の番号が詰まることがあります。\
                その間に送ったメッセージ番号は、別のメッセージを指すおそれがあります。
                """),
        remedy: Words(
            "Wait for the answer before a command with message numbers, or name messages by UID.",
            ja: "メッセージ番号を使うコマンドは前の応答を待ってから送るか、UID を使ってください。"),
        violating: IMAPScene.selected + #"""
            C: a3 NOOP
            C: a4 STORE 2 +FLAGS (\Deleted)
            S: * 1 EXPUNGE
            S: a3 OK done
            S: * 2 FETCH (FLAGS (\Deleted))
            S: a4 OK done
            """# + IMAPScene.logout,
        conforming: IMAPScene.selected + #"""
            C: a3 FETCH 1 FLAGS
            C: a4 STORE 2 +FLAGS (\Deleted)
            S: * 1 FETCH (FLAGS ())
            S: a3 OK done
            S: * 2 FETCH (FLAGS (\Deleted))
            S: a4 OK done
            """# + IMAPScene.logout,
        dialects: [.imap])

    private static let expunging: Set<String> = [
        "NOOP", "CHECK", "EXPUNGE", "MOVE", "UID FETCH", "UID STORE", "UID SEARCH", "UID COPY", "UID MOVE",
        "UID EXPUNGE",
    ]

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.imap.state == .selected, !session.imap.pending.isEmpty,
            let verb = session.command?.imapVerb, IMAPVerb.numbered.contains(verb), session.followsIMAP,
            !session.imap.isSelecting,
            let before = session.imap.pending.first(where: {
                Self.expunging.contains($0.verb) || $0.verb == "IDLE" && $0.isDone
            }),
            let text = session.command?.arguments.first, let numbers = IMAPNumbers(text)
        else { return nil }
        // All messages are all messages, however they are numbered.
        if numbers.ranges.count == 1, numbers.ranges[0].first == 1, numbers.ranges[0].last == nil { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)) before the answer to \(before.verb) was complete. If that expunges \
                a message, the numbers mean others than the client thinks.
                """,
                ja: """
                    クライアントは \(before.verb) の応答が終わる前に \(Quote.of(line)) を送りました。\
                    その応答で EXPUNGE が通知されると、番号は意図と違うメッセージを指します。
                    """))
    }
}
