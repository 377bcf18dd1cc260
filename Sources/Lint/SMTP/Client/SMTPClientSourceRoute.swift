import Conversation

/// The client gives a route for the mail.
struct SMTPClientSourceRoute: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.source-route",
        title: Words(
            "The address in MAIL or RCPT has a source route",
            ja: "MAIL/RCPT のアドレスにソースルートが付いています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.1.1.3; RFC 5321 App. C",
        means: Words(
            """
            A route such as `<@relay.example.com:bob@example.net>` told in 1982 over which hosts a mail \
            should go. Clients are not to use it any more, and servers ignore it or refuse the mail.
            """,
            ja: """
                `<@relay.example.com:bob@example.net>` のような経路指定は、1982 年当時にメールが通るホストを\
                示すためのものでした。現在クライアントは使うべきではなく、サーバーは無視するか、メールを拒否し\
                ます。
                """),
        remedy: Words("Send the address alone.", ja: "アドレスだけを送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<@relay.example.com:bob@example.net>
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
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let command = SMTPPathCommand(exchange), case .mailbox(_, _, true) = SMTPPath(command.path) else {
            return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "In \(Quote.of(exchange.command)) a route stands before the address.",
                ja: "\(Quote.of(exchange.command)) では、アドレスの前に経路が指定されています。"))
    }
}
