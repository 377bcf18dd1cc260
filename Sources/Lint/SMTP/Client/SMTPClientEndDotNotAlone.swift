import Conversation
import Wire

/// The dot that should end the message stands behind other text, or has no line end.
struct SMTPClientEndDotNotAlone: Rule {
    static let hears: RuleEvents = [.exchange, .messageBegan, .messageBytes, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.end-dot-not-alone",
        title: Words("The dot that should end the message does not stand alone", ja: "メッセージの終わりのドットが単独の行になっていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1.4; RFC 5321 §4.5.2",
        means: Words(
            """
            A message ends with CR LF, a dot, and CR LF. Where the text does not end with a line end of its own, a \
            dot sent behind it becomes a part of the last line, and ends nothing: the server waits for the rest of \
            the message and the client for the reply, until one of them gives up. No mail is delivered.
            """,
            ja: """
                メッセージは CR LF、ドット、CR LF で終わります。本文の最後に改行がないと、続けて送ったドットは最後の行\
                の一部になり、終わりとはみなされません。サーバーはメッセージの続きを、クライアントは応答を待ち続け、\
                どちらかがあきらめるまで止まります。メールは届きません。
                """),
        remedy: Words(
            "Let the client send CR LF behind the text where it does not end with one, and then the dot and CR LF.",
            ja: "本文が CR LF で終わっていなければ CR LF を送り、その後でドットと CR LF を送るようにしてください。"),
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
            C: Hello.
            C: Boiler 2 at 71.3 degrees.
            wait: 300
            S: 421 4.4.2 mx.example.com Error: timeout exceeded
            end: server-closed
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
            C: Hello.
            C: Boiler 2 at 71.3 degrees
            C: .
            wait: 300
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientNoQuit.self])

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
        let what: Words
        switch found.how {
        case .dotBehindText:
            what = Words(
                """
                The last line of the message that the client sent is \(Quote.of(found.line)): its dot stands behind \
                text, and no dot alone on a line came, which would have ended the message.
                """,
                ja: """
                    クライアントが送ったメッセージの最後の行は \(Quote.of(found.line)) です。ドットが文字の後に付いてお\
                    り、メッセージを終える、ドットだけの行はありませんでした。
                    """)
        case .dotWithoutEnd:
            what = Words(
                "The client sent the dot that should end the message, and no CR LF behind it.",
                ja: "クライアントはメッセージを終えるドットを送りましたが、その後に CR LF がありませんでした。")
        case .dotWithBlanks:
            what = Words(
                "The dot that should end the message has blanks beside it on its line (\(Quote.of(found.line))).",
                ja: "メッセージを終えるはずのドットの行に空白があります(\(Quote.of(found.line)))。")
        case .command, .line, .text, .nothing: return nil
        }
        return finding(at: found.place, in: session, means: what + found.outcome)
    }
}
