import Conversation
import Message

/// The Date is far from the present.
struct MsgDateSkew: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.date-skew",
        title: Words("The Date is more than a day away from when it was sent", ja: "Date が送信時刻から 1 日以上ずれている"),
        severity: .note,
        side: .message,
        clause: "RFC 5322 §3.6.1",
        means: Words(
            """
            Date says when the author said that the message is ready, which for a message that is handed in \
            is a moment ago. More than a day tells of a clock that is wrong, here or there, or of a message \
            that waited long; spam filters look at it as well.
            """,
            ja: """
                Date は書き手が送信を決めた時刻を表し、投稿時にはほぼ現在のはずです。1 日以上ずれている場合は、\
                どちらかの時計が狂っているか、長く保留されていたメッセージです。迷惑メール判定にも使われます。
                """),
        remedy: Words(
            """
            Set the clock and the time zone of the machine that sends, best by NTP.
            """,
            ja: """
                送信するマシンの時計とタイムゾーンを、できれば NTP で合わせてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(), wait: 1_764_000_000),
        conforming: SampleMail.submitted(SampleMail.mail(), wait: 1_741_051_300),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let day: Int64 = 86_400
    /// What is recorded at an earlier time was recorded without a clock: 1990.
    private static let earliest: Int64 = 631_152_000

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let now = message.start.at.nanoseconds / 1_000_000_000
        guard now > Self.earliest, message.road(in: session) == .submitted, message.read.hasHeader,
            let field = message.read.field("DATE"), field.bytesBeyond == 0,
            let written = DateTime(field.value)?.seconds
        else { return nil }
        let (difference, overflow) = written.subtractingReportingOverflow(now)
        guard !overflow, difference.magnitude > Self.day else { return nil }
        let days = difference.magnitude / Self.day.magnitude
        return finding(
            message, at: field.range, in: session,
            means: difference < 0
                ? Words(
                    """
                    \(field.quote) is \(days) days before the message was handed in, at \(message.start.at.text).
                    """,
                    ja: """
                        \(field.quote) は、投稿された時刻 \(message.start.at.text) より \(days) 日前です。
                        """)
                : Words(
                    """
                    \(field.quote) is \(days) days after the message was handed in, at \(message.start.at.text).
                    """,
                    ja: """
                        \(field.quote) は、投稿された時刻 \(message.start.at.text) より \(days) 日後です。
                        """))
    }
}
