import Conversation
import Message

/// The charset is missing.
struct MsgCharsetMissing: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.charset-missing",
        title: Words("A text outside ASCII does not say its charset", ja: "ASCII 以外の本文に charset がない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §5.2; RFC 2046 §4.1.2",
        means: Words(
            """
            A text part without charset is US-ASCII. Where it has other letters all the same, each reader \
            guesses, by the language of its user or the look of the bytes, and what is right for one is \
            garbage for another.
            """,
            ja: """
                charset のないテキストは US-ASCII です。それ以外の文字を含む場合、メールソフトは利用者の言語やバ\
                イトの並びから推測するため、ある人には正しく、別の人には文字化けして見えます。
                """),
        remedy: Words(
            """
            Write the charset of the text, as in `Content-Type: text/plain; charset=utf-8`.
            """,
            ja: """
                `Content-Type: text/plain; charset=utf-8` のように、本文の文字セットを書いてください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(type: "text/plain", encoding: "quoted-printable", body: ["Caf=C3=A9 on Friday?"])),
        conforming: SampleMail.submitted(SampleMail.mail(encoding: "quoted-printable", body: ["Caf=C3=A9 on Friday?"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    /// Others, such as text/calendar and text/vcard, have a charset by their own standard.
    private static let types: Set<String> = ["plain", "html", "enriched", "richtext"]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        var first: Part?
        var count: UInt64 = 0
        for part in message.ownTexts where Self.types.contains(part.subtype) && (part.charset ?? "").isEmpty {
            // A file is what it is.
            if part.disposition?.kind == "attachment" { continue }
            // That such octets are not even announced is told by another rule.
            if part.contentType == nil, part.transferEncoding == .absent, part.eightBit.count > 0 { continue }
            guard part.eightBit.count > 0 || part.text.hasHighOctets || part.hasJISEscapes else {
                continue
            }
            first = first ?? part
            count += 1
        }
        guard let first else { return nil }
        let title = message.read.title(of: first.index)
        let guess = CharsetGuess(first.wholeText).likeliest?.charset.preferredName
        return finding(
            message, at: first.body, more: count - 1, in: session,
            means: first.hasJISEscapes
                ? Words(
                    """
                    The text of \(title.en) has the escape sequences of ISO-2022-JP, and no charset says so.
                    """,
                    ja: """
                        \(title.ja)の本文に ISO-2022-JP のエスケープシーケンスがありますが、charset が書かれていません。
                        """)
                : guess.map { name in
                    Words(
                        """
                        The text of \(title.en) has letters outside ASCII and no charset. It looks like \(name).
                        """,
                        ja: """
                            \(title.ja)の本文に ASCII 以外の文字がありますが、charset が書かれていません。\(name) のように見\
                            えます。
                            """)
                }
                    ?? Words(
                        "The text of \(title.en) has letters outside ASCII and no charset.",
                        ja: """
                            \(title.ja)の本文に ASCII 以外の文字がありますが、charset が書かれていません。
                            """))
    }
}
