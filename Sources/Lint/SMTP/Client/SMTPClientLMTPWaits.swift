import Conversation

/// An LMTP client waits for a reply to the message for a recipient that had been refused.
struct SMTPClientLMTPWaits: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.client.lmtp-waits",
        title: Words("The client waits for a reply for a recipient that was refused", ja: "拒否された宛先の分の応答を待っています"),
        severity: .warning,
        side: .client,
        clause: "RFC 2033 §4.2",
        means: Words(
            """
            In LMTP the server replies to the end of a message once for each RCPT that it accepted, and for those \
            alone. A client that counts the refused ones as well waits for a reply that never comes.
            """,
            ja: """
                LMTP では、サーバーはメッセージの終わりに、受け付けた RCPT の数だけ応答します。拒否された宛先も数えるクライアントは、\
                来ない応答を待ち続けます。
                """),
        remedy: Words(
            "Let the client count the RCPT that were answered 250.",
            ja: "クライアントには、250 で受け付けられた RCPT だけを数えさせてください。"),
        violating: """
            protocol: lmtp
            S: 220 mx.example.com LMTP
            C: LHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 550 5.1.1 no such user
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            wait: 300
            end: client-closed
            """,
        conforming: """
            protocol: lmtp
            S: 220 mx.example.com LMTP
            C: LHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 550 5.1.1 no such user
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.lmtp], besides: ["smtp.client.no-quit"])

    /// Less than this is no waiting.
    private static let patience: Int64 = 5_000_000_000

    private var replies = LMTPReplies()
    private var last: Place?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        replies.hear(exchange)
        guard exchange.verb == "." else {
            last = nil
            return nil
        }
        guard let reply = exchange.replies.last else { return nil }
        let isAll = replies.count == replies.accepted && replies.refused > 0
        last = isAll ? Place(reply, exchange: session.exchange) : nil
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let last, !session.hasGap, session.end != nil, session.last.since(last.at) >= Self.patience
        else { return nil }
        let seconds = session.last.since(last.at) / 1_000_000_000
        return finding(
            at: last, in: session,
            means: Words(
                """
                Of \(replies.accepted + replies.refused) recipients \(replies.accepted) were accepted, and as many replies came to the end of \
                the message. The client said nothing for \(seconds) seconds more, as if one were still due.
                """,
                ja: """
                    宛先 \(replies.accepted + replies.refused) 件のうち \(replies.accepted) 件が受け付けられ、メッセージの終わりに同じ数の応答が返りました。\
                    クライアントはその後 \(seconds) 秒、まだ応答が来るかのように何も送りませんでした。
                    """))
    }
}
