import Conversation

/// The enhanced status code says something else than the reply code.
struct SMTPServerEnhancedMismatch: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.enhanced-mismatch",
        title: Words(
            "The enhanced status code contradicts the reply code", ja: "拡張コードが応答コードと矛盾している"),
        severity: .error,
        side: .server,
        clause: "RFC 2034 §4; RFC 3463 §2",
        means: Words(
            """
            The first number of the enhanced code is the first digit of the reply. Where they differ one client tries \
            again and another gives the mail back; and whoever reads the bounce is misled.
            """,
            ja: """
                拡張コードの最初の数字は、応答コードの 1 桁目と同じでなければなりません。食い違うと、再送するクライアントと\
                エラーメールを返すクライアントに分かれ、エラーメールを読む人も誤解します。
                """),
        remedy: Words(
            "Decide whether the failure passes (4yz, 4.x.x) or not (5yz, 5.x.x), and say so in both.",
            ja: """
                失敗が一時的 (4yz と 4.x.x) なのか恒久的 (5yz と 5.x.x) なのかを決め、両方のコードを揃えてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ENHANCEDSTATUSCODES
            C: MAIL FROM:<alice@example.com>
            S: 550 4.7.1 not now
            C: QUIT
            S: 221 2.0.0 closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ENHANCEDSTATUSCODES
            C: MAIL FROM:<alice@example.com>
            S: 450 4.7.1 not now
            C: QUIT
            S: 221 2.0.0 closing
            """,
        dialects: [.smtp, .lmtp])

    private enum Flaw {
        case leadingZero
        case intermediate
        case other

        var means: Words {
            switch self {
            case .leadingZero: Words("a number in it has a zero before it", ja: "数字の前に余分な 0 が付いています")
            case .intermediate: Words("a 3yz has no enhanced code", ja: "3yz の応答に拡張コードは付けません")
            case .other: Words("its first number is not the first digit of the reply", ja: "最初の数字が応答コードの 1 桁目と違います")
            }
        }
    }

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), !exchange.isUnasked, !Verbs.hello.contains(exchange.verb),
            // What a challenge says, and what HELP does, is anything.
            exchange.verb != "HELP", let reply = exchange.replies.last, reply.code != "334",
            SMTPReplyCodes.isWellFormed(reply.code.utf8)
        else { return nil }
        let isOffered = session.smtp.offers("ENHANCEDSTATUSCODES")
        for line in reply.lines {
            guard let code = EnhancedStatusCode(line), let flaw = Self.flaw(code, reply.code, isOffered: isOffered)
            else { continue }
            let said = Quote.of(Array("\(reply.code) ".utf8) + line)
            let isMild = if case .intermediate = flaw { true } else { false }
            return finding(
                at: Place(reply, exchange: session.exchange), in: session,
                severity: isMild ? .note : isOffered ? nil : .warning,
                means: Words(
                    "The server answered \(exchange.spokenName.en) with \(said): \(flaw.means.en).",
                    ja: "\(exchange.spokenName.ja)に対してサーバーは \(said) と応答しました。\(flaw.means.ja)。"))
        }
        return nil
    }

    /// Where the codes were not announced, what looks like one may be another number.
    private static func flaw(_ code: EnhancedStatusCode, _ reply: String, isOffered: Bool) -> Flaw? {
        guard isOffered || code.isOfKnownClass else { return nil }
        if reply.first == "3" { return .intermediate }
        if !code.isOfClass(of: reply) { return .other }
        return isOffered && code.hasLeadingZero ? .leadingZero : nil
    }
}
