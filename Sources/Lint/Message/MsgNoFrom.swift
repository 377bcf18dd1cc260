import Conversation
import Message

/// There is no From.
struct MsgNoFrom: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.no-from",
        title: Words("The message has no From", ja: "From フィールドがない"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.6; RFC 5322 §3.6.2",
        means: Words(
            """
            From is one of the two fields that every message must have. Without it nobody can see who wrote \
            the message or answer it, and DMARC has nothing to check, so that many servers refuse it.
            """,
            ja: """
                From はすべてのメッセージに必須の二つのフィールドの一つです。ないと差出人が分からず返信もできま\
                せん。DMARC の検証もできないため、多くのサーバーが拒否します。
                """),
        remedy: Words(
            """
            Let the program write From with the address of whoever writes, and an empty line between the \
            header and the text.
            """,
            ja: """
                プログラムが書き手のアドレスを From に書き、ヘッダーと本文の間に空行を置くようにしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(from: nil)),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.lacks("FROM") else { return nil }
        let road = message.road(in: session)
        guard message.read.wireCount > 0 else { return nil }
        return finding(
            aboutHeaderOf: message, in: session, severity: road == .kept ? .warning : .error,
            means: message.read.fields.isEmpty
                ? Words(
                    """
                    The message has no header at all, and so neither From nor Date: it begins with its text. \
                    Readers show it without sender, subject and date.
                    """,
                    ja: """
                        メッセージにヘッダーがまったくなく、From も Date もありません。いきなり本文から始まっています。\
                        差出人も件名も日付もないメールとして表示されます。
                        """)
                : Words(
                    """
                    The header has no From; fields in it: \(message.read.fields.count). Who wrote the message \
                    cannot be told.
                    """,
                    ja: """
                        ヘッダーにある \(message.read.fields.count) 個のフィールドの中に From がありません。誰が書いたメ\
                        ッセージなのか分かりません。
                        """))
    }
}
