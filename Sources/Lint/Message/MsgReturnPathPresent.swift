import Conversation
import Message

/// A new message has a Return-Path.
struct MsgReturnPathPresent: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.return-path-present",
        title: Words("A message that is handed in has a Return-Path", ja: "投稿されたメッセージに Return-Path がある"),
        severity: .warning,
        side: .message,
        clause: "RFC 5321 §4.4",
        means: Words(
            """
            Return-Path is what the last server writes on top of a message when it puts it into a mailbox: \
            the sender of the envelope. A program that sends a new message has to leave it out; the reader \
            would find two, and some programs send errors to the wrong one.
            """,
            ja: """
                Return-Path は、最後のサーバーがメールボックスに入れるときに先頭に書く、エンベロープの送信者です。\
                新しく送るメッセージに付けてはいけません。二つになってしまい、エラーが誤った宛先に送られることが\
                あります。
                """),
        remedy: Words(
            """
            Give the address for errors in MAIL FROM, and leave Return-Path out of the header.
            """,
            ja: """
                エラーの宛先は MAIL FROM で指定し、ヘッダーに Return-Path を書かないでください。
                """),
        violating: SampleMail.submitted(["Return-Path: <bounces@example.com>"] + SampleMail.mail()),
        conforming: SampleMail.submitted(SampleMail.mail(), from: "bounces@example.com"),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true,
        besides: ["msg.from-vs-envelope"])

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, message.road(in: session) == .submitted,
            let field = message.read.field("RETURN-PATH")
        else { return nil }
        return finding(
            message, at: field.range, in: session,
            means: Words(
                """
                The client hands in a message that has \(field.quote) already, though no server has delivered \
                it.
                """,
                ja: """
                    まだどのサーバーも配送していないのに、投稿されたメッセージにすでに \(field.quote) があります。
                    """))
    }
}
