import Conversation
import Wire

/// The greeting, or the answer to EHLO, does not begin with the name of the server.
struct SMTPServerGreetingNoDomain: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.greeting-no-domain",
        title: Words(
            "The greeting does not begin with the server's host name", ja: "挨拶がサーバーのホスト名で始まっていない"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.2, §4.3.1, §4.1.1.1",
        means: Words(
            """
            Behind 220, and in the first line of the answer to EHLO, stands the host name of the server. Clients log \
            it, and compare it with their own name to notice that they talk to themselves. A keyword in the first line \
            after EHLO is not seen at all.
            """,
            ja: """
                220 の直後と、EHLO への応答の最初の行には、サーバーのホスト名を書きます。クライアントはこれをログに残し、\
                自分の名前と比べてループに気付きます。EHLO への応答の最初の行にキーワードを書いても、クライアントは\
                読みません。
                """),
        remedy: Words(
            "Set the full host name of the server in its configuration, and let the greeting begin with it.",
            ja: "サーバーの設定で完全なホスト名を指定し、挨拶がその名前で始まるようにしてください。"),
        violating: """
            protocol: smtp
            S: 220 -- ready when you are --
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com -- ready when you are --
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let reply = exchange.replies.last, !session.hasGap, let line = reply.lines.first else { return nil }
        let isGreeting = session.exchange == 0 && exchange.isUnasked
        switch (exchange.verb, reply.code) {
        case ("", "220") where isGreeting: break
        case ("EHLO", "250"), ("LHLO", "250"): break
        default: return nil
        }
        // A lone CR is another rule's.
        let word = line[...].drop(while: \.isBlank).prefix { !$0.isBlank && $0 != Byte.cr }
        let isKeyword = !isGreeting && SMTPKeywords.common.contains(ASCII.uppercased(word.prefix(32)))
        guard isKeyword || !ServerName.isName(word) else { return nil }
        let what =
            isGreeting ? Words("greeted", ja: "挨拶") : Words("answered \(exchange.verb)", ja: "\(exchange.verb) への応答")
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server \(what.en) with \(Quote.of(reply)), where its host name should stand first. \
                \(isKeyword ? "Clients skip this line, and with it the keyword." : "Clients log and compare that name.")
                """,
                ja: """
                    サーバーの\(what.ja)は \(Quote.of(reply)) で、先頭にあるべきホスト名がありません。\
                    \(isKeyword ? "クライアントはこの行を飛ばすので、キーワードも読まれません。" : "この名前はログやループの検出に使われます。")
                    """))
    }
}
