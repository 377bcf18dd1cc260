import Conversation

/// The client asks for TLS, does not get it, and goes on without.
struct TLSRefusedThenClear: Rule {
    static let about = RuleDescription(
        id: "tls.refused-then-clear",
        title: "The client is refused TLS and goes on in clear",
        severity: .error,
        side: .client,
        clause: Clause(
            smtp: "RFC 3207 §4, §6; RFC 8314 §5.2", pop3: "RFC 2595 §2.2; RFC 8314 §5.2",
            imap: "RFC 2595 §2.2; RFC 8314 §5.2"),
        means: """
            The refusal stands in clear, and can be somebody's on the way. A client that logs in all the same can be \
            made to say its password in clear at any time.
            """,
        remedy: """
            Set the client to require TLS, so that it hangs up and tries again later. Then find out why the server \
            refuses what it offers.
            """,
        violating: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 NO not just now
            C: a2 LOGIN alice «secret»
            S: a2 NO not in clear
            C: a3 LOGOUT
            S: * BYE
            S: a3 OK
            """,
        conforming: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 NO not just now
            C: a2 LOGOUT
            S: * BYE
            S: a2 OK
            """,
        explains: [TLSPasswordClear.self])

    private var refusal: Reply?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.isExposed else { return nil }
        if exchange.verb == session.dialect.startTLS {
            refusal = exchange.replies.last
            return nil
        }
        // What was said before the refusal came is no answer to it.
        guard let refusal, exchange.asked >= refusal.at, Verbs.business.contains(exchange.verb) else { return nil }
        let isLogin = Verbs.login.contains(exchange.verb)
        return finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: isLogin ? .error : .warning,
            means: """
                \(session.dialect.startTLS) was answered \(Quote.of(refusal)), and the client went on in clear with \
                \(exchange.verb). \(isLogin ? Self.login : Self.mail)
                """)
    }

    private static let login = "Whoever can forge such an answer can make it say its password in clear."
    private static let mail = "Whether mail may go in clear is for its owner to say; anybody on the way can read it."
}
