import Conversation

/// The server finds a command too long that is not.
struct SMTPServerShort512: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.short-512",
        title: Words(
            "The server calls a command of at most 512 octets too long",
            ja: "512 オクテット以内のコマンドを長すぎると拒否している"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.5.3.1.4",
        means: Words(
            """
            A server must take command lines of 512 octets, their end included. With a smaller buffer long addresses \
            cannot be reached.
            """,
            ja: """
                サーバーは行末を含めて 512 オクテットまでのコマンド行を受け付けなければなりません。バッファーがこれより小さいと、\
                長いアドレスに届きません。
                """),
        remedy: Words(
            "Give the server a command buffer of at least 512 octets, more where it offers extensions.",
            ja: "コマンド用のバッファーを 512 オクテット以上にし、拡張機能を提供するならさらに大きくしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP \(String(repeating: "long ", count: 30))word
            S: 500 line too long
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP \(String(repeating: "long ", count: 110))word
            S: 500 line too long
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last, reply.code == "500",
            (1...512).contains(exchange.length), exchange.verb != ".", exchange.verb != "BDAT",
            reply.says(["line too long", "command too long", "line is too long", "command is too long"])
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The command \(Quote.of(exchange.command)) has \(exchange.length) octets, and the server answered \
                \(Quote.of(reply)).
                """,
                ja: """
                    コマンド \(Quote.of(exchange.command)) は \(exchange.length) オクテットですが、サーバーは \
                    \(Quote.of(reply)) と応答しました。
                    """))
    }
}
