import Conversation

/// The same id for two messages.
struct POP3ServerUIDLDuplicate: Rule {
    static let about = RuleDescription(
        id: "pop3.server.uidl-duplicate",
        title: Words("Two messages have the same id", ja: "二つのメールの ID が同じ"),
        severity: .warning,
        side: .server,
        clause: "RFC 1939 §7",
        means: Words(
            """
            By its id a client knows which messages it has. Where two have the same one it fetches the \
            first and takes the other for known; that is harmless for identical copies only.
            """,
            ja: """
                クライアントは ID で受信済みかどうかを判断します。ID が同じメールが二つあると、片方だけを取得して他方は受信済みと見なします。差し支えないのは内容がまったく同じ場\
                合だけです。
                """),
        remedy: Words(
            """
            Let the server give each message an id of its own, not one made of a part of its content.
            """,
            ja: """
                サーバーはメールの内容の一部から作るのではなく、メールごとに異なる ID を付けてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: UIDL
            S: +OK
            S: 1 a1
            S: 2 a1
            S: .
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: UIDL
            S: +OK
            S: 1 a1
            S: 2 a2
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// The numbers of the messages of this listing by what stands for their ids.
    private var seen: [Int: UInt64] = [:]
    private var listing: UInt64?
    private var mild: Finding?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let asked = session.pop3.listing, let said = UniqueIDLine(line, in: session),
            case .id(let number, let id) = said.listing
        else { return nil }
        if listing != asked.offset {
            listing = asked.offset
            seen = [:]
        }
        let key = id.hashValue
        guard let first = seen[key] else {
            if seen.count < POP3SoFar.messageLimit { seen[key] = number }
            return nil
        }
        guard first != number else { return nil }
        let sizes = session.pop3.sizes
        // Of one size they may be copies.
        let maybeCopies = sizes[first] != nil && sizes[first] == sizes[number]
        let found = finding(
            at: Place(line), in: session, severity: maybeCopies ? .note : nil,
            means: Words(
                """
                In its answer to UIDL the server gave messages \(first) and \(number) the same id: \
                \(Quote.of(Array(id))).
                """,
                ja: """
                    サーバーは UIDL の応答でメッセージ \(first) と \(number) に同じ ID \(Quote.of(Array(id))) を付けました。
                    """))
        guard maybeCopies else { return found }
        mild = mild ?? found
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
