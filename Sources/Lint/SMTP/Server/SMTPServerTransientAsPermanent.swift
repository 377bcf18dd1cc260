import Conversation

/// The words of a refusal say that it passes, and its code that it does not; or the other way about.
struct SMTPServerTransientAsPermanent: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.transient-as-permanent",
        title: Words(
            "A refusal's words and its code disagree on whether to try again",
            ja: "拒否の文とコードで再送の可否が食い違っている"),
        severity: .note,
        side: .server,
        clause: "RFC 5321 §4.2.1",
        means: Words(
            """
            Clients read the code: 4yz is tried again, 5yz goes back to the sender. A mailbox that does not exist with \
            4yz keeps mail in queues for days; a server that is only busy and says 5yz makes it bounce at once.
            """,
            ja: """
                クライアントはコードだけを見ます。4yz なら再送し、5yz なら差出人に返します。存在しない宛先に 4yz を返すとメールが\
                何日もキューに残り、混雑しているだけなのに 5yz を返すとすぐにエラーメールになります。
                """),
        remedy: Words(
            "Take 4yz where the same command may succeed later, 5yz where it will not.",
            ja: "同じコマンドが後で成功し得るなら 4yz を、成功しないなら 5yz を使ってください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 550 greylisted, try again later
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 450 greylisted, try again later
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), let reply = exchange.replies.last, reply.refuses,
            // Words that another server said, or that a list of spammers' addresses goes by, are quoted.
            !reply.says([" said: ", "host says"])
        else { return nil }
        let isPermanent = reply.code.first == "5"
        guard reply.says(isPermanent ? Self.passing : Self.lasting) else { return nil }
        let en = isPermanent ? "tell of something that passes" : "tell of something that will not change"
        let ja = isPermanent ? "一時的な事情を述べています" : "変わらない事情を述べています"
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(exchange.verb.isEmpty ? "the client" : exchange.spokenName.en) with \
                \(Quote.of(reply)): its words \(en), its code says \(isPermanent ? "never" : "later").
                """,
                ja: """
                    サーバーは \(Quote.of(reply)) と応答しました。文は\(ja)が、コードは\
                    \(isPermanent ? "恒久的な" : "一時的な")失敗です。
                    """))
    }

    private static let passing = [
        "try again later", "try later", "greylist", "graylist", "grey list", "temporar", "too busy",
    ]
    private static let lasting = [
        "user unknown", "unknown user", "no such user", "unknown mailbox", "no such mailbox", "user not found",
    ]
}
