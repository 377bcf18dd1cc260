import Conversation

/// An answer to STAT that is not two numbers.
struct POP3ServerSTATSyntax: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.stat-syntax",
        title: Words("The answer to STAT is not two numbers", ja: "STAT の応答が二つの数になっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5",
        means: Words(
            """
            STAT is answered `+OK`, a space, the number of messages, a space, and their size. It is one \
            of the few texts that programs read, and a client that cannot read it thinks that there is \
            no mail.
            """,
            ja: """
                STAT の応答は `+OK`、空白、メッセージ数、空白、合計サイズです。プログラムが読む数少ない文の一つであり、読めなければクライアントはメールがないと判断します。
                """),
        remedy: Words(
            """
            Let the server answer STAT like `+OK 2 320`.
            """,
            ja: """
                サーバーは STAT に `+OK 2 320` のように応答してください。
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
            C: STAT
            S: +OK 2 messages (320 octets)
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
            C: STAT
            S: +OK 2 320
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "STAT", session.followsPOP3, let reply = exchange.replies.last, reply.code == "+OK",
            let line = session.pop3.line(of: reply), ScanListing(ScanListing.text(ofStatus: line)) == .malformed
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                STAT was answered \(Quote.of(line)), where `+OK`, the number of messages and their size are \
                due, a space between them each.
                """,
                ja: """
                    STAT の応答は \(Quote.of(line)) でしたが、`+OK`、メッセージ数、合計サイズを空白 1 個ずつで区切った形でなければなりません。
                    """))
    }
}
