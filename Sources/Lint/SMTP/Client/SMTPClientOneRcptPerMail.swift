import Conversation

/// The client sends the same message once for each recipient.
struct SMTPClientOneRcptPerMail: Rule {
    static let hears: RuleEvents = [.messageBegan, .messageBytes, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.one-rcpt-per-mail",
        title: Words("The same message is sent once for each recipient", ja: "同じメッセージを宛先ごとに送っています"),
        severity: .note,
        side: .client,
        clause: "RFC 5321 §4.5.4.1; RFC 5321 §7.2",
        means: Words(
            """
            A message for several recipients of one server should be sent once, with several RCPT. To send \
            it again for each costs time and octets. It is meant where the recipients are not to be seen of \
            each other (Bcc), or where each has a sender address of their own.
            """,
            ja: """
                同じサーバーの複数の宛先へのメッセージは、RCPT を複数並べて一度に送るべきです。宛先ごとに送る\
                と時間と通信量が無駄になります。Bcc のように宛先を互いに知らせない場合や、宛先ごとに送信者ア\
                ドレスを変える場合は、意図的なものです。
                """),
        remedy: Words(
            "Let the client send one MAIL with a RCPT for each recipient, and the message once.",
            ja: "MAIL を一度送り、宛先ごとに RCPT を並べ、メッセージは一度だけ送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// Messages that are remembered.
    static let limit = 32
    /// Octets from the beginning of each by which it is known again, together with its length: its Message-ID is there.
    static let looked = 4_096

    private struct Sent: Sendable, Equatable {
        var hash: FNV1a
        var octets: UInt64
        var sender: UInt64
        var recipients: UInt64
    }

    private var sent: [Sent] = []
    private var hash = FNV1a()
    /// Octets that are to be looked at still.
    private var left = looked

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        hash = FNV1a()
        left = Self.looked
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        guard direction == .client, left > 0 else { return nil }
        let part = min(left, bytes.count)
        hash.hash(bytes.extracting(0..<part))
        left -= part
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        let envelope = message.start.envelope
        guard message.complete, let sender = envelope.sender, !envelope.recipients.isEmpty, message.octets.count > 0,
            session.followsSMTP
        else { return nil }
        var recipients: UInt64 = 0
        for recipient in envelope.recipients { recipients = recipients &+ FNV1a.of(recipient) }
        let this = Sent(
            hash: hash, octets: message.octets.count, sender: FNV1a.of(sender), recipients: recipients)
        // The same to the same once more is another attempt.
        let isAgain = sent.contains {
            $0.hash == this.hash && $0.octets == this.octets && $0.sender == this.sender
                && $0.recipients != this.recipients
        }
        if sent.count == Self.limit { sent.removeFirst() }
        sent.append(this)
        guard isAgain else { return nil }
        return finding(
            at: message.place(0, 1), in: session,
            means: Words(
                """
                The client sent a message of \(this.octets) octets that it had sent before in this session, \
                as its beginning and its length show, from the same sender and to other recipients.
                """,
                ja: """
                    クライアントは、このセッションで既に送ったものと(先頭部分と長さから見て)同じ \(this.octets) オクテットのメッセー\
                    ジを、同じ送信者から別の宛先に送りました。
                    """))
    }
}
