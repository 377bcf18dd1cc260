import Conversation

/// The server invites passwords in clear.
struct TLSAuthOfferedClear: Rule {
    static let hears: RuleEvents = [.capabilities]
    static let about = RuleDescription(
        id: "tls.auth-offered-clear",
        title: Words(
            "The server offers logins in clear that say the password",
            ja: "サーバーが平文のままパスワードを送るログインを提示している"),
        severity: .warning,
        side: .server,
        clause: Clause(smtp: "RFC 4954 §4, §6", pop3: "RFC 2595 §2.3", imap: "RFC 9051 §6.2.2, §6.2.3"),
        means: Words(
            """
            Many clients use what is listed. Where a password can be said in clear, sooner or later one is.
            """,
            ja: """
                多くのクライアントは、提示された方式をそのまま使います。パスワードを平文で送れる状態であれば、いずれ\
                実際に平文で送られます。
                """),
        remedy: Words(
            """
            List PLAIN, LOGIN and the like inside TLS only, and refuse them in clear: 530 in SMTP, LOGINDISABLED in \
            IMAP, no USER among the capabilities of POP3.
            """,
            ja: """
                PLAIN や LOGIN などは TLS の中でだけ提示し、平文では拒否してください。SMTP では 530、IMAP では \
                LOGINDISABLED を返し、POP3 では CAPA に USER を載せないようにします。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-STARTTLS
            S: 250 AUTH CRAM-MD5 PLAIN LOGIN
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-STARTTLS
            S: 250 AUTH SCRAM-SHA-256
            C: QUIT
            S: 221 bye
            """)

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        guard session.isExposed else { return nil }
        let logins = Self.logins(listing, in: session)
        guard !logins.isEmpty else { return nil }
        let named = Words(
            logins.map { $0[.en] }.joined(separator: ", "), ja: logins.map { $0[.ja] }.joined(separator: "、"))
        return finding(
            at: listing.place, in: session,
            means: Words(
                """
                The server offers \(named[.en]) outside TLS. A client that takes one of them says its password where \
                anybody on the way can read it.
                """,
                ja: """
                    サーバーは TLS の外で \(named[.ja]) を提示しています。これを使うクライアントのパスワードは、経路\
                    上の誰でも読むことができます。
                    """))
    }

    private static func logins(_ listing: CapabilityListing, in session: SessionSoFar) -> [Words] {
        let name = session.dialect == .pop3 ? "SASL" : "AUTH"
        let mechanisms = listing.arguments(of: name).filter(SASL.plaintext.contains).map {
            Words("\(name) \($0)", ja: "\(name) \($0)")
        }
        switch session.dialect {
        case .pop3:
            return mechanisms
                + (listing.contains("USER")
                    ? [
                        Words(
                            "USER and PASS",
                            ja: "USER と PASS")
                    ] : [])
        case .imap:
            // Who has logged in need not be told that LOGIN is refused.
            let isOpen = !listing.contains("LOGINDISABLED") && !session.offer.hasBegunLogin
            return mechanisms
                + (isOpen
                    ? [
                        Words(
                            "LOGIN (there is no LOGINDISABLED)",
                            ja: "LOGIN (LOGINDISABLED がありません)")
                    ] : [])
        case .smtp, .lmtp, .http, .nntp, .ftp, .sieve, .irc, .plain: return mechanisms
        }
    }
}
