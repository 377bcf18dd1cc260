import Conversation
import Wire

/// TOP without a number of lines.
struct POP3ClientTOPOneArg: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.top-one-arg",
        title: Words("TOP lacks the number of lines", ja: "TOP に行数が指定されていない"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §7",
        means: Words(
            """
            TOP needs both the number of a message and a number of lines, which may be 0. Servers refuse \
            it otherwise, and the client gets no preview.
            """,
            ja: """
                TOP にはメッセージ番号と行数の両方が必要で、行数は 0 でもかまいません。欠けているとサーバーは拒否し、クライアントはヘッダーを得られません。
                """),
        remedy: Words(
            """
            Let the client say `TOP 1 0` where it wants the header of message 1 only.
            """,
            ja: """
                メッセージ 1 のヘッダーだけが必要なら `TOP 1 0` と送るようにしてください。
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
            C: TOP 1
            S: -ERR two numbers, please
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
            S: +OK logged in
            C: TOP 1 0
            S: +OK
            S: Subject: hello
            S: 
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "TOP", session.followsPOP3, let reply = exchange.replies.last else { return nil }
        let arguments = exchange.arguments
        let said = Quote.command(of: exchange)
        let place = Place(commandOf: exchange, in: session)
        guard let lines = arguments.dropFirst().first else {
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The client said \(said), without a number of lines, and the server answered \
                    \(Quote.of(reply)).
                    """,
                    ja: """
                        クライアントは行数を付けずに \(said) を送り、サーバーは \(Quote.of(reply)) と応答しました。
                        """))
        }
        guard ASCII.number(lines) == nil else { return nil }
        return finding(
            at: place, in: session,
            means: Words(
                """
                The client said \(said): what stands for the number of lines is no decimal number that is 0 \
                or more. The server answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは \(said) を送りましたが、行数が 0 以上の十進数ではありません。サーバーの応答は \(Quote.of(reply)) でした。
                    """))
    }
}
