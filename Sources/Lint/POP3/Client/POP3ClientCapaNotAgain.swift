import Conversation
import Wire

/// It believes a list of capabilities from before the login, and leaves.
struct POP3ClientCapaNotAgain: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.capa-not-again",
        title: Words("The client leaves without having asked for CAPA after the login", ja: "ログイン後に CAPA を確認せずに切断している"),
        severity: .warning,
        side: .client,
        clause: "RFC 2449 §5",
        means: Words(
            """
            What a server lists before the login may be less than what it does after it: UIDL and TOP are for later. A \
            client that takes the first list for all there is leaves without the mail.
            """,
            ja: """
                ログイン前の機能一覧は、ログイン後より短いことがあります。UIDL と TOP はログイン後の機能です。最初の一覧がすべてだと思い\
                込むクライアントは、メールを受信せずに切断してしまいます。
                """),
        remedy: Words(
            "Let the client ask for CAPA once more after the login, or simply try UIDL and TOP.",
            ja: "ログイン後に CAPA をもう一度送るか、UIDL や TOP を実際に試してください。"),
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
            S: +OK alice has 14 messages (228331 octets)
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        conforming: """
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
            S: +OK alice has 14 messages (228331 octets)
            C: CAPA
            S: +OK
            S: USER
            S: UIDL
            S: .
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        dialects: [.pop3])

    private var login: Place?
    /// It has asked for something that only goes after the login.
    private var wentOn = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        if login != nil {
            wentOn = wentOn || exchange.verb != "QUIT"
        } else if Verbs.login.contains(exchange.verb), exchange.verb != "USER", let reply = exchange.replies.last,
            reply.code == "+OK", Self.tellsOfMail(reply)
        {
            login = Place(commandOf: exchange, in: session)
        }
        return nil
    }

    /// `alice has 14 messages (228331 octets)`. Who only tries out a login is content with that.
    private static func tellsOfMail(_ reply: Reply) -> Bool {
        let words = ASCII.words((reply.lines.first ?? [])[...])
        return zip(words, words.dropFirst()).contains { number, what in
            (ASCII.number(number) ?? 0) > 0 && ASCII.uppercased(what.prefix(7)) == "MESSAGE"
        }
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard let login, !wentOn, session.followsPOP3, pop3.isLoggedIn, pop3.hasQuit, pop3.total != 0,
            let listing = pop3.capabilities, !listing.contains("UIDL"), !listing.contains("TOP")
        else { return nil }
        return finding(
            at: login, in: session,
            means: Words(
                """
                The client asked for the capabilities before the login only, where the server lists neither UIDL nor \
                TOP. It logged in, was told that there is mail, and left without having asked for it.
                """,
                ja: """
                    クライアントはログイン前にだけ機能一覧を取得し、そこには UIDL も TOP もありませんでした。ログイン後、メールがあると知らされたのに、\
                    何も求めずに切断しました。
                    """))
    }
}
