import Conversation

/// QUIT is answered otherwise than with 221, or not.
struct SMTPServerNo221: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.no-221",
        title: Words("The server does not answer QUIT with 221", ja: "QUIT に 221 で応答していない"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.1.1.10",
        means: Words(
            """
            The server answers QUIT with 221 and then closes. Without that the client cannot tell a clean end from a \
            broken connection; some log an error for each session.
            """,
            ja: """
                サーバーは QUIT に 221 を返してから接続を閉じます。221 がないと、クライアントは正常な終了と切断を区別できず、\
                セッションのたびにエラーを記録するものもあります。
                """),
        remedy: Words(
            "Let the server send 221 and only then close, also where it refused everything before.",
            ja: "それまでの要求をすべて拒否していても、221 を送ってから接続を閉じるようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com closing
            end: server-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerClosesWithout421.self])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), exchange.verb == "QUIT" else { return nil }
        guard let reply = exchange.replies.last else {
            guard session.wasEndedByServer, !order.isOver else { return nil }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    "The client said QUIT, and the server closed the connection without an answer.",
                    ja: "クライアントの QUIT に対して、サーバーは応答せずに接続を閉じました。"))
        }
        // Not to know QUIT is another rule's, and so is 530.
        guard !["221", "421", "500", "502", "530"].contains(reply.code),
            SMTPReplyCodes.isWellFormed(reply.code.utf8), reply.code.first != "3",
            // A command with an argument may be refused (RFC 5321 §4.3.2).
            !(reply.code == "501" && exchange.command.count > 4)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                "The server answered QUIT with \(Quote.of(reply)), and not with 221.",
                ja: "サーバーは QUIT に 221 ではなく \(Quote.of(reply)) と応答しました。"))
    }
}
