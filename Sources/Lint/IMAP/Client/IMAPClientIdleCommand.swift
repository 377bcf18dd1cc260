import Conversation
import Wire

/// The client says something else than DONE while IDLE goes on.
struct IMAPClientIdleCommand: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.idle-command",
        title: Words("A command is said during IDLE", ja: "IDLE 中に DONE 以外を送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 2177 §3; RFC 9051 §6.3.13",
        means: Words(
            """
            While IDLE goes on the server waits for the one line DONE. It takes any other line for a bad end of IDLE, \
            and the command in it is not done.
            """,
            ja: """
                IDLE の間、サーバーは DONE の 1 行だけを待っています。それ以外の行は IDLE の不正な終わりとみなされ、\
                送ったコマンドは実行されません。
                """),
        remedy: Words(
            "Say DONE and wait for the tagged answer of IDLE before the next command.",
            ja: "DONE を送り、IDLE のタグ付き応答を待ってから次のコマンドを送ってください。"),
        violating: IMAPScene.selected + """
            C: a3 IDLE
            S: + idling
            C: a4 NOOP
            S: a3 BAD expected DONE
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 IDLE
            S: + idling
            C: DONE
            S: a3 OK done
            C: a4 NOOP
            S: a4 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], explains: [IMAPServerNoTaggedReply.self])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none, let idle = session.imap.idle,
            session.piece(line) == .start, !session.hasGap, !session.imap.saidBye
        else { return nil }
        let words = ASCII.words(line.bytes[...])
        // Blanks around it are another rule's matter.
        if words.count == 1, ASCII.equal(words[0], "DONE") { return nil }
        return finding(
            at: Place(line), in: session,
            means: idle.idlesSince == nil
                ? Words(
                    """
                    The client said \(Quote.of(line)) behind IDLE without DONE between. The server takes this line \
                    for the end of IDLE, and not for a command.
                    """,
                    ja: """
                        クライアントは IDLE の後、DONE を送らずに \(Quote.of(line)) を送りました。\
                        サーバーはこの行をコマンドではなく IDLE の終わりとして扱います。
                        """)
                : Words(
                    """
                    The client said \(Quote.of(line)) while IDLE was going on. Only DONE may be said there, and the \
                    server does not carry this out.
                    """,
                    ja: """
                        クライアントは IDLE 中に \(Quote.of(line)) を送りました。ここで送れるのは DONE だけで、\
                        サーバーはこのコマンドを実行しません。
                        """))
    }
}
