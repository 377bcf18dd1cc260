import Conversation

/// It takes the first of LMTP's replies to a message for the only one.
struct SMTPClientLMTPOneReply: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "smtp.client.lmtp-one-reply",
        title: Words("The client reads too few of LMTP's replies to a message", ja: "メッセージへの LMTP の応答を全部読んでいない"),
        severity: .error,
        side: .client,
        clause: "RFC 2033 §4.2",
        means: Words(
            """
            In LMTP a message gets a reply for each recipient that was accepted. A client that reads the first only \
            takes the next for the answer to its next command, and so on: who got the message is then anybody's guess.
            """,
            ja: """
                LMTP では、受け付けられた宛先ごとにメッセージへの応答が一つ返ります。最初の一つしか読まないクライアントは、残りを次の\
                コマンドへの応答と取り違え、誰に届いたのか分からなくなります。
                """),
        remedy: Words(
            "Let the client read as many replies after the message as RCPT were accepted.",
            ja: "メッセージの後には、受け付けられた RCPT と同じ数の応答を読んでください。"),
        violating: """
            protocol: lmtp
            S: 220 store.example.com LMTP
            C: LHLO client.example.com
            S: 250 store.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 for bob
            C: QUIT
            S: 250 for carol
            S: 221 bye
            """,
        conforming: """
            protocol: lmtp
            S: 220 store.example.com LMTP
            C: LHLO client.example.com
            S: 250 store.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: RCPT TO:<carol@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 250 for bob
            S: 250 for carol
            C: QUIT
            S: 221 bye
            """,
        dialects: [.lmtp],
        explains: [SMTPClientPipeliningNotOffered.self, SMTPClientNextBeforeEndReply.self])

    private var replies = LMTPReplies()
    private var said: Reply?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        replies.hear(exchange)
        if exchange.verb == "." { said = exchange.replies.last }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, replies.count > 0,
            replies.count < replies.accepted, let said,
            session.followsSMTP, !session.smtp.offers("PIPELINING")
        else { return nil }
        let (due, got) = (replies.accepted, replies.count)
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                \(due) recipients were accepted, so that the message gets \(due) replies. The client said \
                \(Quote.of(line)) after \(got == 1 ? "the first" : "\(got)") of them, \(Quote.of(said)), and takes what \
                comes next for the answer to that.
                """,
                ja: """
                    宛先 \(due) 件が受け付けられたので、メッセージへの応答は \(due) 個です。クライアントは \(got) 個目の \
                    \(Quote.of(said)) を読んだところで \(Quote.of(line)) を送り、次に来るものをその応答とみなします。
                    """))
    }
}
