import Conversation

/// The client says a command that POP3 does not have.
struct POP3ClientUnknownVerb: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.unknown-verb",
        title: Words("The client says a command that is none of POP3", ja: "POP3 にないコマンドを送っています"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §9; RFC 2595 §4",
        means: Words(
            """
            POP3 has commands of its own, and some that other protocols have by another name: TLS is begun by STLS \
            and not by STARTTLS, a login is AUTH or USER and PASS, the end is QUIT.
            """,
            ja: """
                POP3 には独自のコマンドがあり、ほかのプロトコルと名前の違うものがあります。TLS の開始は STARTTLS ではなく STLS、\
                認証は AUTH または USER と PASS、終了は QUIT です。
                """),
        remedy: Words("Let the client use the commands of POP3.", ja: "クライアントに POP3 のコマンドを使わせてください。"),
        violating: """
            protocol: pop3
            S: +OK ready
            C: CAPA
            S: +OK
            S: STLS
            S: .
            C: STARTTLS
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            S: +OK ready
            C: CAPA
            S: +OK
            S: STLS
            S: .
            C: STLS
            S: -ERR not now
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private static let known: Set<String> = [
        "USER", "PASS", "APOP", "AUTH", "CAPA", "STLS", "STAT", "LIST", "UIDL", "TOP", "RETR", "DELE", "NOOP", "RSET",
        "QUIT", "LAST", "RPOP", "XTND", "XSENDER", "LANG", "UTF8", "LANGUAGE", "ID", "CLNT", "XOIP", "XAUTHLIST",
    ]
    /// What others call otherwise.
    private static let meant = [
        "STARTTLS": "STLS", "LOGIN": "USER / PASS", "LOGOUT": "QUIT", "CAPABILITY": "CAPA",
        "AUTHENTICATE": "AUTH", "FETCH": "RETR", "DELETE": "DELE", "EXPUNGE": "DELE",
    ]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, exchange.length > 0, !exchange.verb.isEmpty, exchange.verb.allSatisfy(\.isLetter),
            !Self.known.contains(exchange.verb), exchange.replies.last?.code == "-ERR"
        else { return nil }
        let hint = Self.meant[exchange.verb]
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(Quote.of(exchange.command)), which is no command of POP3\
                \(hint.map { "; here it is called \($0)" } ?? "").
                """,
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りましたが、これは POP3 のコマンドではありません\
                    \(hint.map { "(POP3 では \($0) です)" } ?? "")。
                    """))
    }
}
