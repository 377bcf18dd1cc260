import Conversation
import Wire

/// SELECT succeeds and does not tell what a client has to know.
struct IMAPServerSelectIncomplete: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.server.select-incomplete",
        title: Words("SELECT does not tell all that it has to", ja: "SELECT の応答に必要な情報が足りない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §6.3.2; RFC 3501 §6.3.1",
        means: Words(
            """
            By the answer to SELECT or EXAMINE a client learns the flags, how many messages there are, and whether the \
            UIDs that it knows still hold. What is missing it has to guess, and its cache may show the wrong mail.
            """,
            ja: """
                クライアントは SELECT や EXAMINE の応答で、使えるフラグ、メッセージ数、手元の UID がまだ有効かを知ります。\
                足りない情報は推測するしかなく、キャッシュが別のメールを表示することもあります。
                """),
        remedy: Words(
            """
            Let the server answer with FLAGS, EXISTS, UIDVALIDITY, UIDNEXT and PERMANENTFLAGS; with RECENT in \
            IMAP4rev1 and with LIST in IMAP4rev2.
            """,
            ja: """
                FLAGS、EXISTS、UIDVALIDITY、UIDNEXT、PERMANENTFLAGS に加え、IMAP4rev1 では RECENT、\
                IMAP4rev2 では LIST を返すようにしてください。
                """),
        violating: IMAPScene.loggedIn + """
            C: a2 SELECT INBOX
            S: * 3 EXISTS
            S: * 0 RECENT
            S: * OK [UIDVALIDITY 1] unique
            S: a2 OK [READ-WRITE] selected
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + IMAPScene.logout,
        dialects: [.imap])

    private struct Told: OptionSet {
        let rawValue: Int
        static let flags = Told(rawValue: 1)
        static let exists = Told(rawValue: 2)
        static let recent = Told(rawValue: 4)
        static let list = Told(rawValue: 8)
        static let uidValidity = Told(rawValue: 16)
        static let uidNext = Told(rawValue: 32)
        static let permanentFlags = Told(rawValue: 64)

        static let names: [(Told, String)] = [
            (.flags, "FLAGS"), (.exists, "EXISTS"), (.recent, "RECENT"), (.list, "LIST"),
            (.uidValidity, "UIDVALIDITY"), (.uidNext, "UIDNEXT"), (.permanentFlags, "PERMANENTFLAGS"),
        ]
    }

    private var told: Told = []
    private var isCut = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.imap.isSelecting else { return nil }
        guard session.piece(line) == .start, let data = IMAPData(line) else {
            if session.piece(line) == .unknown { isCut = true }
            return nil
        }
        if data.is("FLAGS") {
            told.insert(.flags)
        } else if data.is("EXISTS") {
            told.insert(.exists)
        } else if data.is("RECENT") {
            told.insert(.recent)
        } else if data.is("LIST") {
            told.insert(.list)
        } else if data.is("OK"), let code = data.code.first {
            if ASCII.equal(code, "UIDVALIDITY") { told.insert(.uidValidity) }
            if ASCII.equal(code, "UIDNEXT") { told.insert(.uidNext) }
            if ASCII.equal(code, "UIDNOTSTICKY") { told.insert(.uidValidity) }
        }
        // The code of flags may be longer than others are looked at.
        if data.is("OK"), ASCII.equal(data.rest.prefix(15), "[PERMANENTFLAGS") { told.insert(.permanentFlags) }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "SELECT" || exchange.verb == "EXAMINE" else { return nil }
        defer {
            told = []
            isCut = false
        }
        guard let reply = exchange.replies.last, reply.code == "OK", !isCut, session.followsIMAP else { return nil }
        let needed: Told =
            session.imap.isRev2
            ? [.flags, .exists, .list, .uidValidity, .uidNext, .permanentFlags]
            : [.flags, .exists, .recent, .uidValidity]
        let missing = needed.subtracting(told)
        guard !missing.isEmpty else { return nil }
        let names = Told.names.filter { missing.contains($0.0) }.map(\.1).joined(separator: ", ")
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            severity: missing.isDisjoint(with: [.flags, .exists]) ? .warning : nil,
            means: Words(
                "The server completed \(Quote.of(exchange.command)) and did not tell \(names).",
                ja: "サーバーは \(Quote.of(exchange.command)) を完了しましたが、\(names) を返していません。"))
    }
}
