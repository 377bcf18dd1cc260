import Conversation

/// The client says more than its name in its hello.
struct SMTPClientHeloExtraArgs: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-extra-args",
        title: Words("EHLO or HELO has more than a name", ja: "EHLO/HELO に名前以外のものが付いています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.1.1.1",
        means: Words(
            """
            EHLO and HELO take one name and nothing after it. Text behind it was once advised for clients \
            without a name, and is not any more; some servers refuse it with 501.
            """,
            ja: """
                EHLO と HELO の引数は名前一つだけです。名前を持たないクライアントが文字列を付け足す方法は、\
                かつて勧められていましたが今は勧められていません。501 で拒否するサーバーもあります。
                """),
        remedy: Words(
            "Let the client send its host name or address literal alone.",
            ja: "ホスト名またはアドレスリテラルだけを送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com my laptop
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let hello = SMTPHelloArgument(exchange), hello.hasMore else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said \(Quote.of(exchange.command)), which has more than a name.",
                ja: "クライアントは \(Quote.of(exchange.command)) を送りました。名前の後に余分な文字列があります。"))
    }
}
