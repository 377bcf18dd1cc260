import Conversation

/// RETR of a message that was retrieved before.
struct POP3ClientRETRRepeat: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.retr-repeat",
        title: Words("The client retrieves the same message again", ja: "同じメールをもう一度取得している"),
        severity: .note,
        side: .client,
        clause: "RFC 1939 §7, §8",
        means: Words(
            """
            The message came whole the first time. To fetch it again costs time and load, and where the \
            client does not know that it is the same it has the message twice.
            """,
            ja: """
                最初の取得でメールは最後まで届いています。もう一度取得するのは時間と負荷の無駄で、同じメールだと気付かないクライアントでは二重に受信したことになります。
                """),
        remedy: Words(
            """
            Let the client keep what it fetched, and remember the ids that UIDL gives.
            """,
            ja: """
                クライアントは取得したメールを保持し、UIDL の ID を記録しておくようにしてください。
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
            S: +OK
            S: Subject: hello
            S: 
            S: .
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: .
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
            C: TOP 1 0
            S: +OK
            S: Subject: hello
            S: 
            S: .
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "RETR", session.followsPOP3, exchange.replies.last?.code == "+OK",
            let number = session.pop3.asked(exchange)?.number,
            case .whole(let octets)? = session.pop3.retrieved[number]
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client retrieved message \(number) again, of which it had got all \(octets) octets in \
                this session before.
                """,
                ja: """
                    クライアントは、このセッションですでに \(octets) オクテットすべてを受信したメッセージ \(number) をもう一度取得しました。
                    """))
    }
}
