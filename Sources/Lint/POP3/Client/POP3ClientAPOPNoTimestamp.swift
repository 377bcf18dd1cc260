import Conversation

/// APOP to a server whose greeting has no timestamp.
struct POP3ClientAPOPNoTimestamp: Rule {
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
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // One that is there and is malformed is the server's.
        guard exchange.verb == "APOP", session.followsPOP3, let greeting = session.pop3.greeting,
            let reply = exchange.replies.last, APOPTimestamp(greeting.lines.first ?? []) == .none
        else { return nil }
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
    }
}
