import Conversation

/// The client begins with a mail before any hello was accepted.
struct SMTPClientNoHello: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.no-hello",
        title: Words("MAIL is said before EHLO or HELO", ja: "EHLO も HELO もなしに MAIL を送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1.1; RFC 5321 §4.1.4",
        means: Words(
            """
            A session begins with EHLO, or with HELO where the server does not know that. A server may \
            answer 503 to a MAIL before it, and without EHLO the client cannot know what the server is able \
            to do.
            """,
            ja: """
                セッションは EHLO（サーバーが知らない場合は HELO）で始めます。その前の MAIL に対してサーバーは \
                503 を返すことができ、EHLO がなければクライアントはサーバーの機能を知ることもできません。
                """),
        remedy: Words(
            "Let the client say EHLO first, and wait for the answer.",
            ja: "最初に EHLO を送り、応答を待つようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // Inside TLS that was asked for, this is a matter of TLS; where a hello was refused, one of not listening.
        guard exchange.verb == "MAIL", session.smtp.hello == .none, session.smtp.refusedHello == nil,
            session.followsSMTP,
            !session.isUpgraded
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)), and no EHLO or HELO before it. A server may \
                refuse this with 503.
                """,
                ja: """
                    クライアントは EHLO も HELO も送らずに \(Quote.of(exchange.command)) を送りました。サーバーは \
                    503 で拒否することがあります。
                    """))
    }
}
