import Conversation
import Message

/// A charset that nobody knows.
struct MsgCharsetUnknown: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.charset-unknown",
        title: Words("The charset is none that is known", ja: "charset が未知の名前になっている"),
        severity: .warning,
        side: .message,
        clause: "RFC 2046 §4.1.2; RFC 2978 §2.3",
        means: Words(
            """
            A charset has to be one that IANA lists. A reader that does not know the name cannot turn the \
            bytes into letters: it guesses, or shows the text as a file.
            """,
            ja: """
                charset は IANA に登録されたものでなければなりません。知らない名前では文字に変換できず、推測する\
                か、ファイルとして扱うことになります。
                """),
        remedy: Words(
            """
            Write utf-8, or the registered name of the charset that the text is in.
            """, ja: "utf-8 か、本文の文字セットの登録名を書いてください。"),
        violating: SampleMail.submitted(SampleMail.mail(type: "text/plain; charset=english")),
        conforming: SampleMail.submitted(SampleMail.mail(type: "text/plain; charset=\"UTF-8\"")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        var first: (part: Part, name: String)?
        var count: UInt64 = 0
        for part in message.ownTexts {
            guard let name = part.charset, !name.isEmpty, !Charset(name).isKnown else { continue }
            first = first ?? (part, name)
            count += 1
        }
        guard let first else { return nil }
        let title = message.read.title(of: first.part.index)
        let name = Quote.of(Array(first.name.utf8))
        return finding(
            message, at: first.part.field("CONTENT-TYPE")?.range ?? first.part.header, more: count - 1, in: session,
            means: Words(
                "The charset of \(title.en) is \(name), which no reader knows.",
                ja: """
                    \(title.ja)の charset は \(name) ですが、そのような文字セットは知られていません。
                    """))
    }
}
