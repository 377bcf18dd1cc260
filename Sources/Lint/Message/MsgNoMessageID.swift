import Conversation
import Message

/// There is no Message-ID.
struct MsgNoMessageID: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.no-message-id",
        title: Words("The message has no Message-ID", ja: "Message-ID フィールドがない"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §3.6.4; RFC 6409 §8.3",
        means: Words(
            """
            Every message should have an identifier of its own. Replies point to it, readers build threads \
            by it, and servers know duplicates and find a message in their logs by it. A server on the way \
            may add one; then the copy that the sender keeps has another or none.
            """,
            ja: """
                メッセージにはそれぞれ固有の識別子を付けるべきです。返信はこれを指し、メールソフトはこれでスレッ\
                ドを作り、サーバーは重複の検出やログの追跡に使います。途中のサーバーが補うこともありますが、その\
                場合、送信者の手元の控えとは一致しません。
                """),
        remedy: Words(
            """
            Let the program write a Message-ID such as `<20250304102030.12345@host.example.com>`, another \
            for each message.
            """,
            ja: """
                プログラムが `<20250304102030.12345@host.example.com>` のような、メッセージごとに異なる Message-\
                ID を書くようにしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(id: nil)),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        // A draft gets one when it is sent.
        guard message.lacks("MESSAGE-ID"), !message.read.fields.isEmpty, message.road(in: session) != .kept else {
            return nil
        }
        return finding(
            aboutHeaderOf: message, in: session,
            means: Words(
                """
                The header has no Message-ID; fields in it: \(message.read.fields.count). Answers cannot point to this message, and a second copy of it cannot be known as one.
                """,
                ja: """
                    ヘッダーにある \(message.read.fields.count) 個のフィールドの中に Message-ID がありません。返信か\
                    らこのメッセージを参照できず、重複して届いても見分けられません。
                    """))
    }
}
