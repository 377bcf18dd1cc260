import Conversation

/// The server closes the connection and does not say so.
struct SMTPServerClosesWithout421: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "smtp.server.closes-without-421",
        title: Words(
            "The server closes the connection without saying so", ja: "サーバーが予告なしに接続を閉じている"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §3.8",
        means: Words(
            """
            A server closes after it answered QUIT with 221, or said 421. A client that finds the connection gone can \
            only guess why, has to take it for a failure that passes, and may send the same mail twice.
            """,
            ja: """
                サーバーが接続を閉じてよいのは、QUIT に 221 を返した後か 421 を返した後です。突然切られたクライアントは理由が\
                分からないまま一時的な失敗として扱い、同じメールを二度送ることもあります。
                """),
        remedy: Words(
            "Look in the server's log for a crash or a limit, and let it say 421 and the reason before it closes.",
            ja: """
                サーバーのログで異常終了や制限の有無を確認し、閉じる前に 421 と理由を返すようにしてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 fine
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 421 mx.example.com going down
            end: server-closed
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()
    private var last: (reply: Reply, place: Place)?
    /// The first command that was not answered.
    private var unanswered: (verb: String, place: Place)?
    private var hasQuit = false
    private var isOver = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        _ = order.holds(exchange, in: session)
        if order.isOver { isOver = true }
        if exchange.verb == "QUIT" { hasQuit = true }
        if let reply = exchange.replies.last {
            last = (reply, Place(reply, exchange: session.exchange))
            if ["221", "421", "521"].contains(reply.code) { isOver = true }
        } else if unanswered == nil {
            unanswered = (exchange.verb, Place(commandOf: exchange, in: session))
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard session.wasEndedByServer, !session.hasGap, session.faults.isEmpty, session.layer != .agreed,
            !session.hasFailedHandshake, !isOver, !hasQuit, let last, !last.reply.isFarewell
        else { return nil }
        // Having refused for good, many servers hang up.
        let severity: Severity? = last.reply.refuses ? .note : nil
        if let unanswered, !unanswered.verb.isEmpty {
            let isEnd = unanswered.verb == "."
            return finding(
                at: unanswered.place, in: session, severity: severity,
                means: Words(
                    """
                    The server closed the connection and left \(isEnd ? "the end of the message" : unanswered.verb) \
                    unanswered; the last that it said is \(Quote.of(last.reply)).
                    """,
                    ja: """
                        サーバーは\(isEnd ? "メッセージの終わり" : " \(unanswered.verb) ")に応答しないまま接続を閉じました。最後の応答は \
                        \(Quote.of(last.reply)) です。
                        """))
        }
        return finding(
            at: last.place, in: session, severity: severity,
            means: Words(
                """
                The server closed the connection while the client was still there; the last that it said is \
                \(Quote.of(last.reply)).
                """,
                ja: """
                    クライアントが接続したままなのに、サーバーが接続を閉じました。最後の応答は \(Quote.of(last.reply)) です。
                    """))
    }
}

extension Reply {
    /// It says by its words that the connection ends, whatever its code.
    var isFarewell: Bool {
        refuses && says(["clos", "bye", "disconnect", "timeout", "timed out", "shutting down", "hang"])
    }
}
