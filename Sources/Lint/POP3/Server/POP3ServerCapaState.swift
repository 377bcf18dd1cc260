import Conversation

/// A capability that is gone after login.
struct POP3ServerCapaState: Rule {
    static let hears: RuleEvents = [.capabilities, .handshake]
    static let about = RuleDescription(
        id: "pop3.server.capa-state",
        title: Words("A capability is gone after login", ja: "ログイン後に機能が一覧から消えている"),
        severity: .error,
        side: .server,
        clause: "RFC 2449 §5",
        means: Words(
            """
            What is listed before login must be listed after it as well. A client that asks again then \
            does without: it fetches whole messages where TOP or UIDL would have saved it that.
            """,
            ja: """
                ログイン前に示した機能は、ログイン後にも示さなければなりません。ログイン後に確認し直すクライアントはその機能を使わず、TOP や UIDL で済むところでメール全体を取\
                得してしまいます。
                """),
        remedy: Words(
            """
            Let the server list in both states what it listed before login.
            """,
            ja: """
                サーバーはログイン前に示した機能をログイン後にも示すようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: UIDL
            S: TOP
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: CAPA
            S: +OK
            S: TOP
            S: .
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: TOP
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: CAPA
            S: +OK
            S: TOP
            S: UIDL
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// Those with which a client comes to its mail. What belongs to the login many servers leave out once that is over.
    private static let lasting = ["TOP", "UIDL", "RESP-CODES", "PIPELINING"]

    private var before: [String] = []

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, session.pop3.endIsHeard else { return nil }
        guard session.pop3.isLoggedIn else {
            before = Self.lasting.filter(listing.contains)
            return nil
        }
        let gone = before.filter { !listing.contains($0) }
        guard !gone.isEmpty else { return nil }
        let names = gone.joined(separator: ", ")
        return finding(
            at: listing.place, in: session,
            means: Words(
                """
                Before login the server listed \(names), and after it no more.
                """,
                ja: """
                    サーバーはログイン前に \(names) を示しましたが、ログイン後の一覧にはありません。
                    """))
    }

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        // What was listed in clear is to be forgotten.
        if facts.securesClient { before = [] }
        return nil
    }
}
