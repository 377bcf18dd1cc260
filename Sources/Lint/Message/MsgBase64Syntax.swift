import Conversation
import Message

/// base64 that is none.
struct MsgBase64Syntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.base64-syntax",
        title: Words("The base64 text is not written as such", ja: "base64 の書式が正しくない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §6.8",
        means: Words(
            """
            base64 comes in lines of at most 76 characters of its alphabet, padded at the end only. Readers \
            pass over other characters as they are told to, but what is missing or stands behind the \
            padding is lost, and the attachment damaged.
            """,
            ja: """
                base64 は、所定の文字だけからなる 76 文字以内の行で書き、パディングは末尾にだけ置きます。ほかの\
                文字は読み飛ばされますが、欠けた部分やパディングの後にあるものは失われ、添付ファイルが壊れます。
                """),
        remedy: Words(
            """
            Encode each part by itself with a library for base64, and put nothing behind it within the part.
            """,
            ja: """
                各パートを base64 用のライブラリで個別に符号化し、パート内でその後に何も加えないでください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(encoding: "base64", body: ["U2VlIHlvdSBvbiBGcmlkYXkuDQo=", "-- ", "sent by a list"])),
        conforming: SampleMail.submitted(SampleMail.mail(encoding: "base64", body: ["U2VlIHlvdSBvbiBGcmlkYXkuDQo="])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let kinds: Set<MessageDefect.Kind> = [
        .base64ForeignByte, .base64PadInside, .base64Length, .base64LongLine,
    ]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects(Self.kinds) else { return nil }
        let part = message.read.title(of: found.first.part)
        let what: Words =
            switch found.first.kind {
            case .base64PadInside: Words("more follows behind the padding", ja: "パディングの後にさらに文字が続いています")
            case .base64Length:
                Words("the end is missing: its characters make no whole groups of four", ja: "文字数が 4 の倍数でなく、末尾が欠けています")
            case .base64LongLine: Words("a line has more than 76 characters", ja: "76 文字を超える行があります")
            default:
                Words(
                    "there is \(Quote.of(found.first.detail)), which is not of its alphabet",
                    ja: "base64 に使えない \(Quote.of(found.first.detail)) があります")
            }
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            means: Words("In the base64 of \(part.en) \(what.en).", ja: "\(part.ja)の base64 に、\(what.ja)。"))
    }
}
