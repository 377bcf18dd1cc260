import Conversation

/// A reply whose first digit this command cannot have.
struct SMTPServerWrongClass: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.wrong-class",
        title: Words(
            "The first digit of the reply is impossible for this command",
            ja: "応答コードの 1 桁目がこのコマンドではあり得ない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2.1, §4.3.2",
        means: Words(
            """
            3yz says: go on, I wait for more; it is for DATA and AUTH. DATA is never done with 2yz. A client that \
            hears such a reply does not know whether it is to send text or the next command, and the two lose step.
            """,
            ja: """
                3yz は「続きを待っている」という意味で、DATA と AUTH だけに返します。また DATA に 2yz を返すことはありません。\
                このような応答を受けたクライアントは、本文を送るのか次のコマンドを送るのか分からず、以後の対話がずれます。
                """),
        remedy: Words(
            "Answer DATA with 354 or a refusal, AUTH with 334, 235 or a refusal, and all else with 2yz, 4yz or 5yz.",
            ja: """
                DATA には 354 か拒否を、AUTH には 334、235 か拒否を、それ以外には 2yz、4yz、5yz のいずれかを返して\
                ください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 354 go ahead
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        desynchronises: true)

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last,
            SMTPReplyCodes.isWellFormed(reply.code.utf8), let row = SMTPReplyCodes.row(exchange.verb),
            Self.isWrong(reply, for: row)
        else { return nil }
        let name = exchange.spokenName
        let isGo = reply.code.first == "3"
        let en = isGo ? "A 3yz asks for more, and there is none to come" : "A 2yz says that all is done before any text"
        let ja = isGo ? "3yz は続きを求める応答ですが、続くものはありません" : "2yz では本文を受け取る前に完了したことになります"
        return finding(
            at: Place(reply, exchange: session.exchange), in: session, clause: row.clause,
            means: Words(
                "The server answered \(name.en) with \(Quote.of(reply)). \(en); from here on the two may be out of step.",
                ja: """
                    \(name.ja)に対してサーバーは \(Quote.of(reply)) と応答しました。\(ja)。これ以後、両者の対話はずれている\
                    おそれがあります。
                    """))
    }

    /// A 3yz where nothing can follow, the 3yz of another command, a 2yz where something must follow.
    static func isWrong(_ reply: Reply, for row: SMTPReplyCodes.Row) -> Bool {
        switch reply.code.first {
        case "2": row.success.isEmpty
        case "3":
            row.intermediate.isEmpty
                || SMTPReplyCodes.isIntermediate(reply.code) && !row.intermediate.contains(reply.code)
        default: false
        }
    }
}
