import Conversation
import Message
import Wire

/// UTF-8 of UTF-8.
struct MsgDoubleEncoded: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.double-encoded",
        title: Words("The text was turned into UTF-8 twice", ja: "本文が二重に UTF-8 に変換されている"),
        severity: .warning,
        side: .message,
        clause: "RFC 2046 §4.1.2",
        means: Words(
            """
            Text in UTF-8 was taken for another charset and turned into UTF-8 once more, so that each \
            letter outside ASCII has become two or three others, as in `CafÃ©`. The message is well-formed, \
            and nobody can read it.
            """,
            ja: """
                UTF-8 のテキストが別の文字セットと見なされ、もう一度 UTF-8 に変換されたため、ASCII 以外の文字が \
                `CafÃ©` のように二つか三つの文字に化けています。メッセージの形式は正しいのですが、読むことができ\
                ません。
                """),
        remedy: Words(
            """
            Find the step of the program that converts the text without looking at what it is in already.
            """, ja: "すでに UTF-8 であるかを確かめずに変換している箇所を探してください。"),
        violating: SampleMail.submitted(
            SampleMail.mail(
                encoding: "quoted-printable",
                body: ["Caf=C3=83=C2=A9, cr=C3=83=C2=A8me", "br=C3=83=C2=BBl=C3=83=C2=A9e et th=C3=83=C2=A9"])),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                encoding: "quoted-printable", body: ["Caf=C3=A9, cr=C3=A8me", "br=C3=BBl=C3=A9e et th=C3=A9"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        for part in message.ownTexts {
            guard let name = part.charset, Charset(name) == .utf8, part.disposition?.kind != "attachment",
                Self.isSuspicious(part.text), let found = DoubleEncoding.find(in: part.wholeText),
                case .misread = found.kind
            else { continue }
            let title = message.read.title(of: part.index)
            let bytes = found.ranges.first.map { Array(part.wholeText[$0.clamped(to: 0..<part.wholeText.count)]) } ?? []
            let meant = Picture.of(
                text: String(found.repaired.unicodeScalars.filter { $0.value >= 0x80 }.prefix(10).map(Character.init)))
            return finding(
                message, at: part.body, in: session,
                means: Words(
                    """
                    In the text of \(title.en) stands \(Quote.of(bytes)): UTF-8 that was turned into UTF-8 again. \
                    The letters meant are `\(meant)`.
                    """,
                    ja: """
                        \(title.ja)の本文に \(Quote.of(bytes)) があります。UTF-8 がもう一度 UTF-8 に変換されたものです。\
                        元の文字は「\(meant)」です。
                        """))
        }
        return nil
    }

    /// It has what UTF-8 becomes: letters and signs of Latin-1 in pairs, or one of the two kanji that stand for the first
    /// bytes of kana where it was read as Shift_JIS.
    private static func isSuspicious(_ text: [UInt8]) -> Bool {
        var index = text.startIndex
        while let lead = text[index...].firstIndex(where: { $0 >= 0xC2 }) {
            let next = lead + 2
            guard next + 1 < text.count else { return false }
            if text[lead] <= 0xC5, (0xC2...0xE2).contains(text[next]) { return true }
            if text[lead] == 0xE7,
                text[lead + 1] == 0xB8 && text[next] == 0xBA || text[lead + 1] == 0xB9 && text[next] == 0xA7
            {
                return true
            }
            index = lead + 1
        }
        return false
    }
}
