import Conversation
import Message

/// A line is longer than lines should be.
struct MsgLineOver78: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.line-over-78",
        title: Words("A line of the message has more than 78 characters", ja: "78 文字を超える行がある"),
        severity: .note,
        side: .message,
        clause: "RFC 5322 §2.1.1",
        means: Words(
            """
            Lines should have no more than 78 characters, since terminals and old readers show no more and \
            do not wrap. Programs of today do, so that little harm is left.
            """,
            ja: """
                1 行は 78 文字以内にすべきです。端末や古いメールソフトは折り返さないためです。今日のソフトは折り\
                返すので、害はあまりありません。
                """),
        remedy: Words(
            """
            Fold header fields, and send text as quoted-printable or as format=flowed.
            """,
            ja: """
                ヘッダーは折り返し、本文は quoted-printable または format=flowed で送ってください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(body: [String(repeating: "0123456789", count: 9)])),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let found = message.octets.over78
        // What servers add on the way is long; octets above 127 are less than a character each.
        guard found.count > 0, let first = found.first, message.isText, message.road(in: session).isFresh,
            message.octets.eightBit.count == 0, !message.hasBinaryPart
        else { return nil }
        return finding(
            message, at: first..<(first &+ 79), more: found.count - 1, in: session,
            means: Words(
                """
                A line has more than 78 characters; the longest of the message has \
                \(message.octets.longestLine).
                """,
                ja: """
                    78 文字を超える行があります。最も長い行は \(message.octets.longestLine) 文字です。
                    """))
    }
}
