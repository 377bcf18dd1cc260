import Conversation

/// LAST, RPOP, XTND.
struct POP3ClientObsoleteCommand: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.obsolete-command",
        title: Words("The client uses a command that is no longer in POP3", ja: "POP3 から廃止されたコマンドを使っている"),
        severity: .note,
        side: .client,
        clause: "RFC 1939 §5, §7",
        means: Words(
            """
            LAST, RPOP and XTND stood in older documents, or in none; RFC 1939 has them no more. Most \
            servers refuse them.
            """,
            ja: """
                LAST、RPOP、XTND は古い文書にあるか、どの文書にもないコマンドで、RFC 1939 にはありません。ほとんどのサーバーは拒否します。
                """),
        remedy: Words(
            """
            Let the client use UIDL to tell new messages from old ones, and TLS to prove who it is.
            """,
            ja: """
                新着メールの判別には UIDL を、認証の保護には TLS を使うようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: LAST
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: UIDL
            S: +OK
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard POP3Verbs.obsolete.contains(exchange.verb), session.followsPOP3, let reply = exchange.replies.last else {
            return nil
        }
        let said = exchange.verb
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(said), which RFC 1939 does not have, and the server answered \
                \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは RFC 1939 にない \(said) を送り、サーバーは \(Quote.of(reply)) と応答しました。
                    """))
    }
}
