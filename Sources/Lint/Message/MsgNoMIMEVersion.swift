import Conversation
import Message

/// MIME-Version is missing.
struct MsgNoMIMEVersion: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.no-mime-version",
        title: Words("The message has MIME fields and no MIME-Version", ja: "MIME フィールドがあるのに MIME-Version がない"),
        severity: .warning,
        side: .message,
        clause: "RFC 2045 §4",
        means: Words(
            """
            MIME-Version says that the fields Content-Type and Content-Transfer-Encoding mean what RFC 2045 \
            says. A reader that goes by it shows the message as plain ASCII without it: encoded text, HTML \
            source, attachments as letters.
            """,
            ja: """
                MIME-Version は、Content-Type や Content-Transfer-Encoding が RFC 2045 の意味であることを示しま\
                す。ないと、厳密なソフトはメッセージをただの ASCII と見なし、符号化された文字列や HTML のソース、\
                添付ファイルがそのまま表示されます。
                """),
        remedy: Words(
            "Add `MIME-Version: 1.0` to the header of the message.", ja: "メッセージのヘッダーに `MIME-Version: 1.0` を加えてください。"),
        violating: SampleMail.submitted(SampleMail.mail(version: nil)),
        conforming: SampleMail.submitted(SampleMail.mail(version: nil, type: nil)),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.lacks("MIME-VERSION"),
            let field = message.read.field("CONTENT-TYPE") ?? message.read.field("CONTENT-TRANSFER-ENCODING")
        else { return nil }
        return finding(
            message, at: field.range, in: session,
            means: Words(
                """
                The header has \(field.quote), and no MIME-Version. Readers may pass over the field.
                """,
                ja: """
                    ヘッダーに \(field.quote) がありますが、MIME-Version がありません。このフィールドは無視されるこ\
                    とがあります。
                    """))
    }
}
