import Conversation

/// 530 to a command that the client needs to do what 530 asks for.
struct SMTPServer530Scope: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.530-scope",
        title: Words(
            "The server answers 530 to a command that it must allow", ja: "許可すべきコマンドに 530 を返している"),
        severity: .error,
        side: .server,
        clause: "RFC 3207 §4; RFC 4954 §6",
        means: Words(
            """
            530 asks for STARTTLS or for AUTH first. EHLO, NOOP and QUIT are free of it always, STARTTLS where TLS is \
            asked for, and AUTH, HELO and RSET where a login is. A client that is refused these can never comply.
            """,
            ja: """
                530 は先に STARTTLS または AUTH を求める応答です。EHLO、NOOP、QUIT には返せません。TLS を求めるときの STARTTLS と、\
                認証を求めるときの AUTH、HELO、RSET にも返せません。これらを拒否されると、クライアントは求めに応じられません。
                """),
        remedy: Words(
            "Let these commands pass before TLS and before the login.",
            ja: "これらのコマンドは、TLS や認証の前でも受け付けてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: NOOP
            S: 530 Must issue a STARTTLS command first
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: RSET
            S: 530 Must issue a STARTTLS command first
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last, reply.code == "530",
            Self.isFree(exchange.verb, of: reply)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                "The server answered \(exchange.verb) with \(Quote.of(reply)); the client has no way left to comply.",
                ja: """
                    サーバーは \(exchange.verb) に \(Quote.of(reply)) と応答しました。これではクライアントは求めに応じられません。
                    """))
    }

    private static func isFree(_ verb: String, of reply: Reply) -> Bool {
        let asksForTLS = reply.says(["tls", "encrypt", "ssl"])
        switch verb {
        case "EHLO", "LHLO", "NOOP", "QUIT": return true
        case "STARTTLS": return asksForTLS
        case "AUTH", "HELO", "RSET": return !asksForTLS && reply.says(["authenticat", "log in", "login"])
        default: return false
        }
    }
}
