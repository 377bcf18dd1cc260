import Conversation

/// A line of UIDL that is not a number and an id.
struct POP3ServerUIDLSyntax: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.uidl-syntax",
        title: Words("A line of UIDL is not a number and an id", ja: "UIDL の行が番号と ID になっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §7",
        means: Words(
            """
            Each line of UIDL is the number of a message, a space, and its id, and nothing else. A \
            client that reads it otherwise than meant skips a message, or fetches it each time anew.
            """,
            ja: """
                UIDL の各行はメッセージ番号、空白、ID だけです。意図と異なる読み方をされると、クライアントはメールを飛ばしたり、毎回取得し直したりします。
                """),
        remedy: Words(
            """
            Let the server say lines like `1 whqtswO00WBw418f9t5JxYwZ`, with nothing behind the id.
            """,
            ja: """
                サーバーは `1 whqtswO00WBw418f9t5JxYwZ` のように、ID の後に何も付けない行を送ってください。
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
            S: 1 a1 new
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
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let said = UniqueIDLine(line, in: session) else { return nil }
        switch said.listing {
        case .malformed:
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    In its answer to UIDL the server said \(Quote.of(line)), where a number, one space and an id \
                    are due, and nothing else.\(Self.blanks(line.bytes).en)
                    """,
                    ja: """
                        サーバーは UIDL の応答で \(Quote.of(line)) と送りましたが、番号、空白 1 個、ID だけでなければなりません。\
                        \(Self.blanks(line.bytes).ja)
                        """))
        case .id(let number, _), .badID(let number, _):
            guard let asked = session.pop3.asked?.number, asked != number else { return nil }
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    UIDL \(asked) was answered \(Quote.of(line)), which is about message \(number).
                    """,
                    ja: """
                        UIDL \(asked) への応答は \(Quote.of(line)) で、メッセージ \(number) について述べています。
                        """))
        }
    }

    /// What the blanks between number and id make of it.
    private static func blanks(_ line: [UInt8]) -> Words {
        let rest = line.drop { $0.isDigit }
        let count = rest.prefix { $0.isBlank }.count
        guard rest.count < line.count, count > 1 else { return Words("", ja: "") }
        return Words(
            " Between the two stand \(count) blanks: a client that takes what follows the first reads an empty id.",
            ja: "番号と ID の間に空白が \(count) 個あり、最初の空白の直後を読むクライアントには ID が空に見えます。")
    }
}
