import Conversation

/// The client names itself with an address that stands in no brackets.
struct SMTPClientHeloBareIP: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.helo-bare-ip",
        title: Words(
            "The address in EHLO or HELO stands in no brackets",
            ja: "EHLO/HELO のアドレスが角括弧に入っていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.3",
        means: Words(
            """
            An address in the place of a name is written in brackets, or else it is a name of digits that no \
            host has. Servers refuse it for that.
            """,
            ja: """
                名前の代わりにアドレスを書く場合は角括弧に入れます。括弧がなければ、存在しない数字だけの名前\
                とみなされ、サーバーに拒否されます。
                """),
        remedy: Words(
            "Let the client write `[192.0.2.1]`, or `[IPv6:2001:db8::1]`, or better its full host name.",
            ja: "`[192.0.2.1]` や `[IPv6:2001:db8::1]` の形で書くか、できれば完全なホスト名を使ってください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO 192.0.2.1
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
        guard let hello = SMTPHelloArgument(exchange), case .bareAddress = hello.form else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client called itself \(Quote.of(Array(hello.name))), an address without brackets.",
                ja: """
                    クライアントは \(Quote.of(Array(hello.name))) と名乗りました。アドレスが角括弧に入っていませ\
                    ん。
                    """))
    }
}
