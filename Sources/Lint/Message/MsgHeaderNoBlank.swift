import Conversation
import Message

/// Text follows the header without an empty line.
struct MsgHeaderNoBlank: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.header-no-blank",
        title: Words("No empty line stands between the header and the text", ja: "ヘッダーと本文の間に空行がない"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §2.1",
        means: Words(
            """
            The first empty line ends the header. Where text follows without one, some programs begin the \
            body there, others look for fields on and on, so that lines of the text vanish or fields are \
            shown.
            """,
            ja: """
                ヘッダーは最初の空行で終わります。空行なしに本文が続くと、そこから本文と見なすソフトと、フィール\
                ドを探し続けるソフトがあり、本文の一部が消えたり、フィールドが表示されたりします。
                """),
        remedy: Words(
            """
            Write one empty line between the header and the text, in each part as well.
            """, ja: "ヘッダーと本文の間に空行を一つ置いてください。各パートでも同様です。"),
        violating: SampleMail.submitted(
            Array(SampleMail.mail().dropLast(2)) + ["See you on Friday.", "And bring the minutes."]),
        conforming: SampleMail.submitted(SampleMail.mail(body: ["See you on Friday.", "And bring the minutes."])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        // A message without any header is told as one without From.
        guard let found = message.defects([.noEmptyLine]), found.first.part > 0 || !message.read.fields.isEmpty else {
            return nil
        }
        let part = message.read.title(of: found.first.part)
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            means: Words(
                """
                In the header of \(part.en) stands \(Quote.of(found.first.detail)), which is no field, with no \
                empty line before it. It is taken for the first line of the text.
                """,
                ja: """
                    \(part.ja)のヘッダーの直後に、空行なしに \(Quote.of(found.first.detail)) があります。フィールド\
                    ではないため、本文の 1 行目と見なされます。
                    """))
    }
}
