import Conversation
import Message

/// Quoted-printable that is none.
struct MsgQPSyntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.qp-syntax",
        title: Words("The quoted-printable text is not written as such", ja: "quoted-printable の書式が正しくない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §6.7",
        means: Words(
            """
            In quoted-printable `=` stands before two hexadecimal digits in upper case or at the end of a \
            line that goes on; a line has at most 76 characters and no blank at its end. What is otherwise \
            readers show as it stands, or characters are lost.
            """,
            ja: """
                quoted-printable では、`=` の後に大文字の 16 進数 2 桁が続くか、次の行へ続くことを示す行末の `=`\
                 になります。1 行は 76 文字以内で、行末に空白を置きません。そうでないと、そのまま表示されたり文\
                字が失われたりします。
                """),
        remedy: Words(
            """
            Encode with a library for quoted-printable, `=` itself as `=3D`, and cut lines at 76 characters.
            """,
            ja: """
                quoted-printable 用のライブラリで符号化し、`=` 自体は `=3D` とし、行を 76 文字以内にしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(encoding: "quoted-printable", body: ["1 + 1 = 2"])),
        conforming: SampleMail.submitted(SampleMail.mail(encoding: "quoted-printable", body: ["1 + 1 =3D 2"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let kinds: Set<MessageDefect.Kind> = [
        .quotedPrintableEscape, .quotedPrintableLongLine, .quotedPrintableTrailingBlank, .quotedPrintableRawByte,
    ]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects(Self.kinds) ?? message.defects([.quotedPrintableLowerCase]) else {
            return nil
        }
        let part = message.read.title(of: found.first.part)
        let what: Words =
            switch found.first.kind {
            case .quotedPrintableEscape:
                Words(
                    """
                    an `=` has neither two hexadecimal digits nor the end of a line behind it
                    """, ja: "後ろに 16 進数 2 桁も行末も続かない `=` があります")
            case .quotedPrintableLongLine: Words("a line has more than 76 characters", ja: "76 文字を超える行があります")
            case .quotedPrintableTrailingBlank:
                Words("a line ends with a blank, which is lost on the way", ja: "行末に空白があり、途中で失われます")
            case .quotedPrintableRawByte:
                Words("there is a byte that has to be encoded", ja: "符号化すべきバイトがそのまま含まれています")
            default: Words("hexadecimal digits are in lower case", ja: "16 進数が小文字です")
            }
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            severity: found.first.kind == .quotedPrintableLowerCase ? .note : .warning,
            means: Words(
                "In the quoted-printable text of \(part.en) \(what.en).",
                ja: "\(part.ja)の quoted-printable に、\(what.ja)。"))
    }
}
