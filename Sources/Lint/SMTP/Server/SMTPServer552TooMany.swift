import Conversation

/// Too many recipients are refused for good.
struct SMTPServer552TooMany: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.552-too-many",
        title: Words(
            "The server refuses too many recipients with 552, not 452", ja: "受信者の超過を 452 ではなく 552 で拒否している"),
        severity: .note,
        side: .server,
        clause: "RFC 5321 §4.5.3.1.10",
        means: Words(
            """
            The recipients beyond the limit can be reached with the same message sent again, so their refusal is one \
            that passes: 452. RFC 821 had 552 here; clients that do not know of that report the address as failed.
            """,
            ja: """
                上限を超えた受信者にはもう一度送れば届くので、一時的な拒否の 452 が正しいコードです。RFC 821 では 552 でした。\
                その経緯を知らないクライアントは、宛先への配送が失敗したと報告します。
                """),
        remedy: Words(
            "Answer 452 to each RCPT beyond the limit.", ja: "上限を超えた RCPT には 452 を返してください。"),
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
            S: 552 too many recipients
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
            S: 552 the mailbox is full
            C: RSET
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        besides: ["smtp.server.rcpt-limit"])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), exchange.verb == "RCPT", let reply = exchange.replies.last,
            reply.code == "552", reply.isAboutTooManyRecipients
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                "The server answered \(Quote.of(reply)): its words tell of a limit that passes, its code does not.",
                ja: """
                    サーバーは \(Quote.of(reply)) と応答しました。文では一時的な上限を述べていますが、コードは恒久的な失敗です。
                    """))
    }
}
