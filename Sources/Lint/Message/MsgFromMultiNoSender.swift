import Conversation
import Message

/// From has several addresses and there is no Sender.
struct MsgFromMultiNoSender: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.from-multi-no-sender",
        title: Words("From names several people and there is no Sender", ja: "From が複数なのに Sender がない"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.6.2",
        means: Words(
            """
            Several people may write a message together, and one of them sends it. Sender has to say who \
            that is, so that errors and questions about the sending go to one address; filters that check \
            the sender take such a message for forged.
            """,
            ja: """
                複数人の連名でメールを書くことはできますが、実際に送るのは一人です。送信についてのエラーや問い合\
                わせの宛先を一つに決めるため、Sender にその人を書く必要があります。ないと、送信者を検証するフィ\
                ルターに偽装と見なされることがあります。
                """),
        remedy: Words(
            """
            Write `Sender:` with the one address from which the message is sent, or leave one address in \
            From.
            """,
            ja: """
                `Sender:` に実際に送る人のアドレスを一つ書くか、From のアドレスを一つにしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(from: "Alice <alice@example.com>, Carol <carol@example.com>")),
        conforming: SampleMail.submitted(
            SampleMail.mail(
                from: "Alice <alice@example.com>, Carol <carol@example.com>",
                more: ["Sender: Alice <alice@example.com>"])),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let field = message.read.field("FROM"), field.bytesBeyond == 0, message.lacks("SENDER") else {
            return nil
        }
        let list = AddressList(field.value)
        // A comma in a name without quotes makes two of one.
        guard list.mailboxes.count > 1, list.mailboxes.allSatisfy({ $0.domain != nil && !$0.localPart.isEmpty }) else {
            return nil
        }
        return finding(
            message, at: field.range, in: session,
            means: Words(
                """
                \(field.quote) has \(list.mailboxes.count) addresses, and no Sender says from which of them the \
                message comes.
                """,
                ja: """
                    \(field.quote) には \(list.mailboxes.count) 個のアドレスがありますが、実際の送信者を示す Sender \
                    がありません。
                    """))
    }
}
