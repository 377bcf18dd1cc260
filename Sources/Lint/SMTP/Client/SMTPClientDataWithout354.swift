import Conversation

/// The client sends a message though the server did not ask for it.
struct SMTPClientDataWithout354: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan]
    static let about = RuleDescription(
        id: "smtp.client.data-without-354",
        title: Words(
            "The message is sent though the server did not answer 354",
            ja: "354 を受け取っていないのにメッセージを送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §3.3",
        means: Words(
            """
            Only after DATA and 354 are the client's lines a message. Where the server answers anything else \
            it goes on to read commands: each line of the message is answered as one, and a line that looks \
            like a command is obeyed.
            """,
            ja: """
                クライアントの行がメッセージとして扱われるのは、DATA に 354 が返された後だけです。ほかの応答\
                の場合、サーバーは引き続きコマンドを読みます。メッセージの各行がコマンドとして扱われ、コマンド\
                に見える行は実行されてしまいます。
                """),
        remedy: Words(
            """
            Let the client read the reply to DATA and send the message after 354 only; after anything else \
            it says RSET or QUIT.
            """,
            ja: """
                DATA への応答を確かめ、354 の場合にだけメッセージを送るようにしてください。それ以外の場合は \
                RSET か QUIT を送ります。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 451 4.3.0 try later
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 500 what?
            S: 500 what?
            S: 500 what?
            S: 500 what?
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
            C: DATA
            S: 451 4.3.0 try later
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientPipeliningWrongMember.self, SMTPClientPipeliningNotOffered.self], desynchronises: true)

    private var unanswered = SMTPUnanswered()
    /// DATA and what was answered instead of 354; nothing was said since.
    private var refused: Reply?
    private var isEarly = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        unanswered.hear(line, in: session)
        guard line.direction == .client, line.kind == .command, let refused else { return nil }
        self.refused = nil
        guard line.at >= refused.at, line.end != .none, session.followsSMTP, !SMTPVerbs.begins(line.bytes, in: session)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server answered DATA with \(Quote.of(refused)), and the client sent its message all the \
                same; the server takes its first line, \(Quote.of(line)), for a command, and so all that follow.
                """,
                ja: """
                    サーバーは DATA に \(Quote.of(refused)) と答えましたが、クライアントは構わずメッセージを送りま\
                    した。サーバーは最初の行 \(Quote.of(line)) も、それに続く行も、すべてコマンドとして読みます。
                    """))
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        if unanswered.before(message) != nil { isEarly = true }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        unanswered.hear(exchange)
        guard exchange.verb == "DATA", exchange.length > 0 else { return nil }
        defer { isEarly = false }
        guard let reply = exchange.replies.last, reply.code.first != "3", session.followsSMTP else { return nil }
        guard isEarly else {
            refused = reply
            return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client sent its message right behind DATA, without waiting, and the server answered DATA \
                with \(Quote.of(reply)). It takes what it was sent for commands.
                """,
                ja: """
                    クライアントは応答を待たずに DATA のすぐ後にメッセージを送りましたが、サーバーは DATA に \
                    \(Quote.of(reply)) と答えました。送られた内容はコマンドとして読まれます。
                    """))
    }
}
