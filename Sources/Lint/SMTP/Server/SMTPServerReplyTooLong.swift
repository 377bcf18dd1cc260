import Conversation

/// A line of a reply is longer than clients need take.
struct SMTPServerReplyTooLong: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.reply-too-long",
        title: Words(
            "A line of a reply is longer than 512 octets", ja: "応答の行が 512 オクテットを超えている"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.5.3.1.5",
        means: Words(
            """
            A line of a reply has at most 512 octets, its code and its end included. A client with a buffer of that \
            size cuts it, or takes the rest for another reply.
            """,
            ja: """
                応答の 1 行は、コードと行末を含めて最大 512 オクテットです。その大きさのバッファーしか持たないクライアントは\
                行を切り捨てたり、残りを別の応答とみなしたりします。
                """),
        remedy: Words(
            "Make several lines of it, a hyphen behind the code of all but the last.",
            ja: "最後の行以外はコードの後にハイフンを置き、複数の行に分けてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 \(String(repeating: "long ", count: 102))
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250-\(String(repeating: "long ", count: 51))
            S: 250 \(String(repeating: "long ", count: 51))
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var lines = ReplyLines()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        // Challenges may have 12,288 (RFC 4954 §4).
        guard lines.isReply(line, in: session), line.length > Self.limit, line.kind == .reply else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "This line of the server's has \(line.length) octets, \(line.length - Self.limit) too many: \(Quote.of(line)).",
                ja: """
                    サーバーのこの行は \(line.length) オクテットあり、上限を \(line.length - Self.limit) 超えています: \
                    \(Quote.of(line))。
                    """))
    }

    private static let limit = 512
}
