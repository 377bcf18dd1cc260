import Conversation

/// The client sends NUL in a message.
struct SMTPClientNULInData: Rule {
    static let hears: RuleEvents = [.exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.nul-in-data",
        title: Words("The message has NUL octets in it", ja: "メッセージに NUL が含まれています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.1.1.4; RFC 2045 §2.7",
        means: Words(
            """
            Text has no NUL in it. Servers refuse a message that has, or take the NUL out, and what reads \
            the message later may stop there.
            """,
            ja: """
                テキストに NUL は含められません。サーバーはそのようなメッセージを拒否するか NUL を取り除き、後\
                でメッセージを読むプログラムがそこで止まることもあります。
                """),
        remedy: Words(
            "Encode what is not text as base64. In text look for UTF-16 that was not converted.",
            ja: """
                テキストでないものは base64 で符号化してください。テキストの場合は、UTF-16 のまま変換されて\
                いないかを確認してください。
                """),
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
            C: a\\x00b
            C: .
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
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let message = messages.answered(exchange), let first = message.octets.nul.first, !session.hasGap,
            !session.isBinary
        else { return nil }
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                "NUL octets in the message: \(message.octets.nul.count), the first behind \(first) octets.",
                ja: """
                    メッセージに NUL が \(message.octets.nul.count) 個あり、最初のものは先頭から \(first) オクテ\
                    ットの後にあります。
                    """))
    }
}
