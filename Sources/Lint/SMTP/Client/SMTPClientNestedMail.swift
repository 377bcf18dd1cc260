import Conversation

/// The client begins a transaction in the middle of another.
struct SMTPClientNestedMail: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.nested-mail",
        title: Words("MAIL is said in the middle of a transaction", ja: "トランザクションの途中で MAIL を送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.4",
        means: Words(
            """
            A transaction that MAIL has begun ends with its message, with RSET or with EHLO. A MAIL in the \
            middle of it is answered 503, or the recipients of the first get the second message.
            """,
            ja: """
                MAIL で始めたトランザクションは、メッセージの終わり、RSET、EHLO のいずれかで終わります。途中\
                の MAIL には 503 が返されるか、最初の宛先に二通目のメッセージが届いてしまいます。
                """),
        remedy: Words(
            "Let the client say RSET before it begins anew, also where all recipients were refused.",
            ja: "宛先がすべて拒否された場合も含め、やり直す前に RSET を送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: MAIL FROM:<alice@example.com>
            S: 503 5.5.1 one at a time
            C: QUIT
            S: 221 bye
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
            C: RSET
            S: 250 ok
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "MAIL", session.followsSMTP, let transaction = session.smtp.transaction,
            !transaction.isDataRefused
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)) while the transaction that it had begun with \
                \(Quote.of(transaction.mail.command)) was still open.
                """,
                ja: """
                    クライアントは、\(Quote.of(transaction.mail.command)) で始めたトランザクションを終えないまま、\
                    \(Quote.of(exchange.command)) を送りました。
                    """))
    }
}
