import Conversation
import Message

/// NUL is in the message.
struct MsgNul: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.nul",
        title: Words("The message has NUL octets", ja: "メッセージに NUL がある"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §4; RFC 2045 §2.7",
        means: Words(
            """
            NUL may stand in no mail but what is sent as binary. Programs written in C take it for the end \
            of the text and lose the rest; servers take it off or refuse the message. Whoever says such a \
            message by SMTP or IMAP is told so by a rule of its own.
            """,
            ja: """
                NUL は、バイナリとして送る場合を除きメールに含められません。C で書かれたソフトはそこで文字列が終\
                わったと見なして残りを失い、サーバーは取り除くか拒否します。SMTP や IMAP で送られている場合は別\
                の規則が知らせます。
                """),
        remedy: Words(
            "Encode what is not text as base64, and label UTF-16 as base64 too.",
            ja: "テキストでないものは base64 で符号化してください。UTF-16 も同様です。"),
        violating: SampleMail.collected(SampleMail.mail(body: ["See you\\x00on Friday."])),
        conforming: SampleMail.collected(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let found = message.octets.nul
        // `smtp.client.nul-in-data` and `imap.server.nul` tell it to who says it.
        guard found.count > 0, let first = found.first, message.isText, !message.hasBinaryPart,
            !message.road(in: session).isSMTP, session.dialect != .imap || message.direction == .client
        else { return nil }
        return finding(
            message, at: first..<(first &+ 1), more: found.count - 1, in: session,
            means: Words(
                """
                There is a NUL octet \(first) octets behind the beginning of the message. The text may end \
                there for who reads it.
                """,
                ja: """
                    メッセージの先頭から \(first) オクテットの位置に NUL があります。読み手のソフトではそこで本文が\
                    終わってしまうことがあります。
                    """))
    }
}
