import Conversation
import Message

/// The last line has no end.
struct MsgNotFinalCRLF: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.not-final-crlf",
        title: Words("The last line of the message has no line end", ja: "最後の行が改行で終わっていない"),
        severity: .note,
        side: .message,
        clause: "RFC 5322 §2.1; RFC 5321 §4.1.1.4",
        means: Words(
            """
            The last line of a message ends with CR LF as all others do. Where it does not, as can be in \
            APPEND, FETCH and BDAT, the next program that sends the message has to add one, and signatures \
            over the body may break.
            """,
            ja: """
                メッセージの最後の行も、ほかの行と同じく CR LF で終えます。APPEND、FETCH、BDAT では欠けることが\
                あり、次に送るソフトが補うことになって、本文の署名が合わなくなることがあります。
                """),
        remedy: Words("Let the program end the last line with CR LF.", ja: "最後の行も CR LF で終えるようにしてください。"),
        violating: SampleMail.fetched(SampleMail.mail(body: ["See you on Friday.\\c"])),
        conforming: SampleMail.fetched(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let octets = message.octets
        guard message.complete, message.read.isComplete, !message.start.partial, octets.count > 0, !octets.endsLine,
            message.road(in: session) != .alone
        else { return nil }
        let last = octets.wireCount - 1
        return finding(
            message, at: last..<octets.wireCount, in: session,
            means: Words(
                """
                The message of \(octets.count) octets ends in the middle of a line, without CR LF.
                """,
                ja: """
                    \(octets.count) オクテットのメッセージが、CR LF のないまま行の途中で終わっています。
                    """))
    }
}
