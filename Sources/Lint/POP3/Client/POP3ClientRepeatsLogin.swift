import Conversation

/// The same kind of login again and again, though it is refused each time.
struct POP3ClientRepeatsLogin: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.repeats-login",
        title: Words("The client repeats a login that is refused", ja: "拒否されたログインを繰り返している"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §7",
        means: Words(
            """
            A password does not become right by being said again. Servers take that for an attack: they answer ever more \
            slowly, hang up, or lock the account or the address.
            """,
            ja: """
                同じパスワードを何度送っても正しくはなりません。サーバーは攻撃と見なし、応答を遅らせたり、接続を切ったり、アカウントや\
                アドレスを拒否したりします。
                """),
        remedy: Words(
            """
            Let the client ask its user after the first refusal, and stop.
            """,
            ja: """
                クライアントは最初に拒否された時点で止まり、利用者に確認するようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR wrong password
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR wrong password
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR wrong password
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR wrong password
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// Some clients try a second spelling of the name.
    private static let limit = 3

    private var counts: [String: Int] = [:]
    private var found: (said: String, reply: String, place: Place, count: Int)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, ["USER", "PASS", "APOP", "AUTH"].contains(exchange.verb),
            let reply = exchange.replies.last, let asked = session.pop3.asked(exchange),
            exchange.verb != "AUTH" || asked.arguments > 0
        else { return nil }
        let said = Quote.command(of: exchange)
        if reply.code == "+OK", exchange.verb != "USER" { counts = [:] }
        guard reply.code == "-ERR", counts.count < 16 || counts[said] != nil else { return nil }
        let count = (counts[said] ?? 0) + 1
        counts[said] = count
        guard count >= Self.limit, count > found?.count ?? 0 else { return nil }
        found = (said, Quote.of(reply), Place(commandOf: exchange, in: session), count)
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let found else { return nil }
        return finding(
            at: found.place, in: session,
            means: Words(
                """
                The client said \(found.said) \(found.count) times, and was refused each time, the last time with \
                \(found.reply).
                """,
                ja: """
                    クライアントは \(found.said) を \(found.count) 回送り、毎回拒否されました。最後の応答は \(found.reply) でした。
                    """))
    }
}
