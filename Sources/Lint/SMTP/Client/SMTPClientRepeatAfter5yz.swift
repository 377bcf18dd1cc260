import Conversation

/// The client says again what was refused for good.
struct SMTPClientRepeatAfter5yz: Rule {
    static let about = RuleDescription(
        id: "smtp.client.repeat-after-5yz",
        title: Words(
            "The client repeats a command that was refused for good",
            ja: "恒久的に拒否されたコマンドを繰り返しています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.2.1",
        means: Words(
            """
            5yz means that the same command will be refused again: the client should not repeat it in this \
            form. Servers count refused commands, and close on a client that has too many.
            """,
            ja: """
                5yz は、同じコマンドを再び送っても拒否されることを意味し、クライアントは同じ形で繰り返すべき\
                ではありません。拒否の回数を数え、多すぎるクライアントを切断するサーバーもあります。
                """),
        remedy: Words(
            "Let the client give the command up, and tell the user what the server said.",
            ja: "コマンドの再送をやめ、サーバーの応答を利用者に知らせるようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<nobody@example.net>
            S: 550 5.1.1 no such user
            C: RCPT TO:<nobody@example.net>
            S: 550 5.1.1 no such user
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
            C: RCPT TO:<nobody@example.net>
            S: 550 5.1.1 no such user
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// Refused commands that are remembered.
    static let limit = 100
    private static let passing: Set<String> = ["503", "530", "552"]

    private struct Refusal: Sendable {
        var at: Timestamp
        var reply: String
    }

    /// By the hash of their lines.
    private var refused: [UInt64: Refusal] = [:]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        let reply = exchange.replies.last
        switch exchange.verb {
        // What these change, the answer may depend on.
        case "AUTH", "STARTTLS", "RSET", ".", "BDAT", "DATA":
            if exchange.verb != "DATA" { refused.removeAll(keepingCapacity: true) }
            return nil
        case "RCPT", "VRFY", "EXPN": break
        case "MAIL", "EHLO", "LHLO", "HELO":
            if reply?.isPositive == true {
                refused.removeAll(keepingCapacity: true)
                return nil
            }
        default: return nil
        }
        let hash = FNV1a.of(exchange.command)
        if let before = refused[hash], session.followsSMTP, exchange.asked > before.at {
            return finding(
                // A refused MAIL says nothing of the next message from the same sender (RFC 5321 §4.5.4.1).
                at: Place(commandOf: exchange, in: session), in: session,
                severity: exchange.verb == "MAIL" ? .note : .warning,
                means: Words(
                    """
                    The client said \(Quote.of(exchange.command)) again, which the server had refused with \
                    \(before.reply).
                    """,
                    ja: """
                        クライアントは、サーバーが \(before.reply) で拒否した \(Quote.of(exchange.command)) をもう\
                        一度送りました。
                        """))
        }
        // 503 and 530 ask for something else first, and 552 may mean that there are too many recipients (RFC 5321
        // §4.5.3.1.10): the command may then come again.
        if let reply, reply.code.first == "5", !Self.passing.contains(reply.code), refused.count < Self.limit {
            refused[hash] = Refusal(at: reply.at, reply: Quote.of(reply))
        }
        return nil
    }
}
