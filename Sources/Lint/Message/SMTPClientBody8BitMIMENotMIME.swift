import Conversation
import Message

/// 8BITMIME without MIME.
struct SMTPClientBody8BitMIMENotMIME: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.body-8bitmime-not-mime",
        title: Words("BODY=8BITMIME is said of a message that is not MIME", ja: "MIME でないメッセージに BODY=8BITMIME を付けている"),
        severity: .warning,
        side: .client,
        clause: "RFC 6152 §3; RFC 5321 §2.4",
        means: Words(
            """
            BODY=8BITMIME says that what comes is a MIME message with octets above 127. Where MIME-Version \
            is missing, no field says which charset these octets are of, and a server that has to turn them \
            into 7 bits for the next one cannot.
            """,
            ja: """
                BODY=8BITMIME は、127 を超えるオクテットを含む MIME メッセージであることを示します。MIME-Version\
                 がないと、それがどの文字セットなのか示されず、次のサーバーのために 7 ビットに変換することもでき\
                ません。
                """),
        remedy: Words(
            """
            Write MIME-Version, Content-Type with its charset and Content-Transfer-Encoding: 8bit.
            """,
            ja: """
                MIME-Version、charset 付きの Content-Type、Content-Transfer-Encoding: 8bit を書いてください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(version: nil, type: nil, body: ["Caf\\xC3\\xA9 on Friday?"]), parameters: " BODY=8BITMIME"),
        conforming: SampleMail.submitted(
            SampleMail.mail(encoding: "8bit", body: ["Caf\\xC3\\xA9 on Friday?"]), parameters: " BODY=8BITMIME"),
        dialects: [.smtp, .lmtp],
        repeats: true,
        besides: ["msg.cte-missing-8bit"])

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let found = message.read.root.eightBit
        guard let first = found.first, message.direction == .client, message.lacks("MIME-VERSION"),
            session.smtp.transaction?.parameter("BODY") == "8BITMIME"
        else { return nil }
        return finding(
            message, at: first..<(first &+ 1), in: session,
            means: Words(
                """
                The client said BODY=8BITMIME and sent \(found.count) octets above 127 in the body of a message \
                without MIME-Version. Nothing says what they mean.
                """,
                ja: """
                    クライアントは BODY=8BITMIME を指定し、本文で 127 を超えるオクテットを \(found.count) 個送りまし\
                    たが、メッセージに MIME-Version がありません。それらの意味を示すものが何もありません。
                    """))
    }
}
