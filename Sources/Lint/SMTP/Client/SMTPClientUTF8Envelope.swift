import Conversation

/// The client gives an address with octets above 127 without SMTPUTF8.
struct SMTPClientUTF8Envelope: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.utf8-envelope",
        title: Words(
            "An address has 8-bit octets, and SMTPUTF8 is not used",
            ja: "SMTPUTF8 を使わずに 8 ビットのアドレスを送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §2.4; RFC 6531 §3.2",
        means: Words(
            """
            An address may have octets above 127 only where the server offers SMTPUTF8 and MAIL asks for it; \
            8BITMIME is for the message alone. Without that the address cannot be carried on, and comes back \
            or goes astray.
            """,
            ja: """
                127 を超えるオクテットをアドレスに使えるのは、サーバーが SMTPUTF8 を提供し、MAIL でそれを指定\
                した場合だけです。8BITMIME は本文のためのものです。そうでなければアドレスを中継できず、メー\
                ルが戻ってきたり、届かなかったりします。
                """),
        remedy: Words(
            """
            Let the client say SMTPUTF8 in MAIL where the server offers it. A domain can be written in its \
            `xn--` form; for a local part there is no other way.
            """,
            ja: """
                サーバーが提供していれば MAIL に SMTPUTF8 を付けてください。ドメインは `xn--` の形に変換できま\
                すが、ローカルパートにはほかの方法がありません。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 8BITMIME
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<b\\xC3\\xB8b@example.net>
            S: 553 what?
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-8BITMIME
            S: 250 SMTPUTF8
            C: MAIL FROM:<alice@example.com> SMTPUTF8
            S: 250 ok
            C: RCPT TO:<b\\xC3\\xB8b@example.net>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let command = SMTPPathCommand(exchange), command.isEightBit, session.followsSMTP else { return nil }
        let isAsked: Bool
        if command.isMail {
            isAsked = command.named.contains { $0.name == "SMTPUTF8" }
        } else {
            guard let transaction = session.smtp.transaction else { return nil }
            isAsked = transaction.parameter("SMTPUTF8") != nil
        }
        let isOffered = session.smtp.offers("SMTPUTF8")
        guard !isAsked || !isOffered else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: isOffered
                ? Words(
                    """
                    The client said \(Quote.of(exchange.command)), and its MAIL did not ask for SMTPUTF8, which \
                    the server offers.
                    """,
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りましたが、サーバーが提供している \
                        SMTPUTF8 を MAIL で指定していませんでした。
                        """)
                : Words(
                    "The client said \(Quote.of(exchange.command)), and the server does not offer SMTPUTF8.",
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りましたが、サーバーは SMTPUTF8 を提供し\
                        ていません。
                        """))
    }
}
