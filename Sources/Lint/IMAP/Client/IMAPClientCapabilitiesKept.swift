import Conversation

/// The client believes what the server listed before TLS, and gives up because of it.
struct IMAPClientCapabilitiesKept: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .capabilities, .agreedOnTLS, .ended]
    static let about = RuleDescription(
        id: "imap.client.capabilities-kept",
        title: Words("The client keeps to the list from before TLS", ja: "TLS 開始前の CAPABILITY に頼っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 9051 §6.2.1; RFC 3501 §6.2.1",
        means: Words(
            """
            What a server can do changes with TLS: LOGINDISABLED, which is listed in clear, goes away, and ways to log in \
            come. A client has to forget the old list after STARTTLS and ask again; one that does not believes that \
            nobody can log in.
            """,
            ja: """
                TLS が始まるとサーバーの機能は変わります。平文のときの LOGINDISABLED はなくなり、認証方式が増えます。\
                クライアントは STARTTLS の後に以前の一覧を捨てて問い合わせ直す必要があります。\
                そうしないとログインできないと誤解します。
                """),
        remedy: Words(
            "Say CAPABILITY again as soon as TLS has begun, and forget what was listed before.",
            ja: "TLS が始まったらすぐに CAPABILITY を送り直し、それまでの一覧は捨ててください。"),
        violating: clear + """
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            end: client-closed
            """,
        conforming: clear + """
            C: a2 CAPABILITY
            S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
            S: a2 OK done
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            end: client-closed
            """,
        dialects: [.imap])

    private static let clear = """
        protocol: imap
        S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
        C: a1 STARTTLS
        S: a1 OK go on
        tls server verification=verified
        tls client

        """

    /// The list that was heard last in clear has LOGINDISABLED.
    private var wasDisabled = false
    /// The client asked again, or logged in, or the server told it unasked.
    private var isSettled = false
    /// By which it left.
    private var left: Utterance?

    mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding? {
        if session.layer != .secure { wasDisabled = session.imap.capabilities?.contains("LOGINDISABLED") ?? false }
        return nil
    }

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        if session.layer == .secure { isSettled = true }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if session.layer == .secure, IMAPListing(exchange, in: session) != nil { isSettled = true }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.layer == .secure, let verb = session.command?.verb else { return nil }
        if verb == "LOGOUT" {
            left = line
        } else if verb == "CAPABILITY" || Verbs.login.contains(verb) {
            isSettled = true
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard wasDisabled, !isSettled, session.isUpgraded, session.followsIMAP, let left,
            session.imap.state != .authenticated, session.imap.state != .selected
        else { return nil }
        return finding(
            at: Place(left), in: session,
            means: Words(
                """
                Before TLS the server listed LOGINDISABLED. After STARTTLS the client did not ask for its CAPABILITY again, \
                did not try to log in, and left with \(Quote.of(left)): it went by the old list.
                """,
                ja: """
                    TLS の前にサーバーは LOGINDISABLED を提示していました。クライアントは STARTTLS の後に CAPABILITY を\
                    問い合わせ直さず、ログインも試みずに \(Quote.of(left)) で終えました。古い一覧に従っています。
                    """))
    }
}
