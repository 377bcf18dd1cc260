import Conversation

/// RSET is refused.
struct SMTPServerRSETNot250: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.rset-not-250",
        title: Words("The server does not answer RSET with 250", ja: "RSET に 250 で応答していない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.1.1.5",
        means: Words(
            """
            RSET gives up the message that was begun, and succeeds at any time. Where it fails the client does not \
            know whether recipients of one message will be taken for those of the next.
            """,
            ja: """
                RSET は途中のメールを取り消すコマンドで、いつでも成功しなければなりません。失敗すると、前のメールの受信者が次の\
                メールに残るかどうか、クライアントには分かりません。
                """),
        remedy: Words(
            "Answer RSET with 250 in every state, also before EHLO.",
            ja: "EHLO の前も含めて、どの状態でも RSET には 250 を返してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RSET
            S: 503 nothing to reset
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RSET
            S: 250 nothing to reset
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), !order.isOver, exchange.verb == "RSET",
            exchange.command.count == 4, let reply = exchange.replies.last,
            // 530 before TLS is right (RFC 3207 §4), and 500 another rule's.
            !["250", "421", "500", "502", "521", "530"].contains(reply.code),
            SMTPReplyCodes.isWellFormed(reply.code.utf8), reply.code.first != "3"
        else { return nil }
        // Before EHLO, and where the code says success all the same, clients are not harmed.
        let isMild = session.smtp.hello == .none || reply.isPositive
        return finding(
            at: Place(reply, exchange: session.exchange), in: session, severity: isMild ? .warning : nil,
            means: Words(
                "The server answered RSET with \(Quote.of(reply)), and not with 250.",
                ja: "サーバーは RSET に 250 ではなく \(Quote.of(reply)) と応答しました。"))
    }
}
