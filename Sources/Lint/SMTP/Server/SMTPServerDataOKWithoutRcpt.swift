import Conversation

/// The server asks for a message that has no recipient.
struct SMTPServerDataOKWithoutRcpt: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.data-ok-without-rcpt",
        title: Words(
            "The server answers DATA with 354 though it took no recipient",
            ja: "受信者が一人もいないのに DATA に 354 を返している"),
        severity: .warning,
        side: .server,
        clause: "RFC 2920 §3.2; RFC 5321 §3.3",
        means: Words(
            """
            Where no RCPT was accepted DATA should be refused, with 503 or 554. A client that has sent its commands in \
            one go takes 354 for a sign that somebody gets the message, and sends all of it for nothing.
            """,
            ja: """
                RCPT が一つも受理されていなければ、DATA は 503 か 554 で拒否すべきです。コマンドをまとめて送ったクライアントは、354 を\
                見て誰かに届くと思い、本文を無駄に送ってしまいます。
                """),
        remedy: Words(
            "Refuse DATA with 554 while no recipient was accepted.",
            ja: "受理した受信者がいない間は、DATA を 554 で拒否してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<nobody@example.net>
            C: DATA
            S: 250 fine
            S: 550 no mailbox of this name
            S: 354 go ahead
            C: .
            S: 554 nobody gets it
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<nobody@example.net>
            C: DATA
            S: 250 fine
            S: 550 no mailbox of this name
            S: 554 nobody gets it
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        // The dot alone, as RFC 2920 §3.1 has it.
        besides: ["msg.no-date", "msg.no-from"])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), exchange.verb == "DATA", let reply = exchange.replies.last,
            reply.code == "354", (session.smtp.transaction?.accepted ?? 0) == 0
        else { return nil }
        let refused = session.smtp.transaction?.refused ?? 0
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered DATA with \(Quote.of(reply)), and had accepted no recipient for this message\
                \(refused > 0 ? " (\(refused) refused)" : "").
                """,
                ja: """
                    サーバーは DATA に \(Quote.of(reply)) と応答しましたが、このメールの受信者を一人も受理していません\
                    \(refused > 0 ? " (拒否 \(refused) 件)" : "")。
                    """))
    }
}
