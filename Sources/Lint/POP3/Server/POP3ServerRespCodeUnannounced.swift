import Conversation

/// A response code from a server that lists no RESP-CODES.
struct POP3ServerRespCodeUnannounced: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.resp-code-unannounced",
        title: Words("A response code is used though RESP-CODES is not listed", ja: "RESP-CODES を示さずにレスポンスコードを使っている"),
        severity: .note,
        side: .server,
        clause: "RFC 2449 §6.4, §8",
        means: Words(
            """
            Where RESP-CODES is not listed, a client cannot know that what stands in brackets is meant \
            for it, and shows it to its user or ignores it: a mailbox in use then looks like a wrong \
            password.
            """,
            ja: """
                RESP-CODES が示されていないと、クライアントは角括弧の中が自分向けの情報だと分からず、そのまま利用者に見せるか無視します。使用中のメールボックスがパスワードの\
                誤りのように見えることになります。
                """),
        remedy: Words(
            """
            Let the server list RESP-CODES among its capabilities.
            """,
            ja: """
                サーバーの機能一覧に RESP-CODES を加えてください。
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
            S: -ERR [IN-USE] another session is open
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
            S: RESP-CODES
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: -ERR [IN-USE] another session is open
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard let reply = exchange.replies.last, let code = reply.responseCode, exchange.length > 0,
            session.followsPOP3, pop3.capabilities != nil, !pop3.offers("RESP-CODES"),
            // Of RFC 3206, which has a capability of its own.
            !(pop3.offers("AUTH-RESP-CODE") && ["AUTH", "SYS/TEMP", "SYS/PERM"].contains(code.name))
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(Quote.of(reply)), with a response code in it, and does not list \
                RESP-CODES.
                """,
                ja: """
                    サーバーは RESP-CODES を示していないのに、レスポンスコードの入った \(Quote.of(reply)) を返しました。
                    """))
    }
}
