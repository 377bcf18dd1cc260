import Conversation
import Wire

/// A command carries more than it takes.
struct POP3ClientExtraArguments: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.extra-arguments",
        title: Words("A command has more arguments than it takes", ja: "コマンドの引数が多すぎる"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §5, §7",
        means: Words(
            """
            Each command of POP3 takes a fixed number of arguments, and many none. Servers that look at them refuse \
            the command; others do not see what is too many.
            """,
            ja: """
                POP3 の各コマンドが取る引数の数は決まっており、取らないものも多くあります。厳密なサーバーはコマンドを拒否し、\
                それ以外のサーバーは余分な引数を無視します。
                """),
        remedy: Words(
            """
            Let the client say STAT, NOOP, RSET, QUIT and CAPA alone, RETR and DELE with one number, TOP with two; \
            for several messages it says the command several times.
            """,
            ja: """
                STAT、NOOP、RSET、QUIT、CAPA は引数なし、RETR と DELE は番号一つ、TOP は数字二つで送り、複数のメールにはコマ\
                ンドを繰り返してください。
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
            C: NOOP now
            S: -ERR syntax error
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
            C: NOOP
            S: +OK
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var mild: Finding?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, let asked = session.pop3.asked(exchange),
            let most = Self.most(exchange.verb), asked.arguments > most, let reply = exchange.replies.last
        else { return nil }
        let said = Quote.command(of: exchange)
        let isRefused = reply.code == "-ERR"
        let found = finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: isRefused ? nil : .note,
            means: Words(
                """
                The client said \(said) with \(asked.arguments) \(asked.arguments == 1 ? "argument" : "arguments"), \
                where \(exchange.verb) takes \(most == 0 ? "none" : "\(most) at most"). The server answered \
                \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは引数を \(asked.arguments) 個付けて \(said) を送りましたが、\(exchange.verb) が取るのは \
                    \(most) 個までです。サーバーの応答は \(Quote.of(reply)) でした。
                    """))
        guard !isRefused else { return found }
        mild = mild ?? found
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }

    /// nil where it may be any number: the name in USER and the password in PASS may hold blanks.
    private static func most(_ verb: String) -> Int? {
        switch verb {
        case "STAT", "NOOP", "RSET", "QUIT", "CAPA", "STLS": 0
        case "LIST", "UIDL", "RETR", "DELE": 1
        case "TOP": 2
        default: nil
        }
    }
}
