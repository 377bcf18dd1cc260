import Conversation
import Wire

/// A command is never completed, and later ones are.
struct IMAPServerNoTaggedReply: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBytes]
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
    /// Nanoseconds of silence after which the answer to the last command will not come any more.
    private static let silence: Int64 = 20_000_000_000

    /// A condition that the server told without a tag, as if it were the answer to the command that waits for one.
    private var untagged: Utterance?
    /// What the server told last.
    private var lastHeard: Utterance?
    private var lastMessage = Timestamp(nanoseconds: 0)
    /// What is no command to the server has no tag to answer it by (RFC 9051 §7.1.3).
    private var isBad = false
    private var isLoggedOut = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.piece(line) == .start else { return nil }
        lastHeard = line
        guard let data = IMAPData(line) else { return nil }
        if data.is("BAD") { isBad = true }
        if let waiting = session.imap.pending.last, Self.answers(data, waiting.verb) { untagged = line }
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        if direction == .server { lastMessage = time }
        return nil
    }

    private static let ends: [StaticString] = [
        "COMPLETE", "SUCCE", "DONE", "FAIL", "DENIED", "NOT ALLOWED", "LOGGED IN",
    ]

    /// It reads as the completion of a command, and not as news.
    private static func answers(_ data: IMAPData, _ verb: String) -> Bool {
        if data.is("BAD") { return true }
        guard data.is("OK") || data.is("NO") else { return false }
        let verb = verb.split(separator: " ").last ?? ""
        let saysVerb = !verb.isEmpty && ASCII.words(data.rest.prefix(128)).contains { ASCII.uppercased($0) == verb }
        return saysVerb && IMAPText.says(data.rest, ends)
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
        if exchange.replies.isEmpty, let finding = lastOne(exchange, session) { return finding }
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

    /// The command for whose answer the client was waiting when the session ended.
    private func lastOne(_ exchange: Exchange, _ session: SessionSoFar) -> Finding? {
        guard !exchange.verb.isEmpty, exchange.verb != "DONE", exchange.verb != "IDLE", exchange.verb != "LOGOUT",
            session.followsIMAP, !session.wasInjected,
            // It has not been said whole.
            session.imap.speaking != exchange.offset, let heard = lastHeard, heard.at > exchange.asked,
            case .wellFormed = IMAPForm(exchange)
        else { return nil }
        let silence = session.last.since(max(heard.until, lastMessage))
        guard silence >= Self.silence else { return nil }
        let seconds = silence / 1_000_000_000
        if let untagged, untagged.at > exchange.asked {
            return finding(
                at: Place(untagged), in: session,
                means: Words(
                    """
                    The server answered \(Quote.of(exchange.command)) with \(Quote.of(untagged)), a star where the tag is to \
                    stand. For the client the command was never completed, and it waited \(seconds) seconds.
                    """,
                    ja: """
                        サーバーは \(Quote.of(exchange.command)) に、タグの代わりに `*` を付けて \(Quote.of(untagged)) と\
                        応答しました。クライアントにとってコマンドは完了しておらず、\(seconds) 秒待ちました。
                        """))
        }
        guard heard.kind == .reply else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: .warning,
            means: Words(
                """
                The server never completed \(Quote.of(exchange.command)). The last that it told was \(Quote.of(heard)), \
                and then it was silent for \(seconds) seconds.
                """,
                ja: """
                    サーバーは \(Quote.of(exchange.command)) に完了応答を返しませんでした。\
                    最後に \(Quote.of(heard)) を送った後、\(seconds) 秒間何も送っていません。
                    """))
    }
}
