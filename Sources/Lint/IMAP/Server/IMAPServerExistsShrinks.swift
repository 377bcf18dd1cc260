import Conversation

/// The server says that there are fewer messages, and not which of them are gone.
struct IMAPServerExistsShrinks: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.exists-shrinks",
        title: Words("EXISTS goes down without EXPUNGE", ja: "EXPUNGE なしに EXISTS が減っている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §5.2, §7.4.1; RFC 3501 §5.2, §7.3.1",
        means: Words(
            """
            EXISTS can only add messages; each one that goes is told by EXPUNGE or VANISHED. Where they go without, \
            the client's numbers mean other messages from then on.
            """,
            ja: """
                EXISTS はメッセージが増えたことしか伝えられず、減ったことは EXPUNGE か VANISHED で一つずつ伝えます。\
                これがないと、以後クライアントの持つ番号は別のメッセージを指します。
                """),
        remedy: Words(
            "Let the server say EXPUNGE for each message that is gone before it says EXISTS.",
            ja: "EXISTS を送る前に、消えたメッセージごとに EXPUNGE を送るようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 NOOP
            S: * 2 EXISTS
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 NOOP
            S: * 1 EXPUNGE
            S: * 2 EXISTS
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, session.imap.state == .selected,
            !session.imap.isSelecting, let before = session.imap.mailbox?.exists, session.piece(line) == .start,
            let data = IMAPData(line), data.is("EXISTS"), let now = data.number, now < before
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server said \(Quote.of(line)) where there were \(before) messages, and no EXPUNGE told which are gone.",
                ja: "サーバーは \(before) 通あったところで \(Quote.of(line)) を送りましたが、どれが消えたかを EXPUNGE で伝えていません。"))
    }
}
