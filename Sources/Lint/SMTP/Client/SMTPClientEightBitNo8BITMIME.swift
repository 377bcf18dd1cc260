import Conversation

/// The client sends octets above 127 without having asked for an 8-bit path.
struct SMTPClientEightBitNo8BITMIME: Rule {
    static let hears: RuleEvents = [.exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.eight-bit-no-8bitmime",
        title: Words("The message has 8-bit octets that were not announced", ja: "8 ビットの文字を宣言なしに送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §2.4; RFC 6152 §3",
        means: Words(
            """
            SMTP carries octets up to 127. A client may send others where the server offers 8BITMIME and \
            MAIL says BODY=8BITMIME, or with SMTPUTF8. Without that a server on the way may refuse the \
            message or cut off the highest bit, and the text is garbled.
            """,
            ja: """
                SMTP が運べるのは 127 までのオクテットです。それを超えるものは、サーバーが 8BITMIME を通知し \
                MAIL に BODY=8BITMIME を付けた場合か、SMTPUTF8 を使う場合にだけ送れます。そうでなければ、途\
                中のサーバーに拒否されたり、最上位ビットを落とされて文字化けしたりします。
                """),
        remedy: Words(
            """
            Let the client say BODY=8BITMIME where the server offers it, and else encode the text as \
            quoted-printable or base64.
            """,
            ja: """
                サーバーが提供していれば BODY=8BITMIME を付け、そうでなければ quoted-printable や base64 で符\
                号化してください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: caf\\xC3\\xA9
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 8BITMIME
            C: MAIL FROM:<alice@example.com> BODY=8BITMIME
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: MIME-Version: 1.0
            C: Content-Type: text/plain; charset=utf-8
            C: Content-Transfer-Encoding: 8bit
            C: 
            C: caf\\xC3\\xA9
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
        guard let message = messages.answered(exchange), let first = message.octets.eightBit.first, session.followsSMTP,
            let transaction = session.smtp.transaction
        else { return nil }
        let body = transaction.parameter("BODY")
        guard body != "8BITMIME", body != "BINARYMIME", transaction.parameter("SMTPUTF8") == nil else { return nil }
        let count = message.octets.eightBit.count
        let isOffered = session.smtp.offers("8BITMIME")
        return finding(
            // A server that offers it takes such a message for what it is.
            at: message.place(first, 1), in: session, severity: isOffered ? .warning : .error,
            means: isOffered
                ? Words(
                    """
                    The message has \(count) octets above 127, the first behind \(first) octets. The server \
                    offers 8BITMIME, and the client's MAIL did not say BODY=8BITMIME.
                    """,
                    ja: """
                        メッセージには 127 を超えるオクテットが \(count) 個あり、最初のものは先頭から \(first) \
                        オクテットの後にあります。サーバーは 8BITMIME を提供していますが、クライアントの MAIL に \
                        BODY=8BITMIME がありませんでした。
                        """)
                : Words(
                    """
                    The message has \(count) octets above 127, the first behind \(first) octets, and the server \
                    does not offer 8BITMIME.
                    """,
                    ja: """
                        メッセージには 127 を超えるオクテットが \(count) 個あり、最初のものは先頭から \(first) \
                        オクテットの後にありますが、サーバーは 8BITMIME を提供していません。
                        """))
    }
}
