import Conversation
import Message

/// The bytes are not of the declared charset.
struct MsgCharsetMismatch: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.charset-mismatch",
        title: Words("The text is not in the charset that it says", ja: "本文が宣言された charset と合わない"),
        severity: .error,
        side: .message,
        clause: "RFC 2046 §4.1.2",
        means: Words(
            """
            A text part has to be in the charset that it names. Bytes that this charset does not have are \
            shown as boxes or question marks, and letters of another one as others: mojibake.
            """,
            ja: """
                テキストは宣言した charset で書かれていなければなりません。その文字セットにないバイトは四角や疑\
                問符になり、別の文字セットのものは別の文字として表示されます(文字化け)。
                """),
        remedy: Words(
            """
            Name the charset that the text is really in, or convert the text; utf-8 is right for nearly all.
            """,
            ja: """
                本文の実際の文字セットを書くか、本文を変換してください。ほとんどの場合 utf-8 が適切です。
                """),
        violating: SampleMail.submitted(SampleMail.mail(encoding: "quoted-printable", body: ["Caf=E9 on Friday?"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                type: "text/plain; charset=iso-8859-1", encoding: "quoted-printable", body: ["Caf=E9 on Friday?"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private struct Mismatch {
        var part: Part
        var severity: Severity
        var wrong: Int
        var bytes: [UInt8]
        var likelier: String?
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        var worst: Mismatch?
        var count: UInt64 = 0
        for part in message.ownTexts {
            guard let found = Self.mismatch(part, isCut: !message.read.isComplete) else { continue }
            count += 1
            if let worst, worst.severity >= found.severity { continue }
            worst = found
        }
        guard let worst else { return nil }
        let title = message.read.title(of: worst.part.index)
        let name = Quote.of(Array((worst.part.charset ?? "").utf8))
        let looks: Words =
            worst.likelier.map { Words(" It looks like \($0).", ja: "\($0) のように見えます。") }
            ?? Words("", ja: "")
        return finding(
            message, at: worst.part.body, more: count - 1, in: session, severity: worst.severity,
            means: worst.wrong > 0
                ? Words(
                    """
                    \(title.en.capitalizedFirst) says charset \(name), and \(worst.wrong) of its bytes are none of \
                    it, the first of them \(Quote.of(worst.bytes)).\(looks.en)
                    """,
                    ja: """
                        \(title.ja)の charset は \(name) ですが、それに含まれないバイトが \(worst.wrong) 個あります(最初\
                        は \(Quote.of(worst.bytes)))。\(looks.ja)
                        """)
                : Words(
                    """
                    \(title.en.capitalizedFirst) says charset \(name), and its text makes sense only in another \
                    one.\(looks.en)
                    """,
                    ja: """
                        \(title.ja)の charset は \(name) ですが、本文は別の文字セットでなければ意味をなしません。\
                        \(looks.ja)
                        """))
    }

    private static func mismatch(_ part: Part, isCut: Bool) -> Mismatch? {
        guard let name = part.charset, !name.isEmpty else { return nil }
        let charset = Charset(name)
        guard charset.isKnown else { return nil }
        guard part.text.hasHighOctets, let first = part.text.firstIndex(where: { $0 >= 0x80 }) else {
            return escaped(part, charset)
        }
        let text = part.isTextCut || isCut ? part.wholeText : part.text
        if charset == .utf8, text.isUTF8 { return nil }
        // Line ends tell nothing of where a text of two bytes a character may be cut.
        if charset.name.hasPrefix("utf-16") || charset.name.hasPrefix("utf-32"), part.isTextCut || isCut { return nil }
        // A file is what it is, whatever the mailer knows of it.
        let isFile = part.disposition?.kind == "attachment"
        if charset.isSame(as: .usASCII) || part.isISO2022JP {
            let wrong = text.count { $0 >= 0x80 }
            guard wrong > 0, !charset.saysNothing || charset.isSame(as: .usASCII) else { return nil }
            let bytes = Array(part.text[first...].prefix { $0 >= 0x80 }.prefix(8))
            return Mismatch(
                part: part, severity: isFile ? .warning : .error, wrong: wrong, bytes: bytes, likelier: likelier(text))
        }
        guard !charset.saysNothing, let read = charset.read(text) else { return nil }
        if let range = read.wrong.first, range.upperBound <= text.count {
            // ISO 8859-1 is read as windows-1252 everywhere.
            let isWindows =
                charset.isSame(as: Charset("iso-8859-1"))
                && read.wrong.allSatisfy {
                    $0.upperBound <= text.count && text[$0].allSatisfy { (0x80...0x9F).contains($0) }
                }
            return Mismatch(
                part: part, severity: isFile || isWindows ? .warning : .error, wrong: read.wrongCount,
                bytes: Array(text[range].prefix(8)), likelier: isWindows ? "windows-1252" : likelier(text))
        }
        // Of sets of one byte a character all bytes fit, so that the text itself has to tell. UTF-8 does so surely.
        guard read.isValid, !isFile, charset != .utf8, text.isUTF8, text.count(where: { $0 >= 0xC2 }) >= 4,
            CharsetGuess(text, declared: charset).contradictsDeclaration
        else { return nil }
        return Mismatch(part: part, severity: .warning, wrong: 0, bytes: [], likelier: "UTF-8")
    }

    /// Text in ISO-2022-JP and its relatives is all ASCII for who does not know its escape sequences.
    private static func escaped(_ part: Part, _ charset: Charset) -> Mismatch? {
        guard part.hasJISEscapes, !charset.name.hasPrefix("iso-2022"), !part.isISO2022JP,
            let guess = CharsetGuess(part.wholeText).likeliest?.charset, guess.name.hasPrefix("iso-2022")
        else { return nil }
        return charset.isSame(as: guess)
            ? nil
            : Mismatch(part: part, severity: .warning, wrong: 0, bytes: [], likelier: guess.preferredName)
    }

    private static func likelier(_ text: [UInt8]) -> String? {
        CharsetGuess(text).likeliest.flatMap { $0.charset.saysNothing ? nil : $0.charset.preferredName }
    }
}
