import Conversation

/// The client names itself with a name that has no dot.
struct SMTPClientHeloNotFQDN: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-not-fqdn",
        title: Words(
            "The name in EHLO or HELO is not a full host name",
            ja: "EHLO/HELO の名前が完全なホスト名ではありません"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §2.3.5; RFC 5321 §4.1.1.1",
        means: Words(
            """
            The client is to give the full name of its host, or its address in brackets where it has no \
            name. Servers that take mail from anywhere often refuse a name without a dot.
            """,
            ja: """
                クライアントはホストの完全な名前を、名前がない場合は角括弧に入れたアドレスを名乗ることになっ\
                ています。外部からメールを受け取るサーバーの多くは、ドットのない名前を拒否します。
                """),
        remedy: Words(
            "Set the full host name in the client, or let it give an address literal such as `[192.0.2.1]`.",
            ja: """
                クライアントに完全なホスト名を設定するか、`[192.0.2.1]` のようなアドレスリテラルを使うように\
                してください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO localhost
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
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let hello = SMTPHelloArgument(exchange), case .label = hello.form else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client called itself \(Quote.of(Array(hello.name))), which has no dot and tells nobody who \
                it is. Servers may refuse its mail for that.
                """,
                ja: """
                    クライアントは \(Quote.of(Array(hello.name))) と名乗りました。ドットがなく、どのホストか分か\
                    りません。これを理由にメールを拒否するサーバーがあります。
                    """))
    }
}
