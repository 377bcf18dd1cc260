import Conversation

/// The client names itself with a malformed address literal.
struct SMTPClientHeloBadLiteral: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-bad-literal",
        title: Words(
            "The address literal in EHLO or HELO is malformed",
            ja: "EHLO/HELO のアドレスリテラルが正しくありません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.3",
        means: Words(
            """
            Between the brackets stands an IPv4 address of four numbers from 0 to 255, or `IPv6:` and an \
            IPv6 address. Servers refuse anything else with 501.
            """,
            ja: """
                角括弧の中に書けるのは、0 から 255 までの数四つからなる IPv4 アドレスか、`IPv6:` に続く IPv6 \
                アドレスです。それ以外はサーバーに 501 で拒否されます。
                """),
        remedy: Words(
            "Let the client write `[192.0.2.1]` or `[IPv6:2001:db8::1]`.",
            ja: "`[192.0.2.1]` または `[IPv6:2001:db8::1]` の形で書くようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO [fe80::1]
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO [IPv6:fe80::1]
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let hello = SMTPHelloArgument(exchange), case .badLiteral(let flaw) = hello.form else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The address literal \(Quote.of(Array(hello.name))) is malformed: \(flaw.en).",
                ja: "アドレスリテラル \(Quote.of(Array(hello.name))) が正しくありません。\(flaw.ja)。"))
    }
}
