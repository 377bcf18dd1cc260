import Conversation
import Message
import Wire

/// What RFC 1468 does not have.
struct MsgISO2022JPBadEscape: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.iso2022jp-bad-escape",
        title: Words("The text is not ISO-2022-JP as RFC 1468 has it", ja: "RFC 1468 の ISO-2022-JP から外れている"),
        severity: .error,
        side: .message,
        clause: "RFC 1468",
        means: Words(
            """
            ISO-2022-JP has four escape sequences, `ESC ( B`, `ESC ( J`, `ESC $ @` and `ESC $ B`, and two \
            bytes from 0x21 to 0x7E for each character behind the last two. Half-width kana, other sets and \
            odd bytes are of other charsets: strict readers show garbage from there on.
            """,
            ja: """
                ISO-2022-JP のエスケープシーケンスは `ESC ( B`、`ESC ( J`、`ESC $ @`、`ESC $ B` の四つで、後の二\
                つの後では 1 文字が 0x21 から 0x7E の 2 バイトです。半角カナ、ほかの文字集合、奇数個のバイトは別\
                の文字セットのもので、厳密なソフトではそこから文字化けします。
                """),
        remedy: Words(
            """
            Convert half-width kana to full-width and leave out what JIS X 0208 does not have, or send the \
            text as utf-8.
            """,
            ja: """
                半角カナは全角に直し、JIS X 0208 にない文字は使わないか、utf-8 で送ってください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(type: "text/plain; charset=iso-2022-jp", body: ["\\x1B(IC=D\\x1B(B"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(type: "text/plain; charset=iso-2022-jp", body: ["\\x1B$B%F%9%H\\x1B(B"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        JISFault.first(of: message) { fault, _ in Self.what(fault) != nil }.flatMap { found in
            guard let what = Self.what(found.fault) else { return nil }
            let title = message.read.title(of: found.part.index)
            let line = Quote.of(found.line)
            return finding(
                message, at: found.place, more: found.more, in: session,
                means: Words(
                    "In \(title.en), in the line \(line), \(what.en).", ja: "\(title.ja)の行 \(line) に、\(what.ja)。"))
        }
    }

    /// nil: none of this rule's.
    private static func what(_ fault: ISO2022Walk.Fault) -> Words? {
        switch fault.kind {
        case .unknownEscape(let sequence):
            let name = Quote.of(sequence.bytes)
            return Words("there is the escape sequence \(name), which is none", ja: "未知のエスケープシーケンス \(name) があります")
        case .cutEscape: return Words("an escape sequence is cut", ja: "途中で切れたエスケープシーケンスがあります")
        case .notInISO2022JP(let sequence):
            let set = sequence.set?.title ?? Quote.of(sequence.bytes)
            return Words(
                """
                there is \(Picture.of(text: sequence.name)) for \(set), which this charset does not have
                """,
                ja: """
                    この文字セットにない \(set) を呼び出す \(Picture.of(text: sequence.name)) があります
                    """)
        case .halfWidthKana: return Words("there is half-width kana", ja: "半角カナがあります")
        case .oddByteCount(let set):
            return Words("a run in \(set.title) has an odd number of bytes", ja: "\(set.title) の文字列のバイト数が奇数です")
        case .outOfRange(let byte, let set):
            let picture = Quote.of([byte])
            return Words(
                "there is the byte \(picture) in a run in \(set.title)", ja: "\(set.title) の文字列の中にバイト \(picture) があります")
        // Bytes above 127 are a matter of the label.
        case .lineEndsOutsideASCII, .textEndsOutsideASCII, .eightBit, .lostEscapes: return nil
        }
    }
}
