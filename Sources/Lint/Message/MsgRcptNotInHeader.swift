import Conversation
import Message

/// The envelope has a recipient whom the header does not name.
struct MsgRcptNotInHeader: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.rcpt-not-in-header",
        title: Words("A recipient is in neither To nor Cc", ja: "To にも Cc にもない宛先がある"),
        severity: .note,
        side: .message,
        clause: "RFC 5321 §7.2",
        means: Words(
            """
            The message goes to an address of the envelope that its header does not name. That is what \
            blind copies and lists look like, and all is well if it is one; if it is none, the program took \
            its recipients from somewhere else than its header.
            """,
            ja: """
                ヘッダーに書かれていない宛先にもメールが送られます。Bcc やメーリングリストなら正常です。そうでな\
                い場合は、プログラムが宛先をヘッダー以外から取得しています。
                """),
        remedy: Words(
            """
            Nothing, if this is a blind copy; else see where the program takes its recipients from.
            """,
            ja: """
                Bcc であれば何もする必要はありません。そうでなければ、宛先の取得元を確認してください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(), to: ["bob@example.net", "carol@example.org"]),
        conforming: SampleMail.submitted(
            SampleMail.mail(more: ["Cc: Carol <carol@example.org>"]), to: ["bob@example.net", "carol@example.org"]),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let names: [StaticString] = ["TO", "CC", "BCC", "RESENT-TO", "RESENT-CC", "RESENT-BCC"]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, message.read.isComplete, message.read.fieldsBeyond == 0,
            message.road(in: session) == .submitted, !message.read.fields.isEmpty
        else { return nil }
        var named: Set<[UInt8]> = []
        for field in message.read.fields where Self.names.contains(where: { field.isNamed($0) }) {
            for mailbox in AddressList(field.value).mailboxes { named.insert(mailbox.address.lowercasedASCII) }
        }
        let hidden = message.start.envelope.recipients.filter { path in
            let path = MsgBccLeak.plain(path)
            // A local name is completed on one of the two sides.
            return !named.contains(path) && !named.contains(Array(path.prefix { $0 != 0x40 }))
                && !(path.contains(0x40) ? false : named.contains { $0.starts(with: path + [0x40]) })
        }
        guard let first = hidden.first else { return nil }
        return finding(
            aboutHeaderOf: message, in: session,
            means: hidden.count == 1
                ? Words(
                    "The message goes to \(Quote.of(first)), which neither To nor Cc names.",
                    ja: """
                        このメッセージは、To にも Cc にもない \(Quote.of(first)) に送られます。
                        """)
                : Words(
                    """
                    The message goes to \(hidden.count) addresses that neither To nor Cc names, among them \
                    \(Quote.of(first)).
                    """,
                    ja: """
                        このメッセージは、To にも Cc にもない \(hidden.count) 個の宛先(\(Quote.of(first)) など)に送られ\
                        ます。
                        """))
    }
}
