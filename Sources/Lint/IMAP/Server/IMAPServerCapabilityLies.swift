import Conversation
import Wire

/// The server does not know a command that it lists.
struct IMAPServerCapabilityLies: Rule {
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
            session.followsIMAP, let listed = session.imap.capabilities,
            // Who has said `+` knows IDLE.
            session.imap.pending.first(where: { $0.offset == exchange.offset })?.idlesSince == nil,
            let name = Self.capability(exchange, session), listed.contains(name)
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server lists \(name), and answered \(Quote.of(exchange.command)) with \(Quote.of(reply)), as if \
                it did not know the command.
                """,
                ja: """
                    サーバーは \(name) を提示しているのに、\(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しました。\
                    コマンドを知らないという意味になります。
                    """))
    }

    /// The capability that it takes, where nothing else can be wrong with it.
    private static func capability(_ exchange: Exchange, _ session: SessionSoFar) -> String? {
        let words = exchange.command.split(separator: Byte.space, omittingEmptySubsequences: false)
        let isLoggedIn = session.imap.state == .authenticated || session.imap.state == .selected
        switch (exchange.verb, words.count) {
        case ("IDLE", 2) where isLoggedIn: return "IDLE"
        case ("NAMESPACE", 2) where isLoggedIn: return "NAMESPACE"
        case ("UNSELECT", 2) where session.imap.state == .selected: return "UNSELECT"
        case ("STARTTLS", 2) where session.layer == .clear && session.imap.state == .notAuthenticated:
            return "STARTTLS"
        case ("COMPRESS", 3) where isLoggedIn && !session.imap.isCompressed && ASCII.equal(words[2], "DEFLATE"):
            return "COMPRESS=DEFLATE"
        // A challenge that was answered or cancelled ends in BAD by right (RFC 9051 §6.2.2).
        case ("AUTHENTICATE", 3) where session.imap.state == .notAuthenticated:
            return "AUTH=\(ASCII.uppercased(words[2].prefix(32)))"
        default: return nil
        }
    }
}
