import Conversation
import Message

/// The Date cannot be read, or not as RFC 5322 has it.
struct MsgDateSyntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.date-syntax",
        title: Words("The Date is not written as a date", ja: "Date の書式が正しくない"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.3; RFC 5322 §4.3",
        means: Words(
            """
            A date is written as in `Tue, 4 Mar 2025 10:20:30 +0900`, in English whatever the language of \
            the message. What is in another form each reader guesses at, or it takes the present, or the \
            year 1970, and sorts the message there.
            """,
            ja: """
                日付はメッセージの言語にかかわらず英語で `Tue, 4 Mar 2025 10:20:30 +0900` のように書きます。別の\
                書き方では、推測されるか、現在や 1970 年と見なされ、誤った位置に並びます。
                """),
        remedy: Words(
            """
            Let the program write the date in this form, independent of the language that the system is set \
            to.
            """,
            ja: """
                システムの言語設定に左右されずに、この書式で日付を書くようにしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(date: "2025-03-04 10:20:30")),
        conforming: SampleMail.submitted(SampleMail.mail(date: "4 Mar 2025 10:20 +0900")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, let field = message.read.field("DATE"), field.bytesBeyond == 0 else { return nil }
        guard let date = DateTime(field.value) else {
            return finding(
                message, at: field.range, in: session,
                means: Words(
                    """
                    \(field.quote) is no date that RFC 5322 knows, not even in an obsolete form. Readers sort the \
                    message by something else.
                    """,
                    ja: """
                        \(field.quote) は、廃止された書式も含めて RFC 5322 の日付ではありません。別の基準で並べられるこ\
                        とになります。
                        """))
        }
        let found = date.oddities.compactMap { oddity in Self.fault(oddity.kind).map { (oddity, $0) } }
        guard let (oddity, fault) = found.max(by: { $0.1.severity < $1.1.severity }) else { return nil }
        let place = field.place(of: oddity.range.clamped(to: 0..<field.value.count))
        return finding(
            message, at: place.isEmpty ? field.range : place, in: session, severity: fault.severity,
            means: Words(
                """
                \(field.quote): \(fault.words.en). Readers may take it for another date.
                """,
                ja: """
                    \(field.quote) は\(fault.words.ja)。別の日時と見なされることがあります。
                    """))
    }

    private static func fault(_ kind: DateOddity) -> (severity: Severity, words: Words)? {
        switch kind {
        case .foreignForm:
            (.error, Words("its parts stand in another order or with other marks", ja: "項目の順序または区切りが違います"))
        case .zoneForm: (.error, Words("its zone is not written as `+hhmm`", ja: "タイムゾーンが `+hhmm` の形ではありません"))
        case .noTime: (.error, Words("it has no time of the day", ja: "時刻がありません"))
        case .timeForm:
            (.warning, Words("a number of its time has not two digits", ja: "時刻に 2 桁でない数があります"))
        case .spelledOut:
            (.warning, Words("a name is spelled out that has three letters", ja: "3 文字で書くべき名前が省略されていません"))
        case .badWeekday:
            (.warning, Words("the word before the date is no English day of the week", ja: "先頭の語が英語の曜日ではありません"))
        case .textBehind: (.warning, Words("there is text behind the date", ja: "日付の後に余分な文字があります"))
        case .twoDigitYear, .threeDigitYear, .weekdayMismatch, .obsoleteZone, .militaryZone, .unlistedZone, .noZone,
            .dayOutOfRange, .timeOutOfRange, .zoneOutOfRange, .unlikelyZone, .yearOutOfRange, .obsoleteSpacing:
            nil
        }
    }
}
