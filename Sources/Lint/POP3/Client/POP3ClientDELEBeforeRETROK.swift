import Conversation

/// DELE of a message that the client has not got yet.
struct POP3ClientDELEBeforeRETROK: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.dele-before-retr-ok",
        title: Words("The client deletes a message before it has all of it", ja: "メールをすべて受信する前に削除している"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §5",
        means: Words(
            """
            Whether a message came whole is known once the line with the dot is there. A client that \
            deletes before that loses the message where the server cannot read it, or the answer breaks \
            off and the QUIT is on its way already.
            """,
            ja: """
                メールを最後まで受信できたかどうかは、ドットだけの行が届いて初めて分かります。その前に削除するクライアントは、サーバーがメールを読めなかったり途中で切れたりしたときに\
                メールを失います。
                """),
        remedy: Words(
            """
            Let the client say DELE once it has read the end of the message and stored it.
            """,
            ja: """
                クライアントはメッセージの終わりまで読み、保存してから DELE を送るようにしてください。
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
            C: RETR 1
            C: DELE 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            S: +OK deleted
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
            S: 1 a1
            S: .
            C: DELE 1
            S: +OK deleted
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        besides: ["pop3.client.pipelining"])

    private var mild: Finding?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard exchange.verb == "DELE", session.followsPOP3, exchange.replies.last?.code == "+OK",
            let asked = pop3.asked(exchange), let number = asked.number
        else { return nil }
        let place = Place(commandOf: exchange, in: session)
        if !asked.isAlone, asked.overtakesRetrieval {
            return finding(
                at: place, in: session, severity: pop3.offers("PIPELINING") ? .warning : nil,
                means: Words(
                    """
                    The client said DELE \(number) while the answer to its RETR \(number) was still to come, and \
                    could not know whether it would get the message.
                    """,
                    ja: """
                        クライアントは RETR \(number) への応答が終わる前に DELE \(number) を送りました。この時点でメールを受信できるかどうかは分かりません。
                        """))
        }
        // What it got in an earlier session it knows by its id, or by a look into it.
        guard mild == nil, !pop3.knowsIDs, pop3.remembersAll, pop3.retrieved[number] == nil,
            !pop3.looked.contains(number)
        else { return nil }
        mild = finding(
            at: place, in: session, severity: .note,
            means: Words(
                """
                The client deleted message \(number) without having retrieved it, or asked for its id, in \
                this session. Numbers are given anew in each session: it may not be the message that is \
                meant.
                """,
                ja: """
                    クライアントはこのセッションでメッセージ \(number) を受信せず、UIDL で確認もせずに削除しました。番号はセッションごとに付け直されるため、意図したメールで\
                    はない可能性があります。
                    """))
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
