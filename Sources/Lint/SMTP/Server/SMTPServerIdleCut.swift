import Conversation

/// The server does not wait five minutes for the next command.
struct SMTPServerIdleCut: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan, .messageEnded, .handshake, .ended]
    static let about = RuleDescription(
        id: "smtp.server.idle-cut",
        title: Words(
            "The server gives up on an idle client before five minutes are over",
            ja: "待ち時間が 5 分に満たないうちに接続を切っている"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.5.3.2.7",
        means: Words(
            """
            A server should wait at least five minutes for the next command. With less it cuts off clients that look \
            up names, wait for a password, or sit behind a slow line.
            """,
            ja: """
                サーバーは次のコマンドを少なくとも 5 分は待つべきです。それより短いと、名前解決やパスワード入力を待っている\
                クライアントや、回線の遅いクライアントを切ってしまいます。
                """),
        remedy: Words(
            "Set the timeout for commands to 300 seconds or more, as far as the load allows.",
            ja: "負荷の許すかぎり、コマンド待ちのタイムアウトを 300 秒以上にしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            wait: 60
            S: 421 mx.example.com timeout
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            wait: 301
            S: 421 mx.example.com timeout
            end: server-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerClosesWithout421.self])

    private var order = SMTPReplyOrder()
    /// When the client last spoke, or was last answered.
    private var active: Timestamp?
    private var isInMessage = false
    private var hasUnanswered = false
    private var isOver = false
    private var last: Place?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .client { active = line.until }
        return nil
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        isInMessage = true
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        isInMessage = !message.complete
        return nil
    }

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        active = time
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let holds = order.holds(exchange, in: session)
        guard let reply = exchange.replies.last else {
            hasUnanswered = true
            return nil
        }
        defer {
            active = active.map { max($0, reply.at) } ?? reply.at
            last = Place(reply, exchange: session.exchange)
            if reply.refuses && exchange.isUnasked || ["221", "421", "521"].contains(reply.code) { isOver = true }
        }
        guard holds, !order.isOver, exchange.isUnasked, session.exchange != 0, !isInMessage, reply.code.first == "4",
            reply.says(["time", "idle"]), let seconds = idle(at: reply.at)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                "After \(seconds) seconds without a command the server said \(Quote.of(reply)). It should wait for 300.",
                ja: """
                    コマンドのないまま \(seconds) 秒たったところで、サーバーは \(Quote.of(reply)) と言いました。300 秒は待つべきです。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard session.end == .closed(first: .server), !session.hasGap, session.faults.isEmpty,
            session.layer != .agreed, !session.hasFailedHandshake, !isOver, !order.isOver, !hasUnanswered, !isInMessage,
            let last, let seconds = idle(at: session.last)
        else { return nil }
        return finding(
            at: last, in: session,
            means: Words(
                """
                After \(seconds) seconds without a command the server closed the connection, and did not say why. It \
                should wait for 300.
                """,
                ja: """
                    コマンドのないまま \(seconds) 秒たったところで、サーバーは理由を言わずに接続を閉じました。300 秒は待つべきです。
                    """))
    }

    /// Seconds for which nothing was said, where these are fewer than they should be and enough to be a timeout.
    private func idle(at time: Timestamp) -> Int64? {
        guard let active else { return nil }
        let seconds = time.since(active) / 1_000_000_000
        return (10..<300).contains(seconds) ? seconds : nil
    }
}
