import Conversation

/// The same id for two messages.
struct POP3ServerUIDLDuplicate: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.server.uidl-duplicate",
        title: Words("Two messages have the same id", ja: "二つのメールの ID が同じ"),
        severity: .error,
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
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: DELE 1
            S: +OK deleted
            C: DELE 2
            S: +OK deleted
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

    /// Two messages with one id.
    private struct Pair: Sendable {
        var first: UInt64
        var second: UInt64
        var id: String
        var place: Place

        func partner(of number: UInt64) -> UInt64? { number == second ? first : number == first ? second : nil }
    }

    /// Of so many pairs is remembered which they are.
    private static let limit = 100

    /// The numbers of the messages of this listing by what stands for their ids.
    private var seen: [Int: UInt64] = [:]
    private var listing: UInt64?
    private var pairs: [Pair] = []
    private var count = 0

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let asked = session.pop3.listing, let said = UniqueIDLine(line, in: session),
            case .id(let number, let id) = said.listing
        else { return nil }
        if listing != asked.offset {
            listing = asked.offset
            seen = [:]
            pairs = []
            count = 0
        }
        let key = id.hashValue
        guard let first = seen[key] else {
            if seen.count < POP3SoFar.messageLimit { seen[key] = number }
            return nil
        }
        guard first != number else { return nil }
        count += 1
        if pairs.count < Self.limit {
            pairs.append(Pair(first: first, second: number, id: Quote.of(Array(id)), place: Place(line)))
        }
        return nil
    }

    /// Lost is what the client deletes and never fetched, where it has another message of that id.
    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard exchange.verb == "DELE", !pairs.isEmpty, session.followsPOP3, exchange.replies.last?.code == "+OK",
            let number = pop3.asked(exchange)?.number, pop3.retrieved[number] == nil, pop3.remembersAll,
            let pair = pairs.first(where: { pair in
                pair.partner(of: number).map { Self.isWhole(pop3.retrieved[$0]) } ?? false
                    && !Self.mayBeCopies(pair, pop3)
            }),
            let other = pair.partner(of: number)
        else { return nil }
        let sizes = Self.sizes(pair.first, pair.second, pop3)
        return finding(
            at: pair.place, in: session,
            means: Words(
                """
                In its answer to UIDL the server gave messages \(pair.first) and \(pair.second) the same id, \(pair.id)\
                \(sizes.map { ", though they are of \($0.0) and \($0.1) octets" } ?? ""). The client fetched message \
                \(other), took message \(number) for the same, and deleted it without fetching it: it is lost.
                """,
                ja: """
                    サーバーは UIDL の応答でメッセージ \(pair.first) と \(pair.second) に同じ ID \(pair.id) を付けました\
                    \(sizes.map { " (大きさは \($0.0) と \($0.1) オクテット)" } ?? "")。クライアントはメッセージ \(other) を取得し、\
                    \(number) も同じものと見なして、取得せずに削除しました。このメールは失われます。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        // Of one size they may be copies.
        guard let pair = pairs.first(where: { !Self.mayBeCopies($0, pop3) }) ?? pairs.first else { return nil }
        let isMild = Self.mayBeCopies(pair, pop3)
        let sizes = isMild ? nil : Self.sizes(pair.first, pair.second, pop3)
        let skipped = [(pair.first, pair.second), (pair.second, pair.first)].first {
            pop3.retrieved[$0] == nil && Self.isWhole(pop3.retrieved[$1])
        }
        return finding(
            at: pair.place, in: session, severity: isMild ? .note : .warning,
            means: Words(
                """
                In its answer to UIDL the server gave messages \(pair.first) and \(pair.second) the same id: \(pair.id)\
                \(sizes.map { ", though they are of \($0.0) and \($0.1) octets" } ?? "").\
                \(count > 1 ? " There are \(count) such lines." : "")\
                \(skipped.map { " The client fetched message \($0.1), and not message \($0.0)." } ?? "")
                """,
                ja: """
                    サーバーは UIDL の応答でメッセージ \(pair.first) と \(pair.second) に同じ ID \(pair.id) を付けました\
                    \(sizes.map { " (大きさは \($0.0) と \($0.1) オクテット)" } ?? "")。\
                    \(count > 1 ? "このような行は \(count) 行あります。" : "")\
                    \(skipped.map { "クライアントはメッセージ \($0.1) を取得しましたが、メッセージ \($0.0) は取得していません。" } ?? "")
                    """))
    }

    private static func isWhole(_ retrieval: POP3SoFar.Retrieval?) -> Bool {
        if case .whole? = retrieval { true } else { false }
    }

    private static func sizes(_ first: UInt64, _ second: UInt64, _ pop3: POP3SoFar) -> (UInt64, UInt64)? {
        guard let one = pop3.sizes[first], let other = pop3.sizes[second] else { return nil }
        return (one, other)
    }

    private static func mayBeCopies(_ pair: Pair, _ pop3: POP3SoFar) -> Bool {
        sizes(pair.first, pair.second, pop3).map { $0.0 == $0.1 } ?? false
    }
}
