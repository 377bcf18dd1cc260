import Conversation

/// The client says LOGIN to a server that has told it not to.
struct IMAPClientLoginDisabled: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.client.login-disabled",
        title: Words("LOGIN is said though the server forbids it", ja: "LOGINDISABLED なのに LOGIN を送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §6.2.3; RFC 3501 §6.2.3",
        means: Words(
            """
            LOGINDISABLED means that the server takes no LOGIN as things stand, mostly because TLS has not begun. The \
            client says the password in vain, and where everybody on the way can read it.
            """,
            ja: """
                LOGINDISABLED は、現状では LOGIN を受け付けないという意味で、多くは TLS が始まっていないためです。\
                クライアントはパスワードを無駄に、しかも経路上の誰にでも読める形で送ったことになります。
                """),
        remedy: Words(
            "Begin TLS first, or log in by AUTHENTICATE with a mechanism that the server lists.",
            ja: "先に TLS を開始するか、サーバーの提示する機構で AUTHENTICATE を使ってください。"),
        violating: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready
            C: a1 LOGIN alice «secret»
            S: a1 NO no
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 OK begin
            tls server verification=verified
            tls client
            C: a2 CAPABILITY
            S: * CAPABILITY IMAP4rev1
            S: a2 OK done
            C: a3 LOGIN alice «secret»
            S: a3 OK in
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap], besides: ["tls.password-clear"])

    /// The server would not begin TLS: what follows from that is another rule's matter.
    private var isRefusedTLS = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if exchange.verb == "STARTTLS", exchange.replies.last?.isPositive != true { isRefusedTLS = true }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.command?.verb == "LOGIN", !isRefusedTLS, session.piece(line) == .start,
            session.imap.state != .authenticated,
            session.imap.capabilities?.contains("LOGINDISABLED") == true, !session.hasGap
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)), though the server lists LOGINDISABLED. The password is told in vain.
                """,
                ja: """
                    サーバーが LOGINDISABLED を提示しているのに、クライアントは \(Quote.of(line)) を送りました。\
                    パスワードを無駄に送ったことになります。
                    """))
    }
}
