import Conversation
import Wire

/// The server has said that it closes, and the client goes on as if it had not.
struct SMTPClientTalksAfter421: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "smtp.client.talks-after-421",
        title: Words("The client goes on in a session that the server has ended", ja: "サーバーが終えたセッションを続けようとしています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §3.8; RFC 5321 §4.2.3",
        means: Words(
            """
            By 421 a server says that it closes the connection, mostly because nothing was said for too long; it may \
            say so at any time, to no command at all. A client that keeps connections for later finds this old reply \
            when it says its next command, takes it for the answer, and puts off mail that a new connection would \
            have delivered at once.
            """,
            ja: """
                421 は、サーバーが接続を閉じるという知らせです。多くは長く何も送られなかったためで、コマンドへの応答でなく\
                ても、いつでも言ってかまいません。接続を使い回すクライアントは、次のコマンドを送ったときにこの古い応答を見\
                つけて答えだとみなし、新しく接続すればすぐに届くメールを後回しにしてしまいます。
                """),
        remedy: Words(
            """
            Before it uses a connection again let the client read what the server may have said, and connect anew \
            where that is 421, or the connection is closed. Do not keep connections for longer than a minute or two.
            """,
            ja: """
                接続を再び使う前に、サーバーから届いているものを読み、421 であったり接続が閉じていたりすれば新しく接続する\
                ようにしてください。使わない接続を何分も残しておかないことです。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            wait: 300
            S: 421 4.4.2 mx.example.com timeout
            wait: 60
            C: MAIL FROM:<alice@example.com>
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            wait: 300
            S: 421 4.4.2 mx.example.com timeout
            wait: 60
            C: QUIT
            end: server-closed
            """,
        dialects: [.smtp, .lmtp])

    private static let second: Int64 = 1_000_000_000

    private var farewell: Reply?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, let reply = farewell.take(), session.followsSMTP,
            session.end == nil, let verb = session.command?.verb, !Verbs.goodbye.contains(verb)
        else { return nil }
        // Before that it may not have heard of it.
        let seconds = line.at.since(reply.at) / Self.second
        guard seconds >= 1 else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                \(seconds) seconds after the server had ended the session with \(Quote.of(reply)) the client said \
                \(Quote.of(line)). Whoever takes the 421 for the answer to it holds the server for unwilling, and has \
                only to connect anew.
                """,
                ja: """
                    サーバーが \(Quote.of(reply)) でセッションを終えてから \(seconds) 秒後に、クライアントは \
                    \(Quote.of(line)) を送りました。この 421 を応答とみなすと、サーバーに断られたことになりますが、接続し直\
                    せば済むことです。
                    """))
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        if let reply = exchange.replies.last, reply.code == "421", session.exchange != 0 { farewell = reply }
        return nil
    }
}
