import Conversation
import Message

/// A line is longer than any may be.
struct MsgLineOver998: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.line-over-998",
        title: Words("A line of the message has more than 998 octets", ja: "998 オクテットを超える行がある"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §2.1.1",
        means: Words(
            """
            A line may have 998 octets before its CR LF. Programs with a buffer of that size cut longer \
            ones or break them in two, which damages signatures, attachments and letters of several bytes. \
            Whoever says such a message by SMTP is told so by a rule of its own.
            """,
            ja: """
                1 行は CR LF を除いて 998 オクテットまでです。超えた行を切ったり分割したりするソフトがあり、署名\
                や添付ファイル、複数バイトの文字が壊れます。SMTP で送信中の場合は別の規則が知らせます。
                """),
        remedy: Words(
            """
            Encode long lines as quoted-printable or base64, and fold header fields.
            """,
            ja: """
                長い行は quoted-printable か base64 で符号化し、ヘッダーは折り返してください。
                """),
        violating: SampleMail.fetched(SampleMail.mail(body: [String(repeating: "0123456789", count: 101)])),
        conforming: SampleMail.fetched(SampleMail.mail(body: [String(repeating: "0123456789", count: 99)])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true,
        besides: ["msg.line-over-78"])

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let found = message.octets.over998
        // In an SMTP conversation the client is told (`smtp.client.data-line-too-long`).
        guard found.count > 0, let first = found.first, message.isText, !message.hasBinaryPart,
            !message.road(in: session).isSMTP
        else { return nil }
        return finding(
            message, at: first..<(first &+ 999), more: found.count - 1, in: session,
            means: Words(
                """
                A line has more than 998 octets; the longest of the message has \(message.octets.longestLine). \
                Programs on the way may cut it.
                """,
                ja: """
                    998 オクテットを超える行があります。最も長い行は \(message.octets.longestLine) オクテットです。\
                    途中のソフトが切ることがあります。
                    """))
    }
}
