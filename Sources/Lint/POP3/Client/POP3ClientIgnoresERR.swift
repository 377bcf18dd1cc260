import Conversation

/// It goes on after a refusal as if it had been granted.
struct POP3ClientIgnoresERR: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.ignores-err",
        title: Words("The client goes on after -ERR as if it were +OK", ja: "クライアントが -ERR を無視して先へ進んでいる"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §3, §4, §5",
        means: Words(
            """
            +OK and -ERR are all that a client has to go by. One that talks on whatever it hears says \
            its password to a server that does not want it, and deletes messages that it did not get.
            """,
            ja: """
                クライアントが頼りにできるのは +OK と -ERR だけです。結果を見ずに話し続けるクライアントは、受け付けられていないパスワードを送ったり、受信できていないメールを\
                削除したりします。
                """),
        remedy: Words(
            """
            Let the client look at the first word of each answer, and stop where it is -ERR.
            """,
            ja: """
                クライアントは応答の先頭の語を必ず確認し、-ERR ならそこで処理を止めるようにしてください。
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
            S: -ERR the mailbox cannot be read
            C: DELE 1
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
            C: RETR 1
            S: -ERR the mailbox cannot be read
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard session.followsPOP3, let asked = pop3.asked(exchange), asked.isAlone else { return nil }
        let place = Place(commandOf: exchange, in: session)
        switch exchange.verb {
        case "PASS":
            guard case .refused(let refusal) = pop3.user else { return nil }
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    USER was answered \(Quote.of(refusal)), and the client said PASS all the same. It gives its \
                    password to a server that did not ask for it.\(Self.wayIn(session).en)
                    """,
                    ja: """
                        USER に \(Quote.of(refusal)) と応答があったのに、クライアントは PASS を送りました。求められていないパスワードをサーバーに渡しています。\
                        \(Self.wayIn(session).ja)
                        """))
        case "DELE":
            guard let number = asked.number, pop3.retrieved[number] == .refused else {
                return afterLogin(exchange, in: session)
            }
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    RETR \(number) was answered -ERR, and the client said DELE \(number) all the same. The \
                    message is lost where the client did not get it before.
                    """,
                    ja: """
                        RETR \(number) は -ERR だったのに、クライアントは DELE \(number) を送りました。以前に受信していなければ、このメールは失われます。
                        """))
        default: return afterLogin(exchange, in: session)
        }
    }

    /// By its list the server takes no USER here.
    private static func wayIn(_ session: SessionSoFar) -> Words {
        guard let listing = session.pop3.capabilities, !listing.contains("USER"), session.layer == .clear,
            listing.contains("STLS")
        else { return Words("", ja: "") }
        return Words(
            " The server lists STLS and no USER: it lets nobody log in before TLS.",
            ja: "サーバーは STLS を提示し、USER は提示していません。TLS の開始前には誰もログインできません。")
    }

    private func afterLogin(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard POP3Verbs.transaction.contains(exchange.verb), case .refused(let refusal) = session.pop3.login,
            // Nobody is logged in where the server grants it all the same.
            exchange.replies.last?.code != "+OK"
        else { return nil }
        let said = Quote.command(of: exchange)
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The login was answered \(Quote.of(refusal)), and the client went on with \(said) as if it \
                were logged in.
                """,
                ja: """
                    ログインは \(Quote.of(refusal)) と拒否されたのに、クライアントはログインできたかのように \(said) を送りました。
                    """))
    }
}
