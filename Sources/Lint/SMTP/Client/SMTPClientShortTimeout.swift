import Conversation

/// The client does not wait for a reply as long as it should.
struct SMTPClientShortTimeout: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.short-timeout",
        title: Words("The client gives up waiting too early", ja: "応答を待つ時間が短すぎます"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.5.3.2",
        means: Words(
            """
            A client should wait five minutes for the reply to MAIL and RCPT, two for that to DATA, and ten \
            for that to the final dot. A server that is still checking the message when the client leaves \
            delivers it all the same, and the client sends it again: the recipient gets it twice.
            """,
            ja: """
                クライアントは、MAIL と RCPT への応答を 5 分、DATA への応答を 2 分、最後のドットへの応答を \
                10 分は待つべきです。検査中に切断されても、サーバーはメッセージを配送します。クライアントが再\
                送すると、受取人には二通届いてしまいます。
                """),
        remedy: Words(
            """
            Set the client's time limits to those of RFC 5321 §4.5.3.2, above all ten minutes after the \
            final dot.
            """,
            ja: """
                クライアントの待ち時間を RFC 5321 §4.5.3.2 の値以上にしてください。特に最後のドットの後は 10 \
                分以上待つようにしてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            wait: 20
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp])

    /// Seconds.
    private static let minimum: [String: Int64] = ["MAIL": 300, "RCPT": 300, "DATA": 120, ".": 600]
    private static let second: Int64 = 1_000_000_000

    /// What it waited for was told.
    private var isOver = false
    /// The server has refused something, which may be why the client leaves.
    private var wasRefused = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if let reply = exchange.replies.last, reply.code.first == "4" || reply.code.first == "5" { wasRefused = true }
        guard !isOver, exchange.length > 0, exchange.replies.isEmpty, session.end != nil else { return nil }
        isOver = true
        let isLast = exchange.endsChunks
        guard session.clientLeft, session.followsSMTP, let minimum = Self.minimum[isLast ? "." : exchange.verb] else {
            return nil
        }
        let waited = session.last.since(exchange.asked) / Self.second
        guard waited < minimum else { return nil }
        let isEnd = isLast || exchange.verb == "."
        let what =
            isEnd
            ? Words("to the end of the message", ja: "メッセージの終わり")
            : Words("to \(Quote.of(exchange.command))", ja: "\(Quote.of(exchange.command))")
        let effect =
            isEnd
            ? Words(
                " Nobody knows whether the mail was taken, and a second try may double it.",
                ja: "メールが受け取られたかどうかは誰にも分からず、再送すると二重に届くおそれがあります。") : Words("", ja: "")
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            // Who does not wait at all was killed, or had another reason.
            severity: isEnd || !wasRefused && waited > 0 ? .warning : .note,
            means: Words(
                """
                The client waited \(waited) seconds for the reply \(what.en), and closed the connection; it \
                should wait \(minimum).\(effect.en)
                """,
                ja: """
                    クライアントは\(what.ja)への応答を \(waited) 秒しか待たずに接続を切りました。\(minimum) 秒は\
                    待つべきです。\(effect.ja)
                    """))
    }
}
