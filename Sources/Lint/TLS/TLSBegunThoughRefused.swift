import Conversation
import Wire

/// The client begins TLS in the middle of a conversation in clear, and the server has not agreed to it.
struct TLSBegunThoughRefused: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "tls.begun-though-refused",
        title: Words(
            "The client begins TLS though the server has not agreed", ja: "サーバーが同意していないのに TLS を始めている"),
        severity: .error,
        side: .client,
        clause: Clause(smtp: "RFC 3207 §4", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            In a conversation that began in clear TLS begins after the server has said yes to STARTTLS or STLS, and \
            not before. A server that said no, or was not asked, reads the handshake as a line of text, and waits for \
            the end of it, while the client waits for the server's part of the handshake.
            """,
            ja: """
                平文で始まった会話では、STARTTLS や STLS にサーバーが同意してから TLS を始めます。拒否した、または求めら\
                れていないサーバーは、ハンドシェイクを文字の行として読み、その終わりを待ちます。クライアントはハンドシェイ\
                クの続きを待つため、両者とも止まります。
                """),
        remedy: Words(
            """
            Let the client look at the answer to STARTTLS or STLS, and begin TLS only where it is yes; where it is no, \
            hang up, or go on in clear if its user allows that.
            """,
            ja: """
                STARTTLS や STLS への応答を確かめ、同意された場合だけ TLS を始めるようにしてください。拒否された場合は接\
                続を切るか、利用者が許すなら平文で続けます。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 454 4.7.0 TLS not available
            C: \\x16\\x03\\x01\\x00\\x2F\\x01\\x00\\x00\\x2B\\x03\\x03\\c
            wait: 60
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            C: \\x16\\x03\\x01\\x00\\x2F\\x01\\x00\\x00\\x2B\\x03\\x03\\c
            wait: 60
            end: client-closed
            """,
        explains: [TLSOfferedRefused.self], desynchronises: true)

    /// The refusal of the last STARTTLS, as it stands in a sentence.
    private var refusal: String?
    private var isAsked = false
    /// TLS was begun while the answer was on its way.
    private var early: Place?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.layer == .clear, !session.hasGap else { return nil }
        if let verb = session.command?.verb, verb == session.dialect.startTLS {
            isAsked = true
            refusal = nil
            return nil
        }
        // What begins so is another rule's.
        guard line.kind != .response, line.beginsTLSRecord, session.spoken.client > 1, session.spoken.server > 0 else {
            return nil
        }
        if isAsked, refusal == nil {
            if early == nil { early = Place(line) }
            return nil
        }
        return finding(at: Place(line), isEarly: false, in: session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == session.dialect.startTLS, let reply = exchange.replies.last else { return nil }
        isAsked = !reply.isPositive
        guard !reply.isPositive else { return nil }
        refusal = Quote.of(reply)
        return early.map { finding(at: $0, isEarly: true, in: session) }
    }

    private func finding(at place: Place, isEarly: Bool, in session: SessionSoFar) -> Finding {
        let command = session.dialect.startTLS
        guard let refusal else {
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    In the middle of the conversation in clear the client began a TLS handshake, and had not asked for \
                    it with \(command). The server takes it for a line of text.
                    """,
                    ja: """
                        クライアントは \(command) で求めることなく、平文の会話の途中で TLS ハンドシェイクを始めました。サー\
                        バーはこれを文字の行とみなします。
                        """))
        }
        return finding(
            at: place, in: session,
            means: Words(
                """
                The server refused \(command) with \(refusal), and the client began its TLS handshake all the same\
                \(isEarly ? ", without waiting for the answer" : ""). The server takes it for a line of text, and both \
                wait for each other.
                """,
                ja: """
                    サーバーは \(command) を \(refusal) で拒否しましたが、クライアントは\
                    \(isEarly ? "応答を待たずに" : "構わず") TLS ハンドシェイクを始めました。サーバーはこれを文字の行とみなし、\
                    両者は互いを待ち続けます。
                    """))
    }
}

extension Utterance {
    /// A record with a handshake, of any version (RFC 8446 §5.1).
    var beginsTLSRecord: Bool { bytes.starts(with: [0x16, 0x03]) && (bytes.count < 3 || bytes[2] <= 4) }

    /// A record with an alert.
    var beginsTLSAlert: Bool {
        bytes.starts(with: [0x15, 0x03]) && bytes.count > 2 && bytes[2] <= 4
    }
}
