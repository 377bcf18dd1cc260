import Conversation
import Message

/// A line that marks a message in a mailbox file is in the header.
struct MsgMboxLine: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.mbox-line",
        title: Words("The header has the From line of a mailbox file", ja: "ヘッダーに mbox の From 行が残っている"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §2.2; RFC 4155 §A",
        means: Words(
            """
            `From someone date`, or `>From`, is how a mailbox file in the mbox form marks where a message \
            begins. It is no header field. Where it stays in the message, programs take the rest of the \
            header for text.
            """,
            ja: """
                `From 誰か 日付` や `>From` は、mbox 形式のファイルでメッセージの始まりを示す行です。ヘッダーの\
                フィールドではなく、残っていると以降のヘッダーが本文と見なされることがあります。
                """),
        remedy: Words(
            """
            Take the line off where the message is read from the file, and mend what put it there.
            """,
            ja: """
                ファイルからメッセージを読み出すときにこの行を取り除き、混入の原因を直してください。
                """),
        violating: SampleMail.submitted(["From alice Tue Mar  4 10:20:30 2025"] + SampleMail.mail()),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader,
            let defect = message.read.defects.first(where: { message.isOwn($0.part) && Self.isMboxLine($0) })
        else { return nil }
        return finding(
            message, at: defect.range, in: session,
            means: Words(
                """
                The header has the line \(Quote.of(defect.detail)), which belongs into a mailbox file and not \
                into a message.
                """,
                ja: """
                    ヘッダーに \(Quote.of(defect.detail)) という行があります。これは mbox ファイルのものであり、メッ\
                    セージに含めるものではありません。
                    """))
    }

    static func isMboxLine(_ defect: MessageDefect) -> Bool {
        switch defect.kind {
        case .mboxLine: true
        case .badFieldName, .lineWithoutColon:
            defect.detail.starts(with: "From ".utf8) || defect.detail.starts(with: ">From ".utf8)
        default: false
        }
    }
}
