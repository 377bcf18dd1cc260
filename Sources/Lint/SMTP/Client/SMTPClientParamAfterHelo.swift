import Conversation

/// The client uses a parameter of MAIL or RCPT in a session that began with HELO.
struct SMTPClientParamAfterHelo: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.param-after-helo",
        title: Words("MAIL or RCPT has a parameter after HELO", ja: "HELO の後でパラメータを使っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §3.2",
        means: Words(
            """
            A session that begins with HELO has no extensions, and so no parameters of MAIL and RCPT. A \
            server may answer 555 or 501.
            """,
            ja: """
                HELO で始まるセッションでは拡張機能が使えないため、MAIL や RCPT のパラメータも使えません。サー\
                バは 555 や 501 を返すことがあります。
                """),
        remedy: Words(
            "Let the client leave the parameters out after HELO, or say EHLO.",
            ja: "HELO の後ではパラメータを付けないか、EHLO を使うようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 502 what?
            C: HELO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com> SIZE=1000
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 502 what?
            C: HELO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.smtp.hello == .helo, session.followsSMTP, let command = SMTPPathCommand(exchange),
            command.form == .bracketed, let first = command.parameters.first
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client began with HELO and then said \(Quote.of(exchange.command)); \
                \(Quote.of(Array(first))) needs an extension, and after HELO there is none.
                """,
                ja: """
                    クライアントは HELO で始めた後に \(Quote.of(exchange.command)) を送りました。\
                    \(Quote.of(Array(first))) には拡張機能が必要ですが、HELO の後では使えません。
                    """))
    }
}
