import Conversation
import Message

/// The day of the week is not that of the date.
struct MsgDateWeekday: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.date-weekday",
        title: Words("The weekday of the Date is not that of the day", ja: "Date の曜日が日付と合わない"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §3.3",
        means: Words(
            """
            A date may begin with the day of the week, and then it has to be the right one. A wrong one \
            tells of a clock that is wrong, or of a program that computes dates wrongly, and leaves open \
            which of the two is meant.
            """,
            ja: """
                日付の先頭には曜日を書けますが、日付と一致していなければなりません。合わない場合は、時計かプログ\
                ラムの計算が誤っており、どちらが正しいのか分かりません。
                """),
        remedy: Words("Compute the weekday from the date, or leave it out.", ja: "曜日を日付から正しく計算するか、省いてください。"),
        violating: SampleMail.submitted(SampleMail.mail(date: "Mon, 4 Mar 2025 10:20:30 +0900")),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let daysJa = ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, let field = message.read.field("DATE"), field.bytesBeyond == 0,
            let date = DateTime(field.value), date.has(.weekdayMismatch), let seconds = date.seconds
        else { return nil }
        let local = seconds + Int64(date.zoneMinutes ?? 0) * 60
        // 1970-01-01 was a Thursday.
        let day = Int(((local.dividedFloor(by: 86_400) % 7) + 7 + 4) % 7)
        guard Self.days.indices.contains(day) else { return nil }
        return finding(
            message, at: field.range, in: session,
            means: Words(
                """
                \(field.quote) names another day of the week than that of its date, which is a \
                \(Self.days[day]).
                """,
                ja: """
                    \(field.quote) の曜日は日付と合いません。この日は\(Self.daysJa[day])です。
                    """))
    }
}

extension Int64 {
    /// Rounded down.
    fileprivate func dividedFloor(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
