import Conversation
import Message

/// The year of the Date has fewer than four digits.
struct MsgDateTwoDigitYear: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.date-two-digit-year",
        title: Words("The year of the Date has two or three digits", ja: "Date の年が 4 桁ではない"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.3; RFC 5322 §4.3; RFC 1123 §5.2.14",
        means: Words(
            """
            The year is written with four digits; RFC 1123 asked for that in 1989. Readers turn a year of \
            two digits into one of this century or the last by a rule of their own, and the message may be \
            a hundred years off.
            """,
            ja: """
                年は 4 桁で書きます。RFC 1123 が 1989 年にすでに求めていました。2 桁の年を今世紀と前世紀のどちら\
                と見なすかはソフトによるため、百年ずれることがあります。
                """),
        remedy: Words("Write the year with four digits: `%Y`, not `%y`.", ja: "年を 4 桁(`%y` ではなく `%Y`)で書いてください。"),
        violating: SampleMail.submitted(SampleMail.mail(date: "Tue, 4 Mar 25 10:20:30 +0900")),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    /// When RFC 2822 made forbidden what RFC 1123 had advised against.
    private static let forbidden = 2001

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, let field = message.read.field("DATE"), field.bytesBeyond == 0,
            let date = DateTime(field.value),
            let oddity = date.oddities.first(where: { $0.kind == .twoDigitYear || $0.kind == .threeDigitYear })
        else { return nil }
        let place = field.place(of: oddity.range.clamped(to: 0..<field.value.count))
        let isOld = oddity.kind == .twoDigitYear && date.year < Self.forbidden
        return finding(
            message, at: place.isEmpty ? field.range : place, in: session, severity: isOld ? .warning : .error,
            clause: isOld ? "RFC 1123 §5.2.14; RFC 5322 §4.3" : nil,
            means: oddity.kind == .twoDigitYear
                ? Words(
                    """
                    \(field.quote) has a year of two digits. By RFC 5322 it is \(String(date.year)); other programs \
                    take another century.
                    """,
                    ja: """
                        \(field.quote) の年は 2 桁です。RFC 5322 では \(String(date.year)) 年と読みますが、別の世紀と見\
                        なすソフトもあります。
                        """)
                : Words(
                    """
                    \(field.quote) has a year of three digits, as programs write that add 1900 to nothing. By RFC \
                    5322 it is \(String(date.year)).
                    """,
                    ja: """
                        \(field.quote) の年は 3 桁です。1900 を足し忘れたプログラムの書き方で、RFC 5322 では \
                        \(String(date.year)) 年と読みます。
                        """))
    }
}
