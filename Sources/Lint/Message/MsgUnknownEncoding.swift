import Conversation
import Message

/// An encoding that RFC 2045 does not know.
struct MsgUnknownEncoding: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.unknown-encoding",
        title: Words("The Content-Transfer-Encoding is none that mail has", ja: "未知の Content-Transfer-Encoding"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §6.1; RFC 2045 §6.4",
        means: Words(
            """
            There are five: 7bit, 8bit, binary, quoted-printable and base64. Of a part with another one \
            readers cannot say what is in it, and offer it as a file at best.
            """,
            ja: """
                7bit、8bit、binary、quoted-printable、base64 の五つだけです。それ以外の場合、メールソフトは中身\
                を解釈できず、せいぜいファイルとして保存できるだけです。
                """),
        remedy: Words(
            """
            Write one of the five: 8bit for text with octets above 127, base64 for files.
            """,
            ja: """
                五つのうちの一つを書いてください。127 を超えるオクテットを含むテキストは 8bit、ファイルは base64\
                 です。
                """),
        violating: SampleMail.submitted(SampleMail.mail(encoding: "utf-8")),
        conforming: SampleMail.submitted(SampleMail.mail(encoding: "7BIT")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects([.unknownEncoding]) else { return nil }
        let part = message.read.title(of: found.first.part)
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            means: Words(
                """
                The Content-Transfer-Encoding of \(part.en) is \(Quote.of(found.first.detail)), which no reader \
                knows how to take off.
                """,
                ja: """
                    \(part.ja)の Content-Transfer-Encoding は \(Quote.of(found.first.detail)) で、メールソフトには復\
                    号の方法が分かりません。
                    """))
    }
}
