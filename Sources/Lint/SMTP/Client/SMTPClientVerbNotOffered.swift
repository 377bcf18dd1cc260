import Conversation

/// The client uses a command of an extension that the server has not offered.
struct SMTPClientVerbNotOffered: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.verb-not-offered",
        title: Words(
            "The client uses a command that the server does not offer",
            ja: "サーバーが提供していないコマンドを使っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §2.2; RFC 5321 §4.1.1.1",
        means: Words(
            """
            AUTH, STARTTLS, BDAT and the like are commands of extensions: a server knows them where it lists \
            them in its answer to EHLO. One that does not know BDAT takes the octets behind it for commands.
            """,
            ja: """
                AUTH、STARTTLS、BDAT などは拡張機能のコマンドで、サーバーが EHLO の応答で通知した場合にだけ使\
                えます。BDAT を知らないサーバーは、続くデータをコマンドとして読んでしまいます。
                """),
        remedy: Words(
            """
            Let the client use what the last EHLO listed. Where it needs TLS or a login and the server \
            offers none, it is to tell the user and leave.
            """,
            ja: """
                直前の EHLO で通知されたものだけを使ってください。TLS や認証が必要なのにサーバーが提供していな\
                い場合は、利用者に知らせて接続を終えてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE
            C: ETRN example.com
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 ETRN
            C: ETRN example.com
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let keyword = SMTPVerbs.extensions[exchange.verb], exchange.length > 0, session.followsSMTP else {
            return nil
        }
        switch session.smtp.hello {
        case .none: return nil
        case .helo: break
        case .ehlo: guard session.smtp.listing != nil, !session.smtp.offers(keyword) else { return nil }
        }
        let isTLS = exchange.verb == "STARTTLS"
        // That nothing is offered is mailtee's doing then.
        if isTLS, session.faults.contains(.stripAnnouncement) { return nil }
        let hello = session.smtp.hello == .helo ? "HELO" : session.dialect.hello
        return finding(
            // A client that asks for TLS all the same cannot be led into doing without.
            at: Place(commandOf: exchange, in: session), in: session, severity: isTLS ? .warning : .error,
            means: Words(
                """
                The client said \(exchange.verb), and the server's answer to \(hello) did not list \(keyword). \
                The server need not know this command.
                """,
                ja: """
                    クライアントは \(exchange.verb) を送りましたが、サーバーの \(hello) への応答に \(keyword) はあ\
                    りませんでした。サーバーがこのコマンドを知っているとは限りません。
                    """))
    }
}
