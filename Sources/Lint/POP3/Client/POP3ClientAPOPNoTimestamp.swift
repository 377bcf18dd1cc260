import Conversation

/// APOP to a server whose greeting has no timestamp.
struct POP3ClientAPOPNoTimestamp: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.apop-no-timestamp",
        title: Words("APOP is used though the greeting has no timestamp", ja: "グリーティングにタイムスタンプがないのに APOP を使っている"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §7",
        means: Words(
            """
            A server says that it knows APOP by a timestamp in its greeting, and the digest is made of \
            that. Without one there is nothing to make it of: the server cannot grant it.
            """,
            ja: """
                サーバーはグリーティングのタイムスタンプで APOP に対応していることを示し、ダイジェストはそれを基に計算します。タイムスタンプがなければ計算のしようがなく、サーバー\
                は受け付けられません。
                """),
        remedy: Words(
            """
            Let the client look for `<…@…>` in the greeting, and use TLS with another login where there \
            is none.
            """,
            ja: """
                クライアントはグリーティングに `<…@…>` があるか確認し、なければ TLS と別の認証方法を使うようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: APOP alice «c4c9334bac560ecc979e58001b3e22fb»
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready <1896.697170952@pop.example.com>
            C: APOP alice «c4c9334bac560ecc979e58001b3e22fb»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ClientGivesUp.self, POP3ServerAPOPTimestampSyntax.self])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "APOP", session.followsPOP3, let greeting = session.pop3.greeting,
            let reply = exchange.replies.last
        else { return nil }
        switch APOPTimestamp(greeting.lines.first ?? []) {
        case .valid: return nil
        case .none:
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The greeting was \(Quote.of(greeting)), with no timestamp, and the client said APOP. The \
                    server answered \(Quote.of(reply)).
                    """,
                    ja: """
                        グリーティングは \(Quote.of(greeting)) でタイムスタンプがないのに、クライアントは APOP を送りました。サーバーの応答は \
                        \(Quote.of(reply)) でした。
                        """))
        case .malformed(let found):
            // One that is there and is malformed is the server's; what has no `@` was not meant for one.
            guard reply.code == "-ERR", !found.contains(UInt8(ascii: "@")) else { return nil }
            let hasUSER = session.pop3.offers("USER")
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The greeting has no timestamp: \(Quote.of(Array(found))) in it is no \
                    `<…@…>`. The client took it for one and said APOP, which the server answered with \
                    \(Quote.of(reply)). \(hasUSER ? "The server lists USER: USER and PASS would have done." : "USER and PASS would be the way to log in here.")
                    """,
                    ja: """
                        グリーティングにタイムスタンプはありません。\(Quote.of(Array(found))) は `<…@…>` の形ではないのに、クライアントはこれをタイム\
                        スタンプと見なして APOP を送り、サーバーは \(Quote.of(reply)) と応答しました。\
                        \(hasUSER ? "サーバーは USER を提示しているので、USER と PASS を使えばログインできます。" : "ここでは USER と PASS でログインすべきです。")
                        """))
        }
    }
}
