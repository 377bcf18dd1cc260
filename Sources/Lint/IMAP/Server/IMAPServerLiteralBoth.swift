import Conversation

/// The server lists LITERAL+ and LITERAL-.
struct IMAPServerLiteralBoth: Rule {
    static let hears: RuleEvents = [.exchange, .capabilities]
    static let about = RuleDescription(
        id: "imap.server.literal-both",
        title: Words("The server lists LITERAL+ and LITERAL- together", ja: "LITERAL+ と LITERAL- を同時に提示している"),
        severity: .error,
        side: .server,
        clause: "RFC 7888 §5",
        means: Words(
            """
            LITERAL+ allows literals of any length without leave, LITERAL- up to 4096 octets. A server must not list \
            both, since a client could not tell which of them holds.
            """,
            ja: """
                LITERAL+ は任意の長さ、LITERAL- は 4096 オクテットまでのリテラルを待たずに送ることを許します。\
                両方を提示してはならず、クライアントはどちらに従えばよいか分かりません。
                """),
        remedy: Words(
            "Let the server list the one of the two that it keeps to.",
            ja: "実際に従うほうだけを提示してください。"),
        violating: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1 LITERAL+ LITERAL- AUTH=PLAIN] ready
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1 LITERAL+ AUTH=PLAIN] ready
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap])

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        check(IMAPListing(listing), session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        IMAPListing(exchange, in: session).flatMap { check($0, session) }
    }

    private func check(_ listing: IMAPListing, _ session: SessionSoFar) -> Finding? {
        guard listing.names.contains("LITERAL+"), listing.names.contains("LITERAL-") else { return nil }
        return finding(
            at: listing.place, in: session,
            means: Words(
                "One listing of the server's has both LITERAL+ and LITERAL-, which contradict each other.",
                ja: "サーバーの一つの提示に、互いに矛盾する LITERAL+ と LITERAL- の両方があります。"))
    }
}
