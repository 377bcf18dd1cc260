import Conversation
import Wire

/// The server offers TLS, and cannot do it when it is asked to.
struct TLSOfferedRefused: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "tls.offered-refused",
        title: Words("The server offers TLS and then refuses it", ja: "サーバーが提示した TLS を拒否している"),
        severity: .warning,
        side: .server,
        clause: Clause(smtp: "RFC 3207 §4", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            The server lists STARTTLS or STLS, and says no when a client asks for it: mostly it cannot read its \
            certificate or key, or something that makes its random numbers is missing. A client that insists on TLS, \
            as it should, has to leave; one that does not goes on in clear.
            """,
            ja: """
                サーバーは STARTTLS や STLS を提示しているのに、求められると拒否します。多くの場合、証明書や鍵を読み込めて\
                いません。TLS を必須とするクライアントは去るほかなく、そうでないクライアントは平文で続けます。
                """),
        remedy: Words(
            """
            Look into the server's log for why TLS cannot begin: the path, the rights and the match of certificate and \
            key. As long as it does not work the server should not offer it.
            """,
            ja: """
                TLS を始められない理由をサーバーのログで調べてください。証明書と鍵のパス、権限、組み合わせが考えられます。\
                直るまでは提示しないようにします。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 454 4.7.0 TLS not available due to local problem
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: QUIT
            S: 221 bye
            end: client-closed
            """)

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == session.dialect.startTLS, exchange.length > 0, session.layer == .clear, !session.hasGap,
            session.faults.isEmpty, session.offer.isOffered == true, let reply = exchange.replies.last, reply.refuses,
            Self.isServers(reply), ASCII.words(exchange.command[...]).count == (session.dialect == .imap ? 2 : 1)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server offers \(exchange.verb), and refused it with \(Quote.of(reply)) when the client asked for it.
                """,
                ja: """
                    サーバーは \(exchange.verb) を提示していますが、クライアントが求めると \(Quote.of(reply)) で拒否しました。
                    """))
    }

    /// Of a command that is not known the rules about what a server lists tell; others tell of one said at the wrong time.
    private static func isServers(_ reply: Reply) -> Bool {
        if reply.code.first == "5" { return !["500", "501", "502", "503", "530"].contains(reply.code) }
        return !reply.says([
            "unknown", "unrecogni", "not implemented", "unimplemented", "invalid", "unsupported", "not supported",
            "state",
            "already", "syntax", "argument",
        ])
    }
}
