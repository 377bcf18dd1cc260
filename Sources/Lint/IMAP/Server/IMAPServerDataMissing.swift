import Conversation
import Wire

/// A command that asks for something is completed, and what it asked for did not come.
struct IMAPServerDataMissing: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.server.data-missing",
        title: Words("A command succeeds without its answer", ja: "コマンドが応答データなしに成功している"),
        severity: .warning,
        side: .server,
        clause: "RFC 9051 §6.1.1, §6.3.11, §6.4.4; RFC 3501 §6.1.1, §6.3.10, §6.4.4",
        means: Words(
            """
            CAPABILITY, NAMESPACE, STATUS and SEARCH are answered by a response of that name before the tagged OK, an \
            empty `* SEARCH` where nothing was found. Without it a client has nothing to go on with.
            """,
            ja: """
                CAPABILITY、NAMESPACE、STATUS、SEARCH には、タグ付きの OK の前に同名の応答を返します。何も見つからない\
                場合も空の `* SEARCH` を返します。これがないとクライアントは先に進めません。
                """),
        remedy: Words(
            "Let the server send the response, or NO where it cannot.",
            ja: "応答データを送るか、送れない場合は NO を返すようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 STATUS Sent (MESSAGES)
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 STATUS Sent (MESSAGES)
            S: * STATUS Sent (MESSAGES 3)
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// The command that is waited for alone, and its name in the response.
    private var asked: (offset: UInt64, name: String)?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        switch line.direction {
        case .client:
            guard line.kind == .command else { return nil }
            asked = nil
            guard session.followsIMAP, session.imap.pending.isEmpty, line.end != .none,
                let verb = session.command?.imapVerb
            else { return nil }
            switch verb {
            case "CAPABILITY", "NAMESPACE", "STATUS": asked = (line.offset, verb)
            // RETURN may ask for nothing to be told (RFC 5182 §2.1).
            case "SEARCH", "UID SEARCH":
                if !ASCII.words(line.bytes[...]).contains(where: { ASCII.equal($0, "RETURN") }) {
                    asked = (line.offset, "SEARCH")
                }
            default: break
            }
        case .server:
            guard let name = asked?.name else { return nil }
            let piece = session.piece(line)
            if piece == .unknown { asked = nil }
            guard piece == .start, let data = IMAPData(line) else { return nil }
            let keyword = ASCII.uppercased(data.keyword.prefix(16))
            if keyword == name || keyword == "E" + name { asked = nil }
            if name == "CAPABILITY", CapabilityListing(line) != nil { asked = nil }
        }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let asked, exchange.offset == asked.offset, exchange.length > 0 else { return nil }
        self.asked = nil
        guard let reply = exchange.replies.last, reply.code == "OK", session.followsIMAP,
            IMAPListing(exchange, in: session) == nil
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server answered \(Quote.of(exchange.command)) with \(Quote.of(reply)), and sent no \
                `* \(asked.name)` before.
                """,
                ja: "サーバーは `* \(asked.name)` を送らずに、\(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しました。"))
    }
}
