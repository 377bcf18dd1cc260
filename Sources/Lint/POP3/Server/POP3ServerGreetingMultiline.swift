import Conversation

/// A greeting of more than one line.
struct POP3ServerGreetingMultiline: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.greeting-multiline",
        title: Words("The greeting has more than one line", ja: "グリーティングが 1 行で終わっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §4",
        means: Words(
            """
            The greeting is one line; a client takes the second one for the answer to its first command, \
            and each answer after it for that of the command before.
            """,
            ja: """
                グリーティングは 1 行です。2 行目があると、クライアントはそれを最初のコマンドへの応答と見なし、以後の応答が一つずつずれます。
                """),
        remedy: Words(
            """
            Let the server greet with one line, and say what else there is to say in none.
            """,
            ja: """
                サーバーのグリーティングを 1 行にしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            S: +OK for members only
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        desynchronises: true)

    private var second: Utterance?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        switch line.direction {
        case .server:
            // Where the client is not heard at all, its answers stand there.
            guard second == nil, session.pop3.greeting != nil, session.spoken.client == 0, !session.hasGap,
                session.layer != .agreed, session.handshakes.client?.start != .starttls,
                // Who waits too long for a client says so.
                line.kind != .reply || !line.bytes.starts(with: "-ERR".utf8)
            else { return nil }
            second = line
            return nil
        case .client:
            guard let second, session.spoken.client == 1, line.kind == .command else { return nil }
            return finding(
                at: Place(second), in: session,
                means: Words(
                    """
                    Behind its greeting, before the client had said anything, the server said one more line: \
                    \(Quote.of(second)). The client takes it for the answer to its first command.
                    """,
                    ja: """
                        グリーティングの後、クライアントが何も送らないうちに、サーバーはもう 1 行 \(Quote.of(second)) を送りました。クライアントはこれを最初のコマンドへ\
                        の応答と見なします。
                        """))
        }
    }
}
