import Conversation

/// PASS that does not follow a USER that was accepted.
struct POP3ClientPASSWithoutUSER: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.pass-without-user",
        title: Words(
            "PASS does not come right after a USER that was accepted", ja: "受け付けられた USER の直後でないところで PASS が送られている"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §7",
        means: Words(
            """
            PASS belongs to the USER just before it. Without one the server does not know whose password \
            it is, and must refuse it; after a refused password USER is to be said anew.
            """,
            ja: """
                PASS は直前の USER と対になっています。USER がなければサーバーは誰のパスワードか分からず、必ず拒否します。パスワードが拒否された後は、USER から送り\
                直す必要があります。
                """),
        remedy: Words(
            """
            Let the client say USER, wait for +OK, and say PASS as its next command.
            """,
            ja: """
                クライアントは USER を送って +OK を待ち、その次のコマンドとして PASS を送るようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: PASS «secret»
            S: -ERR USER first
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
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard exchange.verb == "PASS", session.followsPOP3, !pop3.isLoggedIn, let reply = exchange.replies.last else {
            return nil
        }
        let isTaken = reply.code == "+OK"
        switch pop3.user {
        // That is told as such.
        case .refused: return nil
        case .none:
            return finding(
                at: Place(commandOf: exchange, in: session), in: session, severity: isTaken ? .note : nil,
                means: Words(
                    """
                    The client said PASS without a USER before it, and the server answered \(Quote.of(reply)).
                    """,
                    ja: """
                        クライアントは USER を送らずに PASS を送り、サーバーは \(Quote.of(reply)) と応答しました。
                        """))
        case .accepted:
            guard let before = pop3.told, before.verb != "USER" else { return nil }
            let verb = POP3Verbs.isKnown(before.verb) ? before.verb : "…"
            return finding(
                at: Place(commandOf: exchange, in: session), in: session, severity: isTaken ? .note : nil,
                means: Words(
                    """
                    Between USER and PASS the client said \(verb), and the server answered the PASS \
                    \(Quote.of(reply)). PASS is to be the next command after USER.
                    """,
                    ja: """
                        クライアントは USER と PASS の間に \(verb) を送り、サーバーは PASS に \(Quote.of(reply)) と応答しました。PASS は \
                        USER の次のコマンドでなければなりません。
                        """))
        }
    }
}
