import Conversation

/// The client could have had TLS and did not ask for it.
struct TLSNotUsedThoughOffered: Rule {
    static let about = RuleDescription(
        id: "tls.not-used-though-offered",
        title: "The server offers TLS and the client does not use it",
        severity: .warning,
        side: .client,
        clause: Clause(
            smtp: "RFC 3207 §6; RFC 8314 §5.2", pop3: "RFC 2595 §2.2; RFC 8314 §5.2",
            imap: "RFC 2595 §2.2; RFC 8314 §5.2"),
        means: """
            The server lists STARTTLS or STLS, and the client comes to its business in clear. All that it says and \
            hears can be read, and changed, by whoever carries the bytes.
            """,
        remedy: "Turn on TLS in the client, as a demand and not as a wish where it talks to a server of its own.",
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: NOOP
            S: 250 ok
            C: QUIT
            S: 221 bye
            """)

    private var hasAsked = false
    /// The first command with which it came to its business.
    private var first: (verb: String, place: Place)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if exchange.verb == session.dialect.startTLS { hasAsked = true }
        if first == nil, session.offer.isOffered == true, session.isExposed, Verbs.business.contains(exchange.verb) {
            first = (exchange.verb, Place(commandOf: exchange, in: session))
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let first, !hasAsked, session.layer == .clear, !session.hasGap else { return nil }
        return finding(
            at: first.place, in: session,
            means: """
                The server offers \(session.dialect.startTLS), and the client went on in clear with \(first.verb). \
                What follows can be read by anybody on the way.
                """)
    }
}
