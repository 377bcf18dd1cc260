import Conversation

/// A blank stands at the colon of MAIL FROM or RCPT TO.
struct SMTPClientMailFromSpace: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.mail-from-space",
        title: Words(
            "A space stands before or behind the colon of MAIL FROM: or RCPT TO:",
            ja: "MAIL FROM: や RCPT TO: のコロンの前後に空白があります"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §3.3; RFC 821 §4.1.2",
        means: Words(
            """
            No space may stand on either side of the colon in `MAIL FROM:<…>` and `RCPT TO:<…>`, neither \
            today nor in 1982. Most servers let it pass, which is why clients have it; strict ones answer \
            501 and take no mail.
            """,
            ja: """
                `MAIL FROM:<…>` と `RCPT TO:<…>` のコロンの前後には、現在も 1982 年の仕様でも空白を入れるこ\
                とはできません。多くのサーバーは大目に見るため、この誤りを残したクライアントがありますが、厳格\
                なサーバーは 501 を返してメールを受け取りません。
                """),
        remedy: Words(
            "Let the client write `MAIL FROM:<alice@example.com>`, the `<` right behind the colon.",
            ja: "`MAIL FROM:<alice@example.com>` のように、コロンの直後に `<` を書くようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM: <alice@example.com>
            S: 250 ok
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
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let command = SMTPPathCommand(exchange), command.hasBlankBeforeColon || command.hasBlankAfterColon else {
            return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)), with a space \
                \(command.hasBlankAfterColon ? "behind" : "before") the colon. Strict servers refuse this with \
                501.
                """,
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りました。コロンの\
                    \(command.hasBlankAfterColon ? "後" : "前")に空白があります。厳格なサーバーは 501 で拒否します。
                    """))
    }
}
