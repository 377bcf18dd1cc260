import Conversation
import Message

/// A field goes on with a line of blanks.
struct MsgFoldBlank: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.fold-blank",
        title: Words("A folded field has a line of blanks only", ja: "空白だけの継続行がある"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §3.2.2; RFC 5322 §B",
        means: Words(
            """
            A field may go on in lines that begin with a blank, but not in one that has nothing else. \
            Programs that take off blanks at the end of lines find an empty line there, and the header ends \
            in its middle.
            """,
            ja: """
                フィールドは空白で始まる行に続けられますが、空白だけの行は許されません。行末の空白を取り除くソフ\
                トには空行に見え、ヘッダーが途中で終わってしまいます。
                """),
        remedy: Words("Let the program fold at blanks that have text behind them.", ja: "後ろに文字が続く空白の位置で折り返すようにしてください。"),
        violating: SampleMail.submitted(SampleMail.mail(more: ["X-Note: to", "\t", "\tmyself"])),
        conforming: SampleMail.submitted(SampleMail.mail(more: ["X-Note: to", "\tmyself"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let found = message.defects([.blankContinuation]) else { return nil }
        let name = Quote.of(found.first.detail)
        return finding(
            message, at: found.first.range, more: found.more, in: session,
            means: Words(
                """
                The field \(name) goes on with a line of nothing but blanks. Where these are taken off, the \
                header ends there.
                """,
                ja: """
                    フィールド \(name) に空白だけの継続行があります。空白が取り除かれると、そこでヘッダーが終わって\
                    しまいます。
                    """))
    }
}
