import Conversation
import Message
import Wire

/// Bcc goes out with the message.
struct MsgBccLeak: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.bcc-leak",
        title: Words("The header that is sent names blind recipients", ja: "送信されたヘッダーに Bcc の宛先が残っている"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §3.6.3; RFC 5321 §7.2",
        means: Words(
            """
            Who is in Bcc shall get the message without the others knowing. Where the field goes out with \
            the message, all recipients can read it, unless a server on the way takes it off, which none \
            has to do. Apparently-To does the same with the list of RCPT.
            """,
            ja: """
                Bcc の宛先は、ほかの受信者に知られずにメールを受け取るはずです。フィールドを付けたまま送ると、途\
                中のサーバーが取り除かない限り(その義務はありません)全員に読まれます。Apparently-To も RCPT の一\
                覧を明かしてしまいます。
                """),
        remedy: Words(
            """
            Take Bcc and Apparently-To off before the message is sent; the addresses belong into RCPT only.
            """,
            ja: """
                送信前に Bcc と Apparently-To を取り除き、アドレスは RCPT にだけ書いてください。
                """),
        violating: SampleMail.submitted(
            SampleMail.mail(more: ["Bcc: Carol <carol@example.org>"]), to: ["bob@example.net", "carol@example.org"]),
        conforming: SampleMail.submitted(SampleMail.mail(), to: ["bob@example.net", "carol@example.org"]),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true,
        besides: ["msg.rcpt-not-in-header"])

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, message.road(in: session) == .submitted else { return nil }
        for field in message.read.fields where field.isNamed("BCC") || field.isNamed("APPARENTLY-TO") {
            let blind = AddressList(field.value).mailboxes.map { $0.address.lowercasedASCII }
            guard !blind.isEmpty else { continue }
            // A copy of its own for each of them may name them (RFC 5322 §3.6.3).
            let others = message.start.envelope.recipients.filter { !blind.contains(Self.plain($0)) }
            guard !others.isEmpty else { continue }
            return finding(
                message, at: field.range, in: session,
                means: Words(
                    """
                    The message goes to \(Quote.of(others.first ?? [])) and has \(field.quote) in its header. All \
                    who get it can read that.
                    """,
                    ja: """
                        このメッセージは \(Quote.of(others.first ?? [])) にも送られますが、ヘッダーに \(field.quote) が\
                        残っています。受け取った全員に読まれます。
                        """))
        }
        return nil
    }

    /// An address of the envelope as those of the header are compared.
    static func plain(_ path: [UInt8]) -> [UInt8] {
        var path = path[...]
        // A source route (RFC 5321 §4.1.2).
        if path.first == 0x40, let colon = path.firstIndex(of: Byte.colon) { path = path[(colon + 1)...] }
        return Array(path).lowercasedASCII
    }
}
