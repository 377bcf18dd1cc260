import Conversation
import Message

/// The Date cannot be.
struct MsgDateImpossible: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.date-impossible",
        title: Words("The Date is a moment that does not exist", ja: "Date が存在しない日時になっている"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.3",
        means: Words(
            """
            The day has to be one that the month has, the hour one up to 23, the minutes of the zone up to \
            59, and the year 1900 or later. Readers make some other date of what does not exist, or none.
            """,
            ja: """
                日はその月にある日、時は 23 まで、ゾーンの分は 59 まで、年は 1900 以降でなければなりません。存在\
                しない日時は別の日時と見なされるか、無視されます。
                """),
        remedy: Words(
            """
            Look at the clock of the machine, and at the program that writes the date.
            """, ja: "マシンの時計と、日付を書くプログラムを確認してください。"),
        violating: SampleMail.submitted(SampleMail.mail(date: "31 Feb 2025 10:20:30 +0900")),
        conforming: SampleMail.submitted(SampleMail.mail(date: "29 Feb 2024 23:59:60 +0900")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, let field = message.read.field("DATE"), field.bytesBeyond == 0,
            let date = DateTime(field.value)
        else { return nil }
        let found = date.oddities.compactMap { oddity in Self.fault(oddity.kind).map { (oddity, $0) } }
        guard let (oddity, fault) = found.max(by: { $0.1.severity < $1.1.severity }) else { return nil }
        let place = field.place(of: oddity.range.clamped(to: 0..<field.value.count))
        return finding(
            message, at: place.isEmpty ? field.range : place, in: session, severity: fault.severity,
            means: Words(
                """
                \(field.quote): \(fault.words.en). Readers take it for some other date.
                """, ja: "\(field.quote) は\(fault.words.ja)。別の日時と見なされます。"))
    }

    private static func fault(_ kind: DateOddity) -> (severity: Severity, words: Words)? {
        switch kind {
        case .dayOutOfRange: (.error, Words("the month does not have this day", ja: "その月にない日です"))
        case .timeOutOfRange: (.error, Words("there is no such time of the day", ja: "存在しない時刻です"))
        case .zoneOutOfRange: (.error, Words("there is no such zone", ja: "存在しないタイムゾーンです"))
        case .yearOutOfRange: (.error, Words("the year is before 1900", ja: "1900 年より前です"))
        case .unlikelyZone: (.warning, Words("no place on earth has this zone", ja: "地球上のどこにもないタイムゾーンです"))
        default: nil
        }
    }
}
