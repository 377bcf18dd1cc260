import Conversation

/// STARTTLS is said where it has no place any more.
struct IMAPClientSTARTTLSOrder: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.starttls-order",
        title: Words("STARTTLS is said after login, or inside TLS", ja: "ログイン後または TLS 内で STARTTLS を送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §6.2.1; RFC 3501 §6.2.1",
        means: Words(
            """
            STARTTLS is only for who has not logged in and does not speak TLS yet. Said after login it comes too late: \
            the password has passed in clear, and the server refuses it.
            """,
            ja: """
                STARTTLS が使えるのは、ログイン前でまだ TLS を使っていないときだけです。ログイン後では手遅れで、\
                パスワードはすでに平文で流れており、サーバーも拒否します。
                """),
        remedy: Words(
            "Say STARTTLS right after the greeting, before any login, and never a second time.",
            ja: "STARTTLS は接続直後、ログインより前に一度だけ送ってください。"),
        violating: """
            protocol: imap
            S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome
            C: a1 STARTTLS
            S: a1 BAD already logged in
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
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.command?.verb == "STARTTLS", session.piece(line) == .start, session.followsIMAP else {
            return nil
        }
        let isLoggedIn = session.imap.state == .authenticated || session.imap.state == .selected
        guard isLoggedIn || session.layer == .secure else { return nil }
        return finding(
            at: Place(line), in: session,
            means: session.layer == .secure
                ? Words(
                    "The client said \(Quote.of(line)) inside TLS, where there is nothing left to start.",
                    ja: "クライアントはすでに TLS の中にいるのに \(Quote.of(line)) を送りました。")
                : Words(
                    "The client said \(Quote.of(line)) when it was logged in already. What came before went in clear.",
                    ja: "クライアントはログイン済みなのに \(Quote.of(line)) を送りました。それまでの内容は平文で流れています。"))
    }
}
