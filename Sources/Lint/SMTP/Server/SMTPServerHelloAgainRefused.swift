import Conversation

/// It refuses EHLO because there was one before.
struct SMTPServerHelloAgainRefused: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.hello-again-refused",
        title: Words("The server refuses a second EHLO", ja: "二度目の EHLO を拒否している"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.1.4",
        means: Words(
            """
            EHLO may be said at any time, and then works like RSET. Clients say it again behind a login or between two \
            mails, and give up where it is refused.
            """,
            ja: """
                EHLO はいつでも送ることができ、RSET と同じ働きをします。ログイン後やメールの合間に送り直すクライアントは、拒否されると\
                あきらめてしまいます。
                """),
        remedy: Words(
            "Let the server accept EHLO again, forget sender and recipients, and list what it offers now.",
            ja: "二度目の EHLO も受理し、差出人と宛先を忘れ、その時点で提供する機能を示してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: EHLO client.example.com
            S: 503 already said
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerCodeForPhase.self])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), ["EHLO", "LHLO", "HELO"].contains(exchange.verb),
            session.smtp.hello != .none, let reply = exchange.replies.last, reply.code == "503"
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server had accepted a hello before and answered \(Quote.of(exchange.command)) with \
                \(Quote.of(reply)).
                """,
                ja: """
                    サーバーは先の挨拶を受理しており、\(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しました。
                    """))
    }
}
