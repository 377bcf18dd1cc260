import Conversation
import Wire

/// The client waits for the reply to a message that it has not ended.
struct SMTPClientNoEndOfData: Rule {
    static let hears: RuleEvents = [.exchange, .messageBegan, .messageBytes, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.no-end-of-data",
        title: Words("The client does not end its message", ja: "クライアントがメッセージを終えていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1.4",
        means: Words(
            """
            Behind DATA everything is the message until a line comes that is a dot and nothing else. Without that the \
            server goes on waiting, takes the client's next commands for more text, and throws all of it away when the \
            connection ends.
            """,
            ja: """
                DATA の後は、ドットだけの行が来るまですべてがメッセージです。それがないとサーバーは待ち続け、クライアントの次の\
                コマンドも本文とみなし、接続が切れると全部を捨てます。
                """),
        remedy: Words(
            "Let the client send CR LF, a dot and CR LF behind the message.",
            ja: "メッセージの後に CR LF、ドット、CR LF を送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: See you tomorrow
            wait: 300
            C: QUIT
            wait: 10
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: See you tomorrow
            wait: 300
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientNoQuit.self])

    /// Octets of a message that is cut in the middle of a line: those of larger ones are held up on the way.
    private static let small: UInt64 = 16_384

    private var unfinished = SMTPUnfinished()

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        unfinished.began(message)
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        unfinished.bytes(bytes, from: direction, at: time, in: session)
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        unfinished.hear(exchange)
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = unfinished.ended(message, in: session) else { return nil }
        switch found.how {
        case .command:
            return finding(
                at: found.place, in: session,
                means: Words(
                    """
                    The client said \(Quote.of(found.line)) though it had not ended its message: no line with a dot \
                    alone came before. The server took it for a line of the message.
                    """,
                    ja: """
                        クライアントはメッセージを終えないまま \(Quote.of(found.line)) を送りました。その前にドットだけ\
                        の行がなかったため、サーバーはこれを本文の一行とみなしました。
                        """) + found.outcome)
        case .line, .text:
            if case .text = found.how, message.octets.wireCount > Self.small { return nil }
            let isWhole = if case .line = found.how { true } else { false }
            return finding(
                at: found.place, in: session, severity: isWhole ? .error : .warning,
                means: Words(
                    """
                    The last of the message that the client sent is \(Quote.of(found.line))\
                    \(isWhole ? "" : ", without a line end"); a line with a dot alone, which would have ended it, \
                    never came.
                    """,
                    ja: """
                        クライアントが送ったメッセージの最後は\(isWhole ? "" : "行末のない") \(Quote.of(found.line)) で、\
                        メッセージを終える、ドットだけの行は送られませんでした。
                        """) + found.outcome)
        case .nothing:
            return finding(
                at: found.place, in: session,
                means: Words(
                    "The server had told the client to send its message, and nothing of it came.",
                    ja: "サーバーはメッセージを送るよう促しましたが、クライアントは何も送りませんでした。") + found.outcome)
        case .dotBehindText, .dotWithoutEnd, .dotWithBlanks: return nil
        }
    }
}
