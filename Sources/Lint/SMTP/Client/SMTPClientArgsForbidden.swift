import Conversation
import Wire

/// The client gives an argument to a command that takes none.
struct SMTPClientArgsForbidden: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.args-forbidden",
        title: Words("A command has an argument and takes none", ja: "引数を取らないコマンドに引数が付いています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.1.1; RFC 3207 §4",
        means: Words(
            """
            DATA, RSET, QUIT and STARTTLS stand alone on their line. A strict server answers 501 to any \
            argument, and the command is not done.
            """,
            ja: """
                DATA、RSET、QUIT、STARTTLS は引数を取りません。厳格なサーバーは引数があると 501 を返し、コマン\
                ドを実行しません。
                """),
        remedy: Words("Let the client send the command alone.", ja: "コマンドだけを送るようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RSET now
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RSET
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private static let bare: Set<String> = ["DATA", "RSET", "QUIT", "STARTTLS"]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard Self.bare.contains(exchange.verb), exchange.command.count > exchange.verb.utf8.count,
            ASCII.words(exchange.command[...]).count > 1
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said \(Quote.of(exchange.command)), and \(exchange.verb) takes no argument.",
                ja: """
                    クライアントは \(Quote.of(exchange.command)) を送りましたが、\(exchange.verb) は引数を取りま\
                    せん。
                    """))
    }
}
