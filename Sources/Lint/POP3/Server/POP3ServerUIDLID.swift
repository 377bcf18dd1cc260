import Conversation

/// An id in UIDL that is none.
struct POP3ServerUIDLID: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.uidl-id",
        title: Words("An id in UIDL is empty, too long, or has other characters", ja: "UIDL の ID が空か長すぎるか使えない文字を含む"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §7",
        means: Words(
            """
            An id has 1 to 70 characters from 0x21 to 0x7E. A client that cannot keep another one skips \
            the message, or fetches it each time anew; some have even broken on them.
            """,
            ja: """
                ID は 0x21 から 0x7E の文字 1 個から 70 個までです。それ以外の ID を保存できないクライアントはメールを飛ばしたり、毎回取得し直したりします。異\
                常終了するものもありました。
                """),
        remedy: Words(
            """
            Let the server make ids of 1 to 70 printable ASCII characters without spaces.
            """,
            ja: """
                サーバーは空白を含まない印字可能な ASCII 文字 1 個から 70 個で ID を作ってください。
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
            S: 1 
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
        guard let said = UniqueIDLine(line, in: session), case .badID(let number, let id) = said.listing else {
            return nil
        }
        let what: (en: String, ja: String) =
            id.isEmpty
            ? ("is empty", "空です")
            : id.count > UniqueIDListing.longest
                ? ("has \(id.count) characters", "\(id.count) 文字あります")
                : ("has characters outside 0x21 to 0x7E", "0x21 から 0x7E 以外の文字を含みます")
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                In its answer to UIDL the server said \(Quote.of(line)): the id of message \(number) \
                \(what.en).
                """,
                ja: """
                    サーバーは UIDL の応答で \(Quote.of(line)) と送りました。メッセージ \(number) の ID は\(what.ja)。
                    """))
    }
}
