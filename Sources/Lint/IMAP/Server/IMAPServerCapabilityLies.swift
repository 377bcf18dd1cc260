import Conversation
import Wire

/// The server does not know a command that it lists.
struct IMAPServerCapabilityLies: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "imap.server.capability-lies",
        title: Words("The server refuses as unknown what it lists", ja: "提示した機能を BAD で拒否している"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.2.2; RFC 3501 §7.2.1",
        means: Words(
            """
            BAD says that the server does not understand a command. A client that trusts the listing and meets BAD \
            does not know what to think of the rest of it.
            """,
            ja: """
                BAD はサーバーがそのコマンドを理解できないという意味です。一覧を信じて BAD を受け取ったクライアントは、\
                他の項目も信用できなくなります。
                """),
        remedy: Words(
            "Take what the server cannot do out of its listing; a proxy in front of it has to do so as well.",
            ja: "使えない機能は CAPABILITY の一覧から外してください。手前にプロキシがあれば、その一覧も直してください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 IDLE
            S: a2 BAD unknown command
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 IDLE
            S: + idling
            C: DONE
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, exchange.replies.count == 1, let reply = exchange.replies.first, reply.code == "BAD",
            session.followsIMAP, !session.imap.isCompressed, let listed = session.imap.capabilities,
            // Who has said `+` knows IDLE.
            session.imap.pending.first(where: { $0.offset == exchange.offset })?.idlesSince == nil,
            let names = Self.capability(exchange, reply, session), let name = names.first(where: listed.contains)
        else { return nil }
        if case .malformed = IMAPForm(exchange) { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server lists \(name), and answered \(Self.quote(exchange)) with \(Quote.of(reply)), as if it did not \
                know the command. The command is well-formed.
                """,
                ja: """
                    サーバーは \(name) を提示しているのに、\(Self.quote(exchange)) に \(Quote.of(reply)) と応答しました。\
                    コマンドを知らないという意味になります。コマンドの書式は正しいものです。
                    """))
    }

    /// The end of the ones by which a client logs in is secret.
    private static func quote(_ exchange: Exchange) -> String {
        guard exchange.verb == "AUTHENTICATE" else { return Quote.of(exchange.command) }
        let words = exchange.command.split(separator: Byte.space)
        let mechanism = words.count > 2 ? " " + ASCII.uppercased(words[2].prefix(32)) : ""
        return "`AUTHENTICATE\(mechanism)\(words.count > 3 ? " ***" : "")`"
    }

    /// The capability that it takes, one of them, where nothing else can be wrong with it.
    private static func capability(_ exchange: Exchange, _ reply: Reply, _ session: SessionSoFar) -> [String]? {
        let words = exchange.command.split(separator: Byte.space, omittingEmptySubsequences: false)
        let isLoggedIn = session.imap.state == .authenticated || session.imap.state == .selected
        let isWritable = session.imap.state == .selected && session.imap.mailbox?.isReadOnly == false
        switch (exchange.verb, words.count) {
        case ("IDLE", 2) where isLoggedIn: return ["IDLE"]
        case ("NAMESPACE", 2) where isLoggedIn: return ["NAMESPACE"]
        case ("UNSELECT", 2) where session.imap.state == .selected: return ["UNSELECT"]
        case ("STARTTLS", 2) where session.layer == .clear && session.imap.state == .notAuthenticated:
            return ["STARTTLS"]
        case ("COMPRESS", 3) where isLoggedIn && !session.imap.isCompressed && ASCII.equal(words[2], "DEFLATE"):
            return ["COMPRESS=DEFLATE"]
        // A challenge that was answered or cancelled ends in BAD by right (RFC 9051 §6.2.2).
        case ("AUTHENTICATE", 3) where session.imap.state == .notAuthenticated:
            return ["AUTH=\(ASCII.uppercased(words[2].prefix(32)))"]
        // What is secret may be no base64, or too long.
        case ("AUTHENTICATE", 4)
        where session.imap.state == .notAuthenticated && !Self.isAboutResponse(reply)
            && session.imap.lists("AUTH=\(ASCII.uppercased(words[2].prefix(32)))") == true:
            return ["SASL-IR"]
        case ("ENABLE", 3...) where session.imap.state == .authenticated: return ["ENABLE"]
        case ("ID", 3...): return isWellFormed(exchange) ? ["ID"] : nil
        case ("UID MOVE", 5...) where isWritable: return isWellFormed(exchange) ? ["MOVE"] : nil
        case ("UID EXPUNGE", 4) where isWritable: return isWellFormed(exchange) ? ["UIDPLUS"] : nil
        case ("UID SORT", 6...) where session.imap.state == .selected: return isWellFormed(exchange) ? ["SORT"] : nil
        case ("UID SEARCH", 5...), ("SEARCH", 4...):
            let key = words[exchange.verb == "SEARCH" ? 2 : 3]
            guard session.imap.state == .selected, ASCII.equal(key, "RETURN"), isWellFormed(exchange) else {
                return nil
            }
            return ["ESEARCH"]
        case ("APPEND", 4...) where isLoggedIn:
            guard let literal = IMAPLiteralMark(endOf: exchange.command), !literal.waits, literal.size <= 4_096,
                isWellFormed(exchange)
            else { return nil }
            return ["LITERAL+", "LITERAL-"]
        default: return nil
        }
    }

    private static func isWellFormed(_ exchange: Exchange) -> Bool {
        if case .wellFormed = IMAPForm(exchange) { true } else { false }
    }

    private static func isAboutResponse(_ reply: Reply) -> Bool {
        let text = ASCII.uppercased((reply.lines.first ?? []).prefix(160))
        return ["BASE64", "ENCOD", "LONG", "LENGTH", "DECOD"].contains { text.contains($0) }
    }
}
