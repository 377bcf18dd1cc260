import Conversation
import Wire

/// DONE is said while no IDLE goes on.
struct IMAPClientDoneWithoutIdle: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.client.done-without-idle",
        title: Words("DONE is said and no IDLE goes on", ja: "IDLE 中でないのに DONE を送っています"),
        severity: .error,
        side: .client,
        clause: "RFC 2177 §3; RFC 9051 §6.3.13",
        means: Words(
            """
            DONE ends an IDLE and is no command by itself. Said once more, or without an IDLE, it is a command without \
            a tag: the server answers BAD, and a client that takes that for the answer to its next command is out of \
            step.
            """,
            ja: """
                DONE は IDLE を終えるもので、それだけではコマンドではありません。二度送ったり IDLE なしで送ったりすると、\
                タグのないコマンドとして BAD が返り、それを次のコマンドの応答と見なすクライアントはずれていきます。
                """),
        remedy: Words("Let the client say DONE once for each IDLE.", ja: "IDLE ごとに一度だけ DONE を送らせてください。"),
        violating: IMAPScene.selected + """
            C: a3 IDLE
            S: + idling
            C: DONE
            S: a3 OK done
            C: DONE
            S: * BAD invalid tag
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 IDLE
            S: + idling
            C: DONE
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// Where the client said it.
    private var said: UInt64?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.followsIMAP, session.imap.idle == nil else { return nil }
        let words = ASCII.words(line.bytes[...])
        if words.count == 1, ASCII.equal(words[0], "DONE") { said = line.offset }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let said, said == exchange.offset, exchange.length > 0, exchange.replies.last?.refuses == true else {
            return nil
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said DONE while no IDLE was going on; the server took it for a command and answered \
                \(exchange.replies.last.map(Quote.of) ?? "").
                """,
                ja: """
                    クライアントは IDLE 中でないのに DONE を送り、サーバーはコマンドと見なして \
                    \(exchange.replies.last.map(Quote.of) ?? "") と答えました。
                    """))
    }
}
