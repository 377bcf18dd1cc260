import Conversation

/// The number of a message that there is not.
struct POP3ClientBadNumber: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.bad-number",
        title: Words("The client names a message that there is not", ja: "存在しないメッセージ番号を指定している"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §4, §5",
        means: Words(
            """
            Messages are numbered from 1, in decimal, for the time of a session; a deleted one cannot be \
            named any more. A client that names another has lost count, and may take or delete the wrong \
            message.
            """,
            ja: """
                メッセージ番号はセッションの間だけ有効な 1 からの十進数で、削除した番号はもう指定できません。ほかの番号を指定するクライアントは数え間違えており、別のメールを取得した\
                り削除したりするおそれがあります。
                """),
        remedy: Words(
            """
            Let the client take the numbers from LIST or STAT of this session, and leave out those that \
            it deleted.
            """,
            ja: """
                クライアントはこのセッションの LIST や STAT で得た番号を使い、削除した番号は除くようにしてください。
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
            S: +OK 1 120
            C: RETR 2
            S: -ERR no such message
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
            S: +OK 1 120
            C: LIST 1
            S: +OK 1 120
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var mild: Finding?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard POP3Verbs.numbered.contains(exchange.verb), session.followsPOP3, let asked = pop3.asked(exchange),
            let reply = exchange.replies.last, let fault = Self.fault(exchange, asked, reply, pop3)
        else { return nil }
        let said = Quote.command(of: exchange)
        let found = finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: fault.severity,
            means: Words(
                """
                The client said \(said), and \(fault.en). The server answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは \(said) を送りましたが、\(fault.ja)。サーバーの応答は \(Quote.of(reply)) でした。
                    """))
        guard fault.severity == .note else { return found }
        mild = mild ?? found
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }

    private static func fault(
        _ exchange: Exchange, _ asked: POP3SoFar.Asked, _ reply: Reply, _ pop3: POP3SoFar
    ) -> (severity: Severity, en: String, ja: String)? {
        let needsNumber = exchange.verb == "RETR" || exchange.verb == "DELE"
        guard asked.arguments > 0 else {
            return needsNumber ? (.error, "names no message", "メッセージ番号がありません") : nil
        }
        guard let number = asked.number else {
            return (.error, "what it names is no decimal number", "引数が十進数ではありません")
        }
        if number == 0 { return (.error, "there is no message 0", "メッセージ 0 はありません") }
        // What the server gives must be there.
        guard reply.code == "-ERR" else { return nil }
        if pop3.deleted.contains(number) {
            return (
                .error, "had deleted message \(number) before: numbers do not move up within a session",
                "メッセージ \(number) はすでに削除しています。セッション中に番号が詰められることはありません"
            )
        }
        guard let total = pop3.total, number > total else { return nil }
        // To see whether the server knows a command some clients try it on whatever number.
        return (
            needsNumber ? .error : .note, total == 0 ? "there is no message" : "the last message is number \(total)",
            "メッセージは \(total) 通です"
        )
    }
}
