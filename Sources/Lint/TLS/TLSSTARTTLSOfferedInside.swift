import Conversation

/// The server lists STARTTLS inside TLS.
struct TLSSTARTTLSOfferedInside: Rule {
    static let hears: RuleEvents = [.capabilities]
    static let about = RuleDescription(
        id: "tls.starttls-offered-inside",
        title: Words("The server offers TLS inside TLS", ja: "サーバーが TLS の中で TLS を提示している"),
        severity: .error,
        side: .server,
        clause: Clause(smtp: "RFC 3207 §4.2", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            TLS has begun, and cannot begin within itself. A client that goes by the list asks for it again, and \
            fails.
            """,
            ja: """
                TLS はすでに始まっており、その中でもう一度始めることはできません。一覧に従うクライアントはもう一度 \
                TLS を求め、失敗します。
                """),
        remedy: Words(
            "Take STARTTLS or STLS out of what the server lists once TLS has begun.",
            ja: "TLS が始まった後は、サーバーの一覧から STARTTLS または STLS を外してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: QUIT
            S: 221 bye
            """)

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        let keyword = session.dialect.startTLS
        // A server to which mailtee speaks in clear does not know of the client's TLS.
        guard session.layer == .secure, session.serverIsSecure, listing.contains(keyword) else { return nil }
        let severity: Severity =
            switch session.dialect {
            case .smtp, .lmtp, .http, .nntp, .ftp, .sieve, .irc, .plain: .error
            // SHOULD NOT.
            case .imap: .warning
            // Nothing forbids it.
            case .pop3: .note
            }
        return finding(
            at: listing.place, in: session, severity: severity,
            means: Words(
                """
                Inside TLS the server still lists \(keyword). A client that goes by the list asks for TLS again and \
                fails.
                """,
                ja: """
                    サーバーは TLS の中でもまだ \(keyword) を提示しています。一覧に従うクライアントはもう一度 TLS を\
                    求め、失敗します。
                    """))
    }
}
