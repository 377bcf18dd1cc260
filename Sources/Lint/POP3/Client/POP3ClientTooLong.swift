import Conversation

/// A command that is longer than servers must take.
struct POP3ClientTooLong: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "pop3.client.too-long",
        title: Words("A command is longer than a server must take", ja: "コマンドがサーバーの受け付けるべき長さを超えている"),
        severity: .warning,
        side: .client,
        clause: "RFC 2449 §4; RFC 1939 §3",
        means: Words(
            """
            A server with CAPA takes commands of 255 octets with their line end; one without needs to \
            take arguments of 40 characters only. What is longer may be cut off or refused, and a user \
            whose name is cut cannot log in.
            """,
            ja: """
                CAPA のあるサーバーが受け付けるべきコマンドは、行末を含めて 255 オクテットまでです。CAPA のないサーバーは 40 文字までの引数しか想定していないことがあ\
                ります。それより長い部分は切り捨てや拒否の対象になり、ユーザー名が切られるとログインできません。
                """),
        remedy: Words(
            """
            Use shorter names. Where an AUTH command is too long because of its initial response, send \
            AUTH without it and the response in a line of its own.
            """,
            ja: """
                名前を短くしてください。初期応答のために AUTH が長すぎる場合は、AUTH だけを先に送り、応答を次の行で送ってください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            S: -ERR who
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice@a-rather-long-name.example.com
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// Octets of a command, its line end among them, and of an argument where the server has no CAPA.
    private static let command = 255
    private static let argument = 40

    private var mild: Finding?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, session.layer != .agreed,
            let verb = session.command?.verb, POP3Verbs.isKnown(verb)
        else { return nil }
        if line.length > Self.command {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The client's \(verb) command has \(line.length) octets: \
                    \(Quote.of(line, command: session.command)). A server need not take more than \
                    \(Self.command).\(Self.advice(verb).en)
                    """,
                    ja: """
                        クライアントの \(verb) コマンドは \(line.length) オクテットです: \
                        \(Quote.of(line, command: session.command))。サーバーが受け付けるべき長さは \(Self.command) オクテットまでで\
                        す。\(Self.advice(verb).ja)
                        """))
        }
        // How long a secret is nobody needs to know.
        guard mild == nil, session.pop3.capabilities == nil, line.secretFrom == nil,
            let longest = session.command?.arguments.map(\.count).max(), longest > Self.argument
        else { return nil }
        mild = finding(
            at: Place(line), in: session, severity: session.pop3.capaWasRefused ? nil : .note, clause: "RFC 1939 §3",
            means: Words(
                """
                The client said \(Quote.of(line, command: session.command)), with an argument of \(longest) \
                characters, to a server that listed no capabilities. Such a server need not take more than \
                \(Self.argument).
                """,
                ja: """
                    クライアントは機能一覧を示していないサーバーに \(Quote.of(line, command: session.command)) を送りました。引数は \
                    \(longest) 文字ですが、このようなサーバーが受け付けるべき引数は \(Self.argument) 文字までです。
                    """))
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }

    private static func advice(_ verb: String) -> Words {
        guard verb == "AUTH" else { return Words("", ja: "") }
        return Words(
            " So long an initial response has to wait for the server's `+`.",
            ja: "これほど長い初期応答は、サーバーの `+` を待ってから送る必要があります。")
    }
}
