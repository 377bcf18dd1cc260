import Conversation

/// A command that the server did not list.
struct POP3ClientCapabilityUnlisted: Rule {
    static let about = RuleDescription(
        id: "pop3.client.capability-unlisted",
        title: Words("The client uses a command that the server did not list", ja: "サーバーが機能一覧に挙げていないコマンドを使っている"),
        severity: .note,
        side: .client,
        clause: "RFC 2449 §5, §6; RFC 5034 §3",
        means: Words(
            """
            The server listed what it can do, and this was not among it. To try it all the same is \
            tolerated, and costs a refusal; a login that is not listed should not be tried.
            """,
            ja: """
                サーバーは CAPA で機能を示しましたが、そこにこのコマンドはありません。試すこと自体は許容されますが、拒否される往復が増えます。一覧にない認証方式は試すべきではあり\
                ません。
                """),
        remedy: Words(
            """
            Let the client go by the list that CAPA gave, and do without what is not in it.
            """,
            ja: """
                クライアントは CAPA の一覧に従い、そこにない機能は使わずに済ませるようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: UIDL
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: UIDL
            S: .
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
        guard session.followsPOP3, let listing = session.pop3.capabilities, let reply = exchange.replies.last,
            let asked = session.pop3.asked(exchange)
        else { return nil }
        let capability: String
        switch exchange.verb {
        case "UIDL", "TOP", "STLS", "USER": capability = exchange.verb
        // Alone it asks for the mechanisms.
        case "AUTH" where asked.arguments > 0: capability = "SASL"
        default: return nil
        }
        guard !listing.contains(capability) else { return nil }
        // A server that takes logins inside TLS only does not list USER, and refuses it; a client that tries is told so.
        if exchange.verb == "USER", reply.code == "-ERR" { return nil }
        // Somebody on the way may have taken STLS out of the list: to try it is right.
        if exchange.verb == "STLS", reply.code == "+OK" { return nil }
        let said = Quote.command(of: exchange)
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(said), and \(capability) is not among what the server listed. It was \
                answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは \(said) を送りましたが、サーバーの機能一覧に \(capability) はありません。応答は \(Quote.of(reply)) でした。
                    """))
    }
}
