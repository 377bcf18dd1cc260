import Conversation

/// The server lists no version of IMAP.
struct IMAPServerCapabilityNoRev: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .capabilities]
    static let about = RuleDescription(
        id: "imap.server.capability-no-rev",
        title: Words("The server lists neither IMAP4rev1 nor IMAP4rev2", ja: "IMAP4rev1 も IMAP4rev2 も提示していない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §6.1.1, §7.2.2; RFC 3501 §7.2.1",
        means: Words(
            """
            Each listing of capabilities has IMAP4rev1 or IMAP4rev2 in it; by that a client knows the language. \
            Without it some clients fall back to what was before 1996, others give up.
            """,
            ja: """
                CAPABILITY の一覧には必ず IMAP4rev1 か IMAP4rev2 が含まれ、クライアントはそれで使う規格を知ります。\
                含まれていないと、1996 年以前の動作に戻るクライアントや、接続を諦めるクライアントがあります。
                """),
        remedy: Words(
            "Let the server list IMAP4rev1 or IMAP4rev2, before login as after it.",
            ja: "ログインの前も後も、IMAP4rev1 または IMAP4rev2 を提示するようにしてください。"),
        violating: IMAPScene.secure + """
            S: * OK [CAPABILITY IDLE AUTH=PLAIN] ready
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] ready
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap])

    /// Not all of the line was kept.
    private var isCut = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .server { isCut = line.dropped > 0 || session.piece(line) != .start || line.end == .none }
        return nil
    }

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        isCut ? nil : check(IMAPListing(listing), session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        IMAPListing(exchange, in: session).flatMap { check($0, session) }
    }

    private func check(_ listing: IMAPListing, _ session: SessionSoFar) -> Finding? {
        guard !listing.names.contains("IMAP4REV1"), !listing.names.contains("IMAP4REV2") else { return nil }
        let some = Quote.of(Array(listing.names.sorted().prefix(6).joined(separator: " ").utf8))
        return finding(
            at: listing.place, in: session,
            means: Words(
                "The server lists \(some) and neither IMAP4rev1 nor IMAP4rev2.",
                ja: "サーバーの提示は \(some) などで、IMAP4rev1 も IMAP4rev2 も含まれていません。"))
    }
}
