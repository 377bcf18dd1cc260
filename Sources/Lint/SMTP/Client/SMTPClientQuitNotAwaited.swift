import Conversation

/// The client leaves without waiting for the reply to its QUIT.
struct SMTPClientQuitNotAwaited: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.quit-not-awaited",
        title: Words("The client does not wait for the reply to QUIT", ja: "QUIT の応答を待たずに切断しています"),
        severity: .note,
        side: .client,
        clause: "RFC 5321 §4.1.1.10",
        means: Words(
            """
            After QUIT a client should wait for 221. Where it closes at once, the server's reply meets a \
            closed connection, and the server may log an error.
            """,
            ja: """
                QUIT の後、クライアントは 221 を待つべきです。すぐに切断すると、サーバーの応答が閉じた接続に届\
                き、サーバーにエラーが記録されることがあります。
                """),
        remedy: Words(
            "Let the client read the reply to QUIT, for some seconds at most, before it closes.",
            ja: "数秒程度でかまわないので、QUIT の応答を読んでから接続を閉じるようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp])

    private var isBehind = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, exchange.replies.isEmpty, !isBehind else { return nil }
        // What was left unanswered before it is what the client gave up on.
        isBehind = exchange.verb != "QUIT"
        guard exchange.verb == "QUIT", session.clientLeft, session.followsSMTP, session.layer != .agreed else {
            return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said QUIT and closed the connection before the server had answered.",
                ja: "クライアントは QUIT を送った後、サーバーの応答を待たずに接続を切りました。"))
    }
}
