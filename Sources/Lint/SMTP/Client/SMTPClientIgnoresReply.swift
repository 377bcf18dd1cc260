import Conversation

/// The client goes on as if it had not heard that the server refused.
struct SMTPClientIgnoresReply: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "smtp.client.ignores-reply",
        title: Words("The client talks on though the server has refused", ja: "拒否の応答を無視して話し続けています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §3.3; RFC 5321 §4.2.1",
        means: Words(
            """
            Each reply begins with a code, and 4yz or 5yz means that the command was not done. A client that \
            talks on regardless of result codes sends its mail into nothing: the server refuses all that \
            builds on the refused command, or reads the message as commands, and the user believes that it \
            was sent.
            """,
            ja: """
                応答の先頭にはコードがあり、4yz と 5yz はコマンドが実行されなかったことを示します。リザルト\
                コードを無視して話し続けるクライアントのメールはどこにも届きません。サーバーは拒否したコマンド\
                に続くものをすべて拒否するか、メッセージをコマンドとして読んでしまい、利用者は送れたものと思\
                い込みます。
                """),
        remedy: Words(
            """
            Let the client read the code of every reply, stop at 4yz and 5yz, and tell the user what the \
            server said. To give up a transaction it says RSET or QUIT.
            """,
            ja: """
                すべての応答のコードを確かめ、4yz や 5yz なら中断し、サーバーの応答を利用者に知らせるようにし\
                てください。処理を打ち切るには RSET か QUIT を送ります。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 550 5.7.1 you may not send here
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
            S: 550 5.7.1 you may not send here
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    private var unanswered = SMTPUnanswered()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none else {
            unanswered.hear(line, in: session)
            return nil
        }
        let mayHaveHeard = unanswered.isIdle
        unanswered.hear(line, in: session)
        guard mayHaveHeard, !session.hasGap, let verb = session.command?.verb,
            let refused = Self.refused(before: verb, in: session.smtp), let reply = refused.reply, line.at >= reply.at,
            reply.code.first == "4" || reply.code.first == "5"
        else { return nil }
        let (answer, next) = (Quote.of(reply), Quote.of(line))
        return finding(
            at: Place(line), in: session,
            means: refused.command.isEmpty
                ? Words(
                    """
                    The server greeted the client with \(answer), which means that it takes no mail, and the \
                    client said next \(next), as if it had been welcome.
                    """,
                    ja: """
                        サーバーは \(answer) と挨拶してメールを受け付けないことを示しましたが、クライアントは受け\
                        入れられたかのように、次に \(next) を送りました。
                        """)
                : Words(
                    """
                    The server refused \(refused.command)\(refused.others.en) with \(answer), and the client \
                    said next \(next), as if it had been accepted.
                    """,
                    ja: """
                        サーバーは\(refused.others.ja) \(refused.command) を \(answer) で拒否しましたが、クライア\
                        ントは受け付けられたかのように、次に \(next) を送りました。
                        """))
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        unanswered.hear(exchange)
        return nil
    }

    private struct Refused {
        /// As it stands in a sentence; empty for a greeting.
        var command = ""
        var others = Words("", ja: "")
        var reply: Reply?

        init(greeting: Reply) {
            reply = greeting
        }

        init(_ exchange: Exchange, others count: Int = 0) {
            command = Quote.of(exchange.command)
            reply = exchange.replies.last
            if count > 0 {
                others = Words(
                    ", the last of \(count + 1) recipients that it refused,",
                    ja: "宛先 \(count + 1) 件をすべて拒否し、最後の")
            }
        }
    }

    /// What was refused that `verb` builds on; nil where nothing was.
    private static func refused(before verb: String, in smtp: SMTPSoFar) -> Refused? {
        guard smtp.isGreeted else {
            guard smtp.commands == 0, Verbs.hello.contains(verb) else { return nil }
            return smtp.greeting.map { Refused(greeting: $0) }
        }
        switch verb {
        case "MAIL": return smtp.hello == .none ? smtp.refusedHello.map { Refused($0) } : nil
        case "RCPT": return smtp.transaction == nil ? smtp.refusedMail.map { Refused($0) } : nil
        case "DATA", "BDAT":
            guard let transaction = smtp.transaction else { return smtp.refusedMail.map { Refused($0) } }
            guard transaction.accepted == 0, let last = transaction.lastRefused else { return nil }
            return Refused(last, others: transaction.refused - 1)
        default: return nil
        }
    }
}
