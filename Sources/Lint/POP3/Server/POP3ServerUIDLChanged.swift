import Conversation

/// Another id for the same message.
struct POP3ServerUIDLChanged: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.uidl-changed",
        title: Words("A message has another id than before", ja: "メールの ID が以前と変わっている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §7",
        means: Words(
            """
            An id belongs to its message for as long as that is in the mailbox. Where it changes, \
            clients fetch all their mail anew each time; where it passes to another message, they never \
            fetch that one.
            """,
            ja: """
                ID は、メールがメールボックスにある限り変わってはいけません。変わるとクライアントは毎回すべてのメールを取得し直し、別のメールに使い回されるとそのメールを取得しませ\
                ん。
                """),
        remedy: Words(
            """
            Let the server store the id with the message, and not make it of its place in the mailbox or \
            of a time.
            """,
            ja: """
                サーバーは ID をメールとともに保存し、メールボックス内の位置や時刻から作らないようにしてください。
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
            S: .
            C: UIDL 1
            S: +OK 1 b1
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
            C: UIDL 1
            S: +OK 1 a1
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    /// What stands for the ids of messages, by their numbers, which hold for a session.
    private var ids: [UInt64: Int] = [:]

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let said = UniqueIDLine(line, in: session), case .id(let number, let id) = said.listing else {
            return nil
        }
        let key = id.hashValue
        guard let before = ids[number] else {
            if ids.count < POP3SoFar.messageLimit { ids[number] = key }
            return nil
        }
        guard before != key else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                In its answer to UIDL the server said \(Quote.of(line)), and had told another id of message \
                \(number) in this session before.
                """,
                ja: """
                    サーバーは UIDL の応答で \(Quote.of(line)) と送りましたが、このセッションで先にメッセージ \(number) について示した ID と異なりま\
                    す。
                    """))
    }
}
