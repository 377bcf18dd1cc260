import Conversation

/// A command that does not wait for the answer before it, without PIPELINING.
struct POP3ClientPipelining: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.pipelining",
        title: Words(
            "The client does not wait for an answer before its next command", ja: "クライアントが応答を待たずに次のコマンドを送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 2449 §6.6",
        means: Words(
            """
            A server that does not list PIPELINING may throw away what it has read beyond a command, as \
            it forks or starts TLS or reads the mailbox. The commands are then lost, and the client \
            waits for answers that do not come.
            """,
            ja: """
                PIPELINING を示していないサーバーは、メールボックスを開くときなどに、先に届いていたデータを捨てることがあります。コマンドが失われ、クライアントは来ない応答を\
                待つことになります。
                """),
        remedy: Words(
            """
            Let the client wait for the end of each answer, or send ahead only where the server lists \
            PIPELINING.
            """,
            ja: """
                クライアントは応答の終わりを毎回待つか、サーバーが PIPELINING を示した場合にだけ先送りするようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            C: PASS «secret»
            S: +OK
            S: +OK logged in
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
            S: PIPELINING
            S: UIDL
            S: .
            C: USER alice
            C: PASS «secret»
            S: +OK
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var mild: Finding?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard session.followsPOP3, let asked = pop3.asked(exchange), !asked.isAlone, !asked.isBehindSTLS,
            !pop3.offers("PIPELINING"), let before = pop3.told
        else { return nil }
        let verb = before.verb.isEmpty ? "…" : POP3Verbs.isKnown(before.verb) ? before.verb : "…"
        let said = Quote.command(of: exchange)
        let found = finding(
            at: Place(commandOf: exchange, in: session), in: session,
            // Who takes its leave in the middle of an answer has given up on it.
            severity: exchange.verb == "QUIT" ? .note : nil,
            means: Words(
                """
                The client said \(said) before the answer to its \(verb) was over, and the server does not \
                list PIPELINING. It may never see the command.
                """,
                ja: """
                    クライアントは \(verb) への応答が終わる前に \(said) を送りましたが、サーバーは PIPELINING を示していません。コマンドがサーバーに届かないこ\
                    とがあります。
                    """))
        guard exchange.verb == "QUIT" else { return found }
        mild = mild ?? found
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
