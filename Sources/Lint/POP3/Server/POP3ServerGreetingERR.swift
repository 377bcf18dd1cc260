import Conversation

/// A greeting that refuses, from a server that goes on.
struct POP3ServerGreetingERR: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.greeting-err",
        title: Words("The server greets with -ERR and goes on", ja: "-ERR で始めたのに接続を続けている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §4",
        means: Words(
            """
            A greeting is a positive answer. What -ERR is to mean there nothing says: a client gives up, \
            and the server that waits for commands all the same is not used.
            """,
            ja: """
                グリーティングは肯定応答でなければなりません。-ERR の意味はどこにも定められておらず、クライアントはあきらめて切断するため、サーバーがコマンドを待っていても使われま\
                せん。
                """),
        remedy: Words(
            """
            Let the server greet with +OK, or close the connection after it said -ERR.
            """,
            ja: """
                サーバーは +OK で始めるか、-ERR を送ったら接続を閉じるようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: -ERR not now
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: -ERR too many connections
            end: server-closed
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, exchange.verb != "QUIT", session.followsPOP3,
            let greeting = session.pop3.greeting, greeting.code == "-ERR", let reply = exchange.replies.last
        else { return nil }
        let said = Quote.command(of: exchange)
        return finding(
            at: Place(greeting, exchange: nil), in: session,
            means: Words(
                """
                The greeting was \(Quote.of(greeting)); the server kept the connection open and answered \
                \(said) with \(Quote.of(reply)).
                """,
                ja: """
                    グリーティングは \(Quote.of(greeting)) でしたが、サーバーは接続を閉じず、\(said) に \(Quote.of(reply)) と応答しまし\
                    た。
                    """))
    }
}
