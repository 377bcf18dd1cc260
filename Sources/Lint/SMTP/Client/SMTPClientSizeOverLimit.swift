import Conversation
import Wire

/// The client sends a message that is larger than the server takes.
struct SMTPClientSizeOverLimit: Rule {
    static let hears: RuleEvents = [.exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.size-over-limit",
        title: Words("The message is larger than the server said it takes", ja: "メッセージがサーバーの上限を超えています"),
        severity: .warning,
        side: .client,
        clause: "RFC 1870 §4; RFC 1870 §7",
        means: Words(
            """
            A server that lists `SIZE n` takes messages of n octets at most. A larger one is refused, at the \
            latest after all of it was sent, and sending it again does not help.
            """,
            ja: """
                `SIZE n` を通知するサーバーは、n オクテットまでのメッセージしか受け取りません。それより大きな\
                ものは、遅くともすべてを送り終えた後で拒否され、再送しても結果は変わりません。
                """),
        remedy: Words(
            "Let the client compare the message with the limit before it sends it, and tell the user.",
            ja: "送信前にメッセージの大きさを上限と比べ、利用者に知らせるようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 20
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 552 too large
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 0
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var messages = SMTPMessages()

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        messages.hear(message)
        return message.complete ? nil : finding(message, in: session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        messages.answered(exchange).flatMap { finding($0, in: session) }
    }

    private func finding(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard session.followsSMTP, let word = session.smtp.listing?.arguments(of: "SIZE").first,
            let limit = ASCII.number(word.utf8), limit > 0, message.octets.count > limit
        else { return nil }
        return finding(
            at: message.place(0, 1), in: session,
            means: Words(
                """
                The server takes messages of \(limit) octets at most (SIZE \(limit)), and the client sent \
                \(message.octets.count).
                """,
                ja: """
                    サーバーが受け取るのは \(limit) オクテットまで（SIZE \(limit)）ですが、クライアントは \
                    \(message.octets.count) オクテットを送りました。
                    """))
    }
}
