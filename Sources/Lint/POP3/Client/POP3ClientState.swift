import Conversation

/// A command of the other state.
struct POP3ClientState: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.state",
        title: Words("A command is said in the wrong state of the session", ja: "コマンドがセッションの状態に合っていない"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §4, §5, §7",
        means: Words(
            """
            Messages can be asked for once the client has logged in, and it can log in only as long as \
            it has not. The server must refuse everything else, and the client learns nothing from that.
            """,
            ja: """
                メールに関するコマンドはログイン後にだけ、ログインのコマンドはログイン前にだけ使えます。それ以外はサーバーが必ず拒否するので、送っても意味がありません。
                """),
        remedy: Words(
            """
            Let the client log in first, once, and read the answer before it goes on.
            """,
            ja: """
                クライアントは最初に一度だけログインし、その応答を確かめてから次へ進むようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: STAT
            S: -ERR log in first
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
            C: STAT
            S: +OK 0 0
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, let asked = session.pop3.asked(exchange) else { return nil }
        if session.pop3.told?.verb == "QUIT", session.pop3.told?.code == "+OK", exchange.verb != "QUIT" {
            return afterQUIT(exchange, in: session)
        }
        guard let reply = exchange.replies.last else { return nil }
        let said = Quote.command(of: exchange)
        switch session.pop3.login {
        // A server that answers it was started for a user who is known.
        case .none where POP3Verbs.transaction.contains(exchange.verb) && reply.code == "-ERR":
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The client said \(said) before it had logged in, and the server answered \(Quote.of(reply)).
                    """,
                    ja: """
                        クライアントはログインする前に \(said) を送り、サーバーは \(Quote.of(reply)) と応答しました。
                        """))
        case .accepted where POP3Verbs.login.contains(exchange.verb) || exchange.verb == "STLS":
            // AUTH alone asks for a list, and some clients ask at any time.
            guard exchange.verb != "AUTH" || asked.arguments > 0 else { return nil }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The client said \(said) though it had logged in already, and the server answered \
                    \(Quote.of(reply)).
                    """,
                    ja: """
                        クライアントはすでにログインしているのに \(said) を送り、サーバーは \(Quote.of(reply)) と応答しました。
                        """))
        case .none, .accepted, .refused: return nil
        }
    }

    private func afterQUIT(_ exchange: Exchange, in session: SessionSoFar) -> Finding {
        let said = Quote.command(of: exchange)
        let answer =
            exchange.replies.last.map { Words("it was answered \(Quote.of($0))", ja: "応答は \(Quote.of($0)) でした") }
            ?? Words("nobody answers any more", ja: "もう誰も応答しません")
        return finding(
            at: Place(commandOf: exchange, in: session), in: session, clause: "RFC 1939 §6",
            means: Words(
                """
                The client said \(said) behind QUIT, with which the session is over: \(answer.en).
                """,
                ja: """
                    クライアントは、セッションを終える QUIT の後に \(said) を送りました。\(answer.ja)。
                    """))
    }
}
