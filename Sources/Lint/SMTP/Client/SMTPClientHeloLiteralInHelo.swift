import Conversation

/// The client says HELO with an address literal, which is for EHLO.
struct SMTPClientHeloLiteralInHelo: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-literal-in-helo",
        title: Words("HELO has an address literal where a domain should be", ja: "HELO にアドレスリテラルを使っています"),
        severity: .note,
        side: .client,
        clause: "RFC 5321 §4.1.1.1",
        means: Words(
            """
            The grammar of HELO has a domain name only; the address literal came with EHLO. Nearly all \
            servers take it.
            """,
            ja: """
                HELO の文法で認められているのはドメイン名だけで、アドレスリテラルは EHLO とともに導入されま\
                した。ほとんどのサーバーは受け付けます。
                """),
        remedy: Words("Let the client say EHLO, or give a host name.", ja: "EHLO を使うか、ホスト名を名乗るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO [192.0.2.1]
            S: 502 what?
            C: HELO [192.0.2.1]
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO [192.0.2.1]
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let hello = SMTPHelloArgument(exchange), exchange.verb == "HELO", case .literal = hello.form else {
            return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said \(Quote.of(exchange.command)). After HELO a domain name is to stand.",
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りました。HELO の後にはドメイン名を書くこと\
                    になっています。
                    """))
    }
}
