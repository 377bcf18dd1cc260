import Conversation

/// The client says again what was refused for good.
struct SMTPClientRepeatAfter5yz: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.client.repeat-after-5yz",
        title: Words(
            "The client repeats a command that was refused for good",
            ja: "恒久的に拒否されたコマンドを繰り返しています"),
        severity: .error,
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
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 queued
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    /// Refused commands that are remembered.
    static let limit = 100
    private static let passing: Set<String> = ["503", "530", "552"]
    /// Repetitions after which it is no mistake of a moment any more.
    private static let many = 3

    private struct Refusal: Sendable {
        var at: Timestamp
        var reply: String
        var repetitions = 0
    }

    /// By the hash of their lines.
    private var refused: [UInt64: Refusal] = [:]
    /// The first repetition that was found, told once it is known how many follow.
    private var held: (hash: UInt64, verb: String, command: String, reply: String, place: Place)?
    private var repetitions = 0

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let reply = exchange.replies.last
        if let reply, held != nil, reply.code == "421" || reply.saysTooManyErrors {
            repeats(exchange, in: session)
            return found(by: reply, in: session)
        }
        guard exchange.length > 0 else { return nil }
        switch exchange.verb {
        // What these change, the answer may depend on; a login is judged by what was masked.
        case "RSET", ".", "BDAT":
            refused.removeAll(keepingCapacity: true)
            return nil
        case "AUTH", "STARTTLS":
            if reply?.isPositive == true { refused.removeAll(keepingCapacity: true) }
        case "RCPT", "VRFY", "EXPN": break
        case "MAIL", "EHLO", "LHLO", "HELO":
            if reply?.isPositive == true {
                refused.removeAll(keepingCapacity: true)
                return nil
            }
        default: return nil
        }
        let hash = FNV1a.of(exchange.command)
        repeats(exchange, in: session)
        // 503 and 530 ask for something else first, and 552 may mean that there are too many recipients (RFC 5321
        // §4.5.3.1.10): the command may then come again.
        if let reply, reply.code.first == "5", !Self.passing.contains(reply.code), refused.count < Self.limit {
            let before = refused[hash]?.repetitions ?? 0
            refused[hash] = Refusal(at: reply.at, reply: Quote.of(reply), repetitions: before)
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { found(by: nil, in: session) }

    private mutating func repeats(_ exchange: Exchange, in session: SessionSoFar) {
        guard exchange.length > 0, session.followsSMTP else { return }
        let hash = FNV1a.of(exchange.command)
        guard var before = refused[hash], exchange.asked > before.at else { return }
        before.repetitions += 1
        refused[hash] = before
        if exchange.verb == "AUTH" || exchange.verb == "STARTTLS", before.repetitions < Self.many { return }
        if held == nil {
            held = (
                hash, exchange.verb, Quote.of(exchange.command), before.reply, Place(commandOf: exchange, in: session)
            )
        }
        if held?.hash == hash { repetitions = max(repetitions, before.repetitions) }
    }

    /// - Parameter end: with this the server put an end to it.
    private mutating func found(by end: Reply?, in session: SessionSoFar) -> Finding? {
        guard let held = held.take() else { return nil }
        let isMany = repetitions >= Self.many || end != nil
        // A refused MAIL says nothing of the next message from the same sender (RFC 5321 §4.5.4.1).
        let severity: Severity =
            held.verb == "MAIL" ? (isMany ? .warning : .note) : isMany ? .error : .warning
        let times = repetitions == 1 ? "again" : "\(repetitions) times more"
        return finding(
            at: held.place, in: session, severity: severity,
            means: Words(
                """
                The client said \(held.command) \(times), which the server had refused for good with \(held.reply)\
                \(end.map { "; in the end the server said \(Quote.of($0))" } ?? "").
                """,
                ja: """
                    クライアントは、サーバーが \(held.reply) で恒久的に拒否した \(held.command) を、その後\
                    \(repetitions == 1 ? "もう一度" : "さらに \(repetitions) 回")送りました。\
                    \(end.map { "最後にサーバーは \(Quote.of($0)) と言いました。" } ?? "")
                    """))
    }
}

extension Reply {
    /// The server has had enough of what it had to refuse.
    fileprivate var saysTooManyErrors: Bool {
        refuses && says(["too many"])
            && says(["error", "fail", "bad command", "invalid", "unknown", "unrecognized", "syntax"])
    }
}
