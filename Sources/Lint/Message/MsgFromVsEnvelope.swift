import Conversation
import Message
import Wire

/// From is of another domain than the envelope.
struct MsgFromVsEnvelope: Rule {
    static let hears: RuleEvents = [.exchange, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "msg.from-vs-envelope",
        title: Words("From and the envelope name different domains", ja: "From とエンベロープのドメインが異なる"),
        severity: .warning,
        side: .message,
        clause: "RFC 5321 §7.2; RFC 7489 §3.1",
        means: Words(
            """
            The sender of the envelope gets the errors, and SPF looks at its domain; DMARC compares that \
            with From. That they differ is usual with lists and with services that send for others. Else it \
            may be what makes the message look forged.
            """,
            ja: """
                エンベロープの送信者にはエラーが返され、SPF はそのドメインを調べます。DMARC はそれを From と比べ\
                ます。メーリングリストや送信代行では異なるのが普通ですが、そうでなければ偽装と見なされる原因にな\
                ることがあります。
                """),
        remedy: Words(
            """
            Send with an envelope address in the domain of From, or sign the message with DKIM for the \
            domain of From.
            """,
            ja: """
                From と同じドメインのアドレスをエンベロープに使うか、From のドメインで DKIM 署名を付けてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(), from: "web@hosting.example.org"),
        conforming: SampleMail.submitted(SampleMail.mail(), from: "alice+bounces@mail.example.com"),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private var held = RefusedMessages()

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, message.road(in: session).isSMTP, let sender = message.start.envelope.sender,
            let domain = Self.domain(sender), let field = message.read.field("FROM"),
            // Lists, and who passes a message on, send in their own name.
            message.read.field("LIST-ID") == nil, message.read.field("RESENT-FROM") == nil
        else { return nil }
        let mailboxes = AddressList(field.value).mailboxes
        var authors = mailboxes.compactMap { $0.domain?.lowercasedASCII }
        guard !authors.isEmpty else { return nil }
        if let other = message.read.field("SENDER") {
            authors += AddressList(other.value).mailboxes.compactMap { $0.domain?.lowercasedASCII }
        }
        let isOther = !authors.contains(where: { Self.isRelated($0, domain) })
        // Within one domain it is nothing to speak of, unless the server refuses it.
        let name = sender.prefix { $0 != UInt8(ascii: "@") }
        guard isOther || !mailboxes.contains(where: { $0.localPart.elementsEqual(name) }) else { return nil }
        func found(_ severity: Severity) -> Finding {
            finding(
                message, at: field.range, in: session, severity: severity,
                means: Words(
                    """
                    The message is \(field.quote), and the envelope names the sender \(Quote.of(sender)).
                    """,
                    ja: """
                        メッセージは \(field.quote) ですが、エンベロープの送信者は \(Quote.of(sender)) です。
                        """))
        }
        held.hold(message, isOther ? found(.note) : nil, ifRefused: found(.warning))
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        held.answered(exchange) { reply in
            reply.says([
                "sender", "header from", "from header", "from:", "from address", "from field", "'from'", "send as",
                "sendas", "on behalf", "alias", "not owned", "spoof", "forge", "dmarc", "mismatch", "identity",
            ]) && !reply.says(["blocked", "spam", "reputation", "missing", "listed"])
        }
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { held.rest() }

    private static func domain(_ path: [UInt8]) -> [UInt8]? {
        guard let at = path.lastIndex(of: 0x40), at + 1 < path.count else { return nil }
        return Array(path[(at + 1)...]).lowercasedASCII
    }

    /// One is the other, or within it.
    private static func isRelated(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a == b || a.ends(with: [Byte.dot] + b) || b.ends(with: [Byte.dot] + a)
    }
}

extension Array where Element == UInt8 {
    fileprivate func ends(with other: [UInt8]) -> Bool {
        count >= other.count && suffix(other.count).elementsEqual(other)
    }
}
