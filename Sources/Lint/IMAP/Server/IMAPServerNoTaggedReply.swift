import Conversation

/// A command is never completed, and later ones are.
struct IMAPServerNoTaggedReply: Rule {
    static let about = RuleDescription(
        id: "imap.server.no-tagged-reply",
        title: Words("The server never completes a command", ja: "完了応答のないコマンドがある"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.2.2; RFC 3501 §2.2.2",
        means: Words(
            """
            Each command is answered by OK, NO or BAD with its tag. A client waits for it, and hangs, or takes the \
            connection for dead.
            """,
            ja: """
                コマンドには必ず、そのタグを付けた OK、NO、BAD のいずれかで応答します。\
                応答がないとクライアントは待ち続けて固まるか、接続が切れたとみなします。
                """),
        remedy: Words(
            "Let the server end each command with a tagged answer, that of a failed one too.",
            ja: "失敗した場合も含め、すべてのコマンドをタグ付き応答で終えるようにしてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 ID NIL
            S: * ID NIL
            C: a3 NOOP
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 ID NIL
            S: * ID NIL
            S: a2 OK done
            C: a3 NOOP
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// Nanoseconds after which an answer will not come any more where the session ends without LOGOUT.
    private static let patience: Int64 = 60_000_000_000

    /// Where the last of the commands stands that were completed.
    private var completed: UInt64?
    /// What is no command to the server has no tag to answer it by (RFC 9051 §7.1.3).
    private var isBad = false
    private var isLoggedOut = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .server, !isBad, let data = IMAPData(line), data.is("BAD") { isBad = true }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        switch exchange.replies.last?.code {
        case "OK", "NO", "BAD":
            completed = max(completed ?? 0, exchange.offset)
            if exchange.verb == "LOGOUT" { isLoggedOut = true }
            return nil
        case "+" where exchange.verb == "IDLE": return nil
        default: break
        }
        guard let completed, completed > exchange.offset, !exchange.verb.isEmpty, exchange.verb != "DONE", !isBad,
            session.followsIMAP, !session.wasInjected,
            // It may still be at work on it.
            isLoggedOut || session.last.since(exchange.asked) > Self.patience
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The server never completed \(Quote.of(exchange.command)), though it completed commands that were \
                said after it.
                """,
                ja: """
                    サーバーは、後から送られたコマンドには応答したのに、\(Quote.of(exchange.command)) には\
                    完了応答を返しませんでした。
                    """))
    }
}
