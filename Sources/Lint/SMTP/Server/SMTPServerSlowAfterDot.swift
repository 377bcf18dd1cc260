import Conversation

/// The server takes minutes to say whether it has the message.
struct SMTPServerSlowAfterDot: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.slow-after-dot",
        title: Words(
            "The server takes more than five minutes to confirm a message",
            ja: "メールの受理を返すまでに 5 分以上かかっている"),
        severity: .note,
        side: .server,
        clause: "RFC 5321 §4.5.3.2.6, §6.1",
        means: Words(
            """
            A client waits 10 minutes for the reply to the final dot, many less. One that gives up sends the message \
            again, and the recipients have it twice.
            """,
            ja: """
                クライアントが最後のドットへの応答を待つ時間は 10 分とされ、もっと短いものも多くあります。待ちきれずに再送すると、\
                受信者に同じメールが二通届きます。
                """),
        remedy: Words(
            "Confirm first, and scan for viruses or deliver after that; or put a limit on how long these may take.",
            ja: """
                先に受理を返してからウイルス検査や配送を行うか、検査にかける時間に上限を設けてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 fine
            C: RCPT TO:<bob@example.net>
            S: 250 fine
            C: DATA
            S: 354 go ahead
            C: From: <alice@example.com>
            C: To: <bob@example.net>
            C: Date: Mon, 2 Mar 2026 10:00:00 +0900
            C: Message-ID: <1@example.com>
            C: \\x0D\\x0A\\c
            C: Hello
            C: .
            wait: 400
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 fine
            C: RCPT TO:<bob@example.net>
            S: 250 fine
            C: DATA
            S: 354 go ahead
            C: From: <alice@example.com>
            C: To: <bob@example.net>
            C: Date: Mon, 2 Mar 2026 10:00:00 +0900
            C: Message-ID: <1@example.com>
            C: \\x0D\\x0A\\c
            C: Hello
            C: .
            wait: 40
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), exchange.verb == ".", let reply = exchange.replies.last,
            let latency = exchange.latency, latency > Self.limit
        else { return nil }
        let seconds = latency / 1_000_000_000
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                \(seconds) seconds passed between the end of the message and the server's \(Quote.of(reply)). Many \
                clients have given up by then.
                """,
                ja: """
                    メッセージの終わりからサーバーの \(Quote.of(reply)) まで \(seconds) 秒かかりました。それまでに諦める\
                    クライアントは多くあります。
                    """))
    }

    /// Nanoseconds.
    private static let limit: Int64 = 300_000_000_000
}
