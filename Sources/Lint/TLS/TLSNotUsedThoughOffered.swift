import Conversation

/// The client could have had TLS and did not ask for it.
struct TLSNotUsedThoughOffered: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "tls.not-used-though-offered",
        title: Words(
            "The server offers TLS and the client does not use it",
            ja: "サーバーが TLS を提示しているのにクライアントが使っていない"),
        severity: .warning,
        side: .client,
        clause: Clause(
            smtp: "RFC 3207 §6; RFC 8314 §5.2", pop3: "RFC 2595 §2.2; RFC 8314 §5.2",
            imap: "RFC 2595 §2.2; RFC 8314 §5.2"),
        means: Words(
            """
            The server lists STARTTLS or STLS, and the client comes to its business in clear. All that it says and \
            hears can be read, and changed, by whoever carries the bytes.
            """,
            ja: """
                サーバーは STARTTLS または STLS を提示していますが、クライアントは平文のまま用件に入りました。やり取\
                りはすべて、データを運ぶ者に読まれ、書き換えられるおそれがあります。
                """),
        remedy: Words(
            """
            Turn on TLS in the client, as a demand and not as a wish where it talks to a server of its own.
            """,
            ja: """
                クライアントで TLS を有効にしてください。自分のサーバーと話す場合は、任意ではなく必須に設定します。
                """),
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
            """,
        explains: [TLSMailClear.self])

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
            means: Words(
                """
                The server offers \(session.dialect.startTLS), and the client went on in clear with \(first.verb). \
                What follows can be read by anybody on the way.
                """,
                ja: """
                    サーバーは \(session.dialect.startTLS) を提示していますが、クライアントは平文のまま \
                    \(first.verb) に進みました。以後のやり取りは、経路上の誰でも読むことができます。
                    """))
    }
}
