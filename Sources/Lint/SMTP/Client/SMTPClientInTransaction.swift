import Conversation

/// The client logs in in the middle of a transaction.
struct SMTPClientInTransaction: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.in-transaction",
        title: Words("AUTH is said in the middle of a transaction", ja: "トランザクションの途中で AUTH を送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 4954 §4",
        means: Words(
            """
            AUTH may not be said between MAIL and the end of the message: a server must answer 503. Who \
            sends the mail has to be known before it begins.
            """,
            ja: """
                MAIL からメッセージの終わりまでの間に AUTH を送ることはできず、サーバーは 503 を返さなければな\
                りません。誰がメールを送るのかは、送り始める前に決まっている必要があります。
                """),
        remedy: Words(
            "Let the client log in before MAIL, or say RSET first.",
            ja: "MAIL の前に認証を済ませるか、先に RSET を送るようにしてください。"),
        violating: """
            protocol: smtp
            tls server start=implicit verification=verified
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 503 5.5.1 not now
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit verification=verified
            tls client start=implicit
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: 235 in
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "AUTH", session.followsSMTP, let transaction = session.smtp.transaction,
            !transaction.isDataRefused
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said AUTH while the transaction that it had begun with \
                \(Quote.of(transaction.mail.command)) was still open.
                """,
                ja: """
                    クライアントは、\(Quote.of(transaction.mail.command)) で始めたトランザクションを終えないまま \
                    AUTH を送りました。
                    """))
    }
}
