import Conversation

/// The server invites passwords in clear.
struct TLSAuthOfferedClear: Rule {
    static let about = RuleDescription(
        id: "tls.auth-offered-clear",
        title: "The server offers logins in clear that say the password",
        severity: .warning,
        side: .server,
        clause: Clause(smtp: "RFC 4954 §4, §6", pop3: "RFC 2595 §2.3", imap: "RFC 9051 §6.2.2, §6.2.3"),
        means: """
            Many clients use what is listed. Where a password can be said in clear, sooner or later one is.
            """,
        remedy: """
            List PLAIN, LOGIN and the like inside TLS only, and refuse them in clear: 530 in SMTP, LOGINDISABLED in \
            IMAP, no USER among the capabilities of POP3.
            """,
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
        return finding(
            at: listing.place, in: session,
            means: """
                The server offers \(logins.joined(separator: ", ")) outside TLS. A client that takes one of them says \
                its password where anybody on the way can read it.
                """)
    }

    private static func logins(_ listing: CapabilityListing, in session: SessionSoFar) -> [String] {
        let name = session.dialect == .pop3 ? "SASL" : "AUTH"
        let mechanisms = listing.arguments(of: name).filter(SASL.plaintext.contains).map { "\(name) \($0)" }
        switch session.dialect {
        case .pop3: return mechanisms + (listing.contains("USER") ? ["USER and PASS"] : [])
        case .imap:
            // Who has logged in need not be told that LOGIN is refused.
            let isOpen = !listing.contains("LOGINDISABLED") && !session.offer.hasBegunLogin
            return mechanisms + (isOpen ? ["LOGIN (there is no LOGINDISABLED)"] : [])
        case .smtp, .lmtp, .http, .nntp, .ftp, .sieve, .irc, .plain: return mechanisms
        }
    }
}
