import Conversation

/// The client says a command that is none.
struct SMTPClientUnknownVerb: Rule {
    static let about = RuleDescription(
        id: "smtp.client.unknown-verb",
        title: Words("The client says a command that SMTP does not have", ja: "SMTP にないコマンドを使っています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.1.5",
        means: Words(
            """
            The command is none of SMTP's, none that the server offers, and not a private one, whose name \
            begins with X. A server answers 500. It may be a misspelt command, a part of a message that the \
            client believes the server to be waiting for, or another protocol.
            """,
            ja: """
                SMTP のコマンドでも、サーバーが提供するコマンドでも、X で始まる独自コマンドでもありません。サー\
                バは 500 を返します。綴りの誤りか、サーバーが待っていると思い込んで送ったメッセージの一部か、\
                別のプロトコルかもしれません。
                """),
        remedy: Words(
            """
            Look at what the client said before: if the command is spelt right, the client and the server \
            are out of step.
            """,
            ja: """
                その前のやり取りを確認してください。綴りが正しければ、クライアントとサーバーの歩調がずれていま\
                す。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: VERB
            S: 500 5.5.1 what?
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 VERB
            C: VERB
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, !SMTPVerbs.known.contains(exchange.verb), exchange.verb != ".", session.followsSMTP,
            !SMTPVerbs.begins(exchange.command, in: session),
            // A handshake is a client's that was told the wrong port.
            exchange.command.first != 0x16
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: exchange.command.isEmpty
                ? Words(
                    "The client said an empty line where a command should be.",
                    ja: "クライアントは、コマンドが来るべきところで空行を送りました。")
                : Words(
                    """
                    The client said \(Quote.of(exchange.command)), which begins with no command of SMTP and with \
                    none that the server offers.
                    """,
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りましたが、SMTP のコマンドでも、サーバー\
                        が提供するコマンドでもありません。
                        """))
    }
}
