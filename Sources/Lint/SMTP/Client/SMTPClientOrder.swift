import Conversation

/// The client says a command of a transaction before those that come first.
struct SMTPClientOrder: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.order",
        title: Words("RCPT or DATA is said before what must come first", ja: "RCPT や DATA の順序が正しくありません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §3.3; RFC 5321 §4.1.4",
        means: Words(
            """
            A transaction is MAIL, then one RCPT or more, then DATA. A server answers 503 to what comes out \
            of order, and it has no effect.
            """,
            ja: """
                トランザクションは MAIL、一つ以上の RCPT、DATA の順に進みます。順序の違うコマンドには 503 が\
                返され、何も行われません。
                """),
        remedy: Words(
            """
            Let the client keep to the order, and begin each message with a MAIL of its own: with the end of \
            a message its recipients are forgotten.
            """,
            ja: """
                順序を守り、メッセージごとに MAIL から始めるようにしてください。メッセージが終わると宛先は忘\
                れられます。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: RCPT TO:<bob@example.net>
            S: 503 5.5.1 MAIL first
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, session.followsSMTP, session.smtp.hello != .none else { return nil }
        let smtp = session.smtp
        let missing: String
        switch exchange.verb {
        case "RCPT":
            guard smtp.transaction == nil, smtp.refusedMail == nil else { return nil }
            missing = "MAIL"
        case "DATA", "BDAT":
            // Chunks may follow one that was refused, or the last, which is another matter.
            guard smtp.lastVerb != "BDAT" else { return nil }
            if let transaction = smtp.transaction {
                guard transaction.accepted == 0, transaction.refused == 0 else { return nil }
                missing = "RCPT"
            } else {
                guard smtp.refusedMail == nil else { return nil }
                missing = "MAIL"
            }
        default: return nil
        }
        if let dropped = smtp.droppedBy, missing == "MAIL" {
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    """
                    The client said \(Quote.of(exchange.command)) after \(dropped), which had thrown away the transaction \
                    with its sender and recipients: they have to be named anew.
                    """,
                    ja: """
                        クライアントは \(dropped) の後に \(Quote.of(exchange.command)) を送りました。\(dropped) は差出人と宛先を\
                        含むトランザクションを破棄するため、MAIL と RCPT からやり直す必要があります。
                        """))
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                "The client said \(Quote.of(exchange.command)), and no \(missing) before it in this transaction.",
                ja: """
                    クライアントは、このトランザクションで \(missing) を送らないまま \
                    \(Quote.of(exchange.command)) を送りました。
                    """))
    }
}
