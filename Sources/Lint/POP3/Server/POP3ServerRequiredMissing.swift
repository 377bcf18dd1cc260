import Conversation
import Wire

/// A command that each server must know is unknown to it.
struct POP3ServerRequiredMissing: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.required-missing",
        title: Words("The server does not know a command that it must know", ja: "必須のコマンドをサーバーが知らない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3, §5",
        means: Words(
            """
            STAT, LIST, RETR, DELE, NOOP, RSET and QUIT each server has to know, in whatever case they are written. \
            A client has no other way to its mail.
            """,
            ja: """
                STAT、LIST、RETR、DELE、NOOP、RSET、QUIT はすべてのサーバーに必須で、大文字でも小文字でも通じなければなりませ\
                ん。クライアントがメールを得る手段はほかにありません。
                """),
        remedy: Words(
            """
            Let the server know these commands, and compare them without regard to case.
            """,
            ja: """
                サーバーはこれらのコマンドを実装し、大文字と小文字を区別せずに比較してください。
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
            C: stat
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
            C: stat
            S: +OK 0 0
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private static let required: Set<String> = ["STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "QUIT"]
    private static let argumentless: Set<String> = ["STAT", "NOOP", "RSET", "QUIT"]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard Self.required.contains(exchange.verb), session.followsPOP3, let asked = session.pop3.asked(exchange),
            let reply = exchange.replies.last, reply.code == "-ERR", Self.isUnknown(reply),
            // Before login it knows hardly any.
            session.pop3.isLoggedIn || exchange.verb == "QUIT",
            // What is written otherwise than it should be need not be known.
            asked.arguments == 0 || !Self.argumentless.contains(exchange.verb), asked.arguments <= 1,
            !exchange.command.contains(Byte.cr)
        else { return nil }
        let said = Quote.command(of: exchange)
        let word = exchange.command.prefix { !$0.isBlank }
        let isLower = !word.elementsEqual(exchange.verb.utf8)
        let why =
            isLower
            ? Words(
                " The client did not write it in upper case, and need not.", ja: "クライアントは大文字で書いていませんが、その必要はありません。")
            : Words("", ja: "")
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(said) with \(Quote.of(reply)), as if it did not know the command, which each \
                server must know.\(why.en)
                """,
                ja: """
                    サーバーは \(said) に、知らないコマンドであるかのように \(Quote.of(reply)) と応答しました。これは必須の\
                    コマンドです。\(why.ja)
                    """))
    }

    private static func isUnknown(_ reply: Reply) -> Bool {
        let text = ASCII.uppercased((reply.lines.first ?? []).prefix(120))
        return (reply.soundsUnknown || text.contains("BAD COMMAND")) && !text.contains("STATE")
            && !text.contains("PARAMETER") && !text.contains("ARGUMENT")
    }
}
