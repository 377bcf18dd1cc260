import Conversation
import Wire

/// The client changes what is in a mailbox that it opened to read only.
struct IMAPClientReadOnly: Rule {
    static let hears: RuleEvents = [.exchange]
    private static let changing: Set<String> = [
        "STORE", "UID STORE", "EXPUNGE", "UID EXPUNGE", "MOVE", "UID MOVE",
    ]

    static let about = RuleDescription(
        id: "imap.client.read-only",
        title: Words("The client changes a mailbox that is open read-only", ja: "読み取り専用で開いたメールボックスを変更している"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §6.3.3, §7.1; RFC 3501 §6.3.2, §7.1",
        means: Words(
            """
            EXAMINE opens a mailbox to read only, and SELECT as well where the server answers [READ-ONLY]. Nothing in it \
            can be changed then: no flag, and no message can be removed.
            """,
            ja: """
                EXAMINE はメールボックスを読み取り専用で開きます。SELECT でも応答に [READ-ONLY] があれば同じです。\
                その間はフラグの変更もメッセージの削除もできません。
                """),
        remedy: Words(
            "Open a mailbox by SELECT where something in it is to be changed, and look for [READ-WRITE] in the answer.",
            ja: "変更するときは SELECT で開き、応答が [READ-WRITE] であることを確認してください。"),
        violating: IMAPScene.loggedIn + #"""
            C: a2 EXAMINE INBOX
            S: * FLAGS (\Deleted \Seen)
            S: * 3 EXISTS
            S: * 0 RECENT
            S: * OK [UIDVALIDITY 1] unique
            S: a2 OK [READ-ONLY] opened
            C: a3 UID STORE 7 +FLAGS (\Deleted)
            S: a3 NO read-only
            """# + IMAPScene.logout,
        conforming: IMAPScene.selected + #"""
            C: a3 UID STORE 7 +FLAGS (\Deleted)
            S: a3 OK done
            """# + IMAPScene.logout,
        dialects: [.imap])

    /// By which the mailbox was opened.
    private var opened: (command: [UInt8], reply: Reply)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let reply = exchange.replies.last else { return nil }
        if exchange.verb == "SELECT" || exchange.verb == "EXAMINE" {
            opened = reply.code == "OK" ? (exchange.command, reply) : nil
            return nil
        }
        guard Self.changing.contains(exchange.verb), reply.code == "NO" || reply.code == "BAD", session.followsIMAP,
            let mailbox = session.imap.mailbox, mailbox.isReadOnly, !session.imap.isSelecting, let opened
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The mailbox was opened by \(Quote.of(opened.command)), and the server said \(Quote.of(opened.reply)): it is \
                read-only. The client said \(Quote.of(exchange.command)) all the same, and the server answered \
                \(Quote.of(reply)).
                """,
                ja: """
                    メールボックスは \(Quote.of(opened.command)) で開かれ、サーバーの応答は \(Quote.of(opened.reply)) でした。\
                    読み取り専用です。それでもクライアントは \(Quote.of(exchange.command)) を送り、サーバーは \
                    \(Quote.of(reply)) と応答しました。
                    """))
    }
}
