import Conversation

/// Lines behind a refusal.
struct POP3ServerBodyAfterERR: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.body-after-err",
        title: Words("Lines follow a refusal", ja: "-ERR の後に行が続いている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3, §5",
        means: Words(
            """
            -ERR is one line, whatever the command. A client that knows this takes the lines behind it \
            for the answers to its next commands, and each answer after them for another.
            """,
            ja: """
                どのコマンドでも -ERR は 1 行だけです。クライアントは続く行を次のコマンドへの応答と見なし、以後の応答がずれていきます。
                """),
        remedy: Words(
            """
            Let the server say no more than the one line with -ERR.
            """,
            ja: """
                サーバーは -ERR の 1 行だけを送るようにしてください。
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
            C: RETR 5
            S: -ERR no such message
            S: there are 2 messages
            S: .
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
            C: RETR 5
            S: -ERR no such message, there are 2 messages
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard line.direction == .server, line.kind == .line, line.end != .none, session.followsPOP3,
            pop3.asked == nil, let told = pop3.told, StrayLine.cause(pop3) == .refusal
        else { return nil }
        let verb = POP3Verbs.isKnown(told.verb) ? told.verb : "…"
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server refused \(verb) with -ERR, and said one more line: \(Quote.of(line)). A client \
                takes it for the answer to its next command.
                """,
                ja: """
                    サーバーは \(verb) を -ERR で拒否した後、さらに \(Quote.of(line)) と送りました。クライアントはこれを次のコマンドへの応答と見なします。
                    """))
    }
}
