import Conversation

/// The client leaves without QUIT.
struct SMTPClientNoQuit: Rule {
    static let hears: RuleEvents = [.exchange, .messageBegan, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "smtp.client.no-quit",
        title: Words("The client leaves without QUIT", ja: "QUIT を送らずに切断しています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1.10; RFC 5321 §4.1.4",
        means: Words(
            """
            A client must not close the connection before it has said QUIT. A server cannot tell this from a \
            broken connection; it logs an error, and some servers think less of a host that does so often.
            """,
            ja: """
                クライアントは QUIT を送る前に接続を切ってはいけません。サーバーからは通信の異常と区別がつかず、\
                エラーとして記録されます。繰り返すホストの評価を下げるサーバーもあります。
                """),
        remedy: Words(
            "Let the client say QUIT and wait for 221, also where the server has refused something.",
            ja: "拒否された場合も含め、QUIT を送って 221 を待つようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 ok
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 ok
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp])

    private var hasQuit = false
    /// Something was left unanswered, or is cut off: the client gave up.
    private var isWaiting = false
    private var isInMessage = false
    private var last: (exchange: Exchange, place: Place)?
    private var reply: Reply?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        reply = exchange.replies.last ?? reply
        guard exchange.length > 0 else { return nil }
        last = (exchange, Place(commandOf: exchange, in: session))
        if exchange.verb == "QUIT" { hasQuit = true }
        if exchange.replies.isEmpty || exchange.replies.last?.code == "334" { isWaiting = true }
        return nil
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        isInMessage = true
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        isInMessage = !message.complete && session.end != nil
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard session.clientLeft, !hasQuit, !isWaiting, !session.hasGap, session.layer != .agreed,
            session.faults.isEmpty,
            let reply, reply.code != "421", reply.code != "221", Self.isSound(session.handshakes.client),
            Self.isSound(session.handshakes.server)
        else { return nil }
        guard let last else {
            // Whoever only looks whether the server is there.
            guard session.smtp.isGreeted else { return nil }
            return finding(
                at: Place(reply, exchange: session.exchange), in: session, severity: .note,
                means: Words(
                    """
                    The client was greeted with \(Quote.of(reply)) and left without a word. Monitors and \
                    scanners do so.
                    """,
                    ja: """
                        クライアントは \(Quote.of(reply)) という挨拶を受けた後、何も言わずに切断しました。監視プ\
                        ログラムやスキャナによく見られる動作です。
                        """))
        }
        if isInMessage {
            return finding(
                at: last.place, in: session, severity: .warning,
                means: Words(
                    "The client left in the middle of its message. The server throws away what it has of it.",
                    ja: "クライアントはメッセージの途中で切断しました。サーバーは受け取った分を破棄します。"))
        }
        let wasRefused = reply.code.first == "4" || reply.code.first == "5"
        return finding(
            at: last.place, in: session, severity: wasRefused ? .warning : .error,
            means: Words(
                """
                The last that the client said was \(Quote.of(last.exchange.command)); the server answered \
                \(Quote.of(reply)), and the client closed the connection without QUIT.
                """,
                ja: """
                    クライアントが最後に送ったのは \(Quote.of(last.exchange.command)) で、サーバーが \
                    \(Quote.of(reply)) と答えた後、QUIT を送らずに接続を切りました。
                    """))
    }

    private static func isSound(_ handshake: TLSFacts?) -> Bool { handshake.map { $0.failure == nil } ?? true }
}
