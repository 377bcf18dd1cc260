import Conversation
import Wire

/// TOP that shows more lines than were asked for.
struct POP3ServerTOPWrong: Rule {
    static let hears: RuleEvents = [.exchange, .messageBegan, .messageBytes, .ended]
    static let about = RuleDescription(
        id: "pop3.server.top-wrong",
        title: Words("TOP shows more lines than were asked for", ja: "TOP が指定より多くの行を返している"),
        severity: .warning,
        side: .server,
        clause: "RFC 1939 §7",
        means: Words(
            """
            TOP gives the header, the empty line behind it, and as many lines of the body as were asked \
            for. Who asked for none to save time gets all of a large message.
            """,
            ja: """
                TOP が返すのはヘッダー、空行、そして指定した行数の本文です。通信量を減らすために 0 行と指定したのに、大きなメールがすべて送られてくることになります。
                """),
        remedy: Words(
            """
            Let the server count the lines behind the first empty one, and stop at the number that TOP \
            names.
            """,
            ja: """
                サーバーは最初の空行より後の行を数え、TOP で指定された行数で止めるようにしてください。
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
            C: TOP 1 1
            S: +OK
            S: Subject: hello
            S: 
            S: one
            S: two
            S: three
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
            C: TOP 1 1
            S: +OK
            S: Subject: hello
            S: 
            S: one
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var body = BodyLines()
    private var mild: Finding?

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        body = BodyLines()
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        if session.pop3.asked?.verb == "TOP" { body.hear(bytes) }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard exchange.verb == "TOP", session.followsPOP3, exchange.replies.last?.code == "+OK", pop3.endIsHeard,
            let number = pop3.asked(exchange)?.number,
            let lines = exchange.arguments.dropFirst().first.flatMap({ ASCII.number($0) }), body.count > lines
        else { return nil }
        // One empty line more is added by servers that end each message with one.
        let isHarmless = body.count - lines == 1 && body.endsEmpty
        let found = finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: isHarmless ? .note : nil,
            means: Words(
                """
                The number of lines behind the header in the answer to TOP \(number) \(lines) is \
                \(body.count), where \(lines) had been asked for.
                """,
                ja: """
                    TOP \(number) \(lines) への応答には、ヘッダーの後に \(body.count) 行がありました。指定は \(lines) 行です。
                    """))
        guard isHarmless else { return found }
        mild = mild ?? found
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
