import Conversation

/// Who has logged in may log in again.
struct SMTPServerAuthSecondAccepted: Rule {
    static let hears: RuleEvents = [.exchange, .handshake]
    static let about = RuleDescription(
        id: "smtp.server.auth-second-accepted",
        title: Words(
            "The server accepts AUTH from a client that has logged in", ja: "認証済みのクライアントの AUTH を受け付けている"),
        severity: .error,
        side: .server,
        clause: "RFC 4954 §4",
        means: Words(
            """
            After a login that succeeded each AUTH of the session must be refused with 503. Where it is not, mail may \
            go out under another name than the one that was checked first.
            """,
            ja: """
                認証に成功した後の AUTH は、同じセッションではすべて 503 で拒否しなければなりません。受け付けると、最初に確認した\
                利用者とは別の名義でメールが送られるおそれがあります。
                """),
        remedy: Words(
            "Answer 503 to AUTH once it has succeeded, until the connection ends or STARTTLS begins anew.",
            ja: "AUTH が成功したら、接続が終わるか STARTTLS でやり直すまで、次の AUTH には 503 を返してください。"),
        violating: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 235 welcome
            C: AUTH PLAIN «AGJvYgBzZWNyZXQ=»
            S: 235 welcome
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 235 welcome
            C: AUTH PLAIN «AGJvYgBzZWNyZXQ=»
            S: 503 you are in already
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        besides: ["smtp.client.auth-twice"])

    private var order = SMTPReplyOrder()
    private var login: Reply?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last else { return nil }
        // By this a proxy tells of another client.
        if exchange.verb == "XCLIENT" { login = nil }
        guard exchange.verb == "AUTH" else { return nil }
        guard let login else {
            if reply.code == "235" { login = reply }
            return nil
        }
        // What was said before the first was answered came too early to be refused for it.
        guard exchange.asked >= login.at, let first = exchange.replies.first, first.isPositive else { return nil }
        return finding(
            at: Place(first, exchange: session.exchange), in: session,
            means: Words(
                """
                The client had logged in (\(Quote.of(login))), and the server answered its next AUTH with \
                \(Quote.of(first)), not with 503.
                """,
                ja: """
                    クライアントは認証済み (\(Quote.of(login))) でしたが、サーバーは次の AUTH に 503 ではなく \(Quote.of(first)) と\
                    応答しました。
                    """))
    }

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        if facts.securesClient { login = nil }
        return nil
    }
}
