import Conversation

/// The client names itself with what is no domain name.
struct SMTPClientHeloBadName: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-bad-name",
        title: Words("The name in EHLO or HELO is no domain name", ja: "EHLO/HELO の名前がドメイン名になっていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.2; RFC 5321 §4.5.3.1.2",
        means: Words(
            """
            What follows EHLO or HELO must be a domain name: labels of letters, digits and hyphens, with \
            dots between them. Names of Windows machines with an underscore are the usual case. Servers \
            refuse such a name with 501.
            """,
            ja: """
                EHLO や HELO の後には、英数字とハイフンのラベルをドットでつないだドメイン名が必要です。アン\
                ダースコアを含む Windows のコンピュータ名がよくある例です。サーバーは 501 で拒否します。
                """),
        remedy: Words(
            "Give the host a proper name, or set one in the client.",
            ja: "ホストに正しい名前を付けるか、クライアント側で名前を設定してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO my_pc.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO my-pc.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let hello = SMTPHelloArgument(exchange), case .badName(let flaw) = hello.form else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The name in \(Quote.of(exchange.command)) is no domain name: \(flaw.en).",
                ja: "\(Quote.of(exchange.command)) の名前はドメイン名として正しくありません。\(flaw.ja)。"))
    }
}
