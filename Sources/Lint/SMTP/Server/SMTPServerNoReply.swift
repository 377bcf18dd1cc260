import Conversation

/// A command gets no reply.
struct SMTPServerNoReply: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.no-reply",
        title: Words("A command got no reply", ja: "コマンドに応答がない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2",
        means: Words(
            """
            Each command has exactly one reply. A client that waits for it stands still until it gives up; one that \
            does not takes each later reply for that of the command before.
            """,
            ja: """
                コマンド一つに必ず一つの応答を返します。応答を待つクライアントはタイムアウトまで止まり、待たずに続ける\
                クライアントは以後の応答を一つ前のコマンドのものと取り違えます。
                """),
        remedy: Words(
            "Find out in the server's log what became of the command, and let each way through the server end in a reply.",
            ja: """
                サーバーのログでコマンドがどう処理されたかを調べ、どのような経路でも必ず応答を返すようにしてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            wait: 301
            C: QUIT
            S: 221 mx.example.com closing
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            wait: 301
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            end: server-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerCodeForPhase.self, SMTPServerWrongClass.self, SMTPServerNo221.self],
        besides: ["smtp.client.pipelining-not-offered", "smtp.client.pipelining-wrong-member"])

    private var order = SMTPReplyOrder()
    private var missing = MissingReply()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session),
            let found = missing.hear(exchange, isOver: order.isOver, in: session)
        else { return nil }
        return finding(at: found.place, in: session, means: found.means)
    }
}

extension MissingReply.Found {
    var place: Place {
        switch self {
        case .counted(_, _, let place), .awaited(_, _, let place), .partial(_, _, let place): place
        }
    }

    var means: Words {
        switch self {
        case .counted(let verb, let reply, _):
            Words(
                """
                There is a reply too few: the server's \(Quote.of(reply)) is for QUIT, and by their count it would be \
                for \(verb.isEmpty ? "another command" : verb). That command, or one before it, got no reply.
                """,
                ja: """
                    応答が一つ足りません。サーバーの \(Quote.of(reply)) は QUIT への応答ですが、順に数えると\
                    \(verb.isEmpty ? "別のコマンド" : " \(verb) ")への応答になります。そのコマンドか、それより前のコマンドに\
                    応答がありませんでした。
                    """)
        case .partial(let answered, let seconds, _):
            Words(
                """
                In LMTP the end of a message gets a reply for each recipient that was accepted. The server said \
                \(answered), and in \(seconds) seconds, until the session ended, not the next: for whom the message \
                was stored is not known.
                """,
                ja: """
                    LMTP では、メッセージの終わりに、受け付けた宛先ごとの応答を返します。サーバーは \(answered) 個しか返さず、\
                    セッションが終わるまでの \(seconds) 秒間、次の応答はありませんでした。誰に届いたのか分かりません。
                    """)
        case .awaited(let verb, let seconds, _):
            Words(
                """
                \(verb == "." ? "The end of the message" : verb.isEmpty ? "A command" : verb) got no reply within \
                \(seconds) seconds, when the session ended.
                """,
                ja: """
                    \(verb == "." ? "メッセージの終わり" : verb.isEmpty ? "コマンド" : "\(verb) ")に対する応答がないまま \(seconds) 秒が過ぎ、\
                    セッションが終わりました。
                    """)
        }
    }
}
