import Conversation

/// The client gives an address that does not stand between angle brackets.
struct SMTPClientPathNoBrackets: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.path-no-brackets",
        title: Words(
            "The address in MAIL or RCPT stands in no angle brackets",
            ja: "MAIL/RCPT のアドレスが山括弧で囲まれていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.2",
        means: Words(
            """
            The address of MAIL and RCPT stands between `<` and `>`. Many servers let the brackets be left \
            out; strict ones answer 501.
            """,
            ja: """
                MAIL と RCPT のアドレスは `<` と `>` で囲みます。省略を認めるサーバーも多いですが、厳格なサー\
                バは 501 を返します。
                """),
        remedy: Words("Let the client put the address in angle brackets.", ja: "アドレスを山括弧で囲むようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:alice@example.com
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
        guard let command = SMTPPathCommand(exchange),
            command.form == .bare && !command.hasName || command.form == .unclosed
        else { return nil }
        // What else is wrong with it is said with it: two addresses, say, or blanks in one.
        let flaw: Words? = if case .malformed(let flaw, .error) = SMTPPath(command.path) { flaw } else { nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                In \(Quote.of(exchange.command)) the address does not stand between `<` and `>`\
                \(flaw.map { "; besides, \($0.en)" } ?? "").
                """,
                ja: """
                    \(Quote.of(exchange.command)) のアドレスが `<` と `>` で囲まれていません。\
                    \(flaw.map { "また、\($0.ja)。" } ?? "")
                    """))
    }
}
