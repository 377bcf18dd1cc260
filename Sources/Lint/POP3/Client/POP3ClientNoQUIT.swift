import Conversation

/// It leaves without QUIT.
struct POP3ClientNoQUIT: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.no-quit",
        title: Words("The client leaves without QUIT", ja: "クライアントが QUIT せずに切断している"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §4, §6",
        means: Words(
            """
            A server holds the mailbox locked as long as the session lasts, and may take a connection \
            that just ends for one that broke: the lock stays for a while, and the next login is \
            refused.
            """,
            ja: """
                サーバーはセッションの間メールボックスをロックします。単に切断されると障害と見なされ、ロックがしばらく残って次のログインが拒否されることがあります。
                """),
        remedy: Words(
            """
            Let the client say QUIT and wait for the answer before it closes the connection.
            """,
            ja: """
                クライアントは QUIT を送り、その応答を待ってから接続を閉じるようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: STAT
            S: +OK 0 0
            end: client-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: STAT
            S: +OK 0 0
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        dialects: [.pop3])

    private var last: (said: String, place: Place)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        last = (Quote.command(of: exchange), Place(commandOf: exchange, in: session))
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard let last, pop3.isLoggedIn, !pop3.hasQuit, !pop3.wasCutOff, session.followsPOP3,
            session.end == .closed(first: .client)
        else { return nil }
        return finding(
            at: last.place, in: session,
            means: Words(
                """
                The last that the client said was \(last.said); then it closed the connection, without QUIT.
                """,
                ja: """
                    クライアントが最後に送ったのは \(last.said) で、その後 QUIT せずに接続を閉じました。
                    """))
    }
}
