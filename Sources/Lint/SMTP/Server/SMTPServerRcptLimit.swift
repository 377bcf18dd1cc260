import Conversation

/// The server finds fewer than a hundred recipients too many.
struct SMTPServerRcptLimit: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.rcpt-limit",
        title: Words(
            "The server takes fewer than 100 recipients for a message", ja: "受信者を 100 件まで受け付けていない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.5.3.1.8, §4.5.3.1.10",
        means: Words(
            """
            A server must be able to hold 100 recipients of one message. With fewer a client has to send the same \
            message several times, and simple clients fail.
            """,
            ja: """
                サーバーは 1 通につき 100 件の受信者を保持できなければなりません。上限がそれより小さいと、クライアントは同じ\
                メールを何度も送ることになり、単純なクライアントは失敗します。
                """),
        remedy: Words(
            "Set the limit to 100 or more.", ja: "上限を 100 件以上に設定してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 fine
            C: RCPT TO:<bob@example.net>
            S: 250 fine
            C: RCPT TO:<carol@example.net>
            S: 452 4.5.3 Error: too many recipients
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 queued
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
            C: RCPT TO:<carol@example.net>
            S: 452 4.2.2 the mailbox is full
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 queued
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), exchange.verb == "RCPT", let reply = exchange.replies.last,
            reply.isAboutTooManyRecipients, let transaction = session.smtp.transaction
        else { return nil }
        let before = transaction.accepted + transaction.refused
        guard before < Self.least else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(Quote.of(reply)) when it had heard \(before) recipients of this message; 100 it \
                must take.
                """,
                ja: """
                    サーバーはこのメールの受信者を \(before) 件聞いたところで \(Quote.of(reply)) と応答しました。100 件までは\
                    受け付けなければなりません。
                    """))
    }

    private static let least = 100
}

extension Reply {
    /// A refusal for their number, as RFC 5321 §4.5.3.1.10 knows it: a policy would say 550 or the like.
    var isAboutTooManyRecipients: Bool {
        (code == "452" || code == "552") && says(["too many recipient", "too many rcpt", "too much recipient"])
    }
}
