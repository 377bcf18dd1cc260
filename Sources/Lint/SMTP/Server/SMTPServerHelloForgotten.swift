import Conversation

/// It asks for EHLO though it has accepted one.
struct SMTPServerHelloForgotten: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.hello-forgotten",
        title: Words("The server asks for an EHLO that it has accepted", ja: "受理したはずの EHLO を要求している"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.1.1.5; RFC 5321 §4.1.4",
        means: Words(
            """
            Who the client is holds for the whole session, or until TLS begins. RSET and the end of a mail throw away \
            sender, recipients and text and nothing else. A client that keeps to that can not send.
            """,
            ja: """
                クライアントの名乗りは、セッションの終わりか TLS の開始まで有効です。RSET やメールの終わりで捨てられるのは差出人、\
                宛先、本文だけです。規則どおりのクライアントが送信できなくなります。
                """),
        remedy: Words(
            "Let the server remember EHLO until the session ends or TLS begins; until then, say EHLO once more.",
            ja: "サーバーはセッションの終わりか TLS の開始まで EHLO を覚えておくべきです。直るまでは EHLO をもう一度送れば避けられます。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RSET
            S: 250 ok
            C: MAIL FROM:<alice@example.com>
            S: 503 EHLO/HELO first
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RSET
            S: 250 ok
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerCodeForPhase.self])

    private var order = SMTPReplyOrder()
    /// What was said last that some servers take for a new beginning.
    private var since: String?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last else { return nil }
        if reply.isPositive, ["RSET", ".", "BDAT", "AUTH"].contains(exchange.verb) { since = exchange.verb }
        guard exchange.verb == "MAIL", session.smtp.hello != .none, reply.code == "503",
            reply.says(["ehlo", "helo", "lhlo", "say hello", "hello first"]),
            !reply.says(["auth", "duplicate", "already"])
        else { return nil }
        let behind: Words? =
            switch since {
            case "RSET": Words("RSET", ja: "RSET")
            case "AUTH": Words("the login", ja: "ログイン")
            case nil: nil
            default: Words("the end of a message", ja: "メッセージの終わり")
            }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server had accepted the client's \(session.smtp.hello == .helo ? "HELO" : "EHLO") and answered \
                \(Quote.of(exchange.command)) with \(Quote.of(reply)).\
                \(behind.map { " It has forgotten it with \($0.en), it seems." } ?? "")
                """,
                ja: """
                    サーバーはクライアントの \(session.smtp.hello == .helo ? "HELO" : "EHLO") を受理していたのに、\
                    \(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しました。\
                    \(behind.map { "\($0.ja)で忘れたようです。" } ?? "")
                    """))
    }
}
