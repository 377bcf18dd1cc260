import Conversation

/// A timestamp in the greeting that is no msg-id.
struct POP3ServerAPOPTimestampSyntax: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.apop-timestamp-syntax",
        title: Words("What looks like a timestamp in the greeting is none", ja: "グリーティングのタイムスタンプの書式が正しくない"),
        severity: .warning,
        side: .server,
        clause: "RFC 1939 §7; RFC 2449 §3",
        means: Words(
            """
            What stands between angle brackets in a greeting is a timestamp for APOP, in the form of a \
            Message-ID. Clients that are not strict try APOP with anything, and fail; those that are see \
            that the server does not know APOP.
            """,
            ja: """
                グリーティングの山括弧の中は APOP 用のタイムスタンプで、Message-ID の書式です。厳密でないクライアントは何にでも APOP を試して失敗し、厳密なクライ\
                アントは APOP に対応していないと判断します。
                """),
        remedy: Words(
            """
            Let the server greet with `<process.clock@host>` where it knows APOP, and with no angle \
            brackets where it does not.
            """,
            ja: """
                APOP に対応するなら `<process.clock@host>` の形で、対応しないなら山括弧を使わずにグリーティングを送ってください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK <pop.example.com> ready
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready <1896.697170952@pop.example.com>
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length == 0, session.pop3.greeting == nil, session.followsPOP3,
            let reply = exchange.replies.last, reply.code == "+OK",
            case .malformed(let found) = APOPTimestamp(reply.lines.first ?? [])
        else { return nil }
        let quote = Quote.of(Array(found))
        // The name of a host or of a program: servers that do not know APOP write such things too.
        let mayBeName = found.dropFirst().dropLast().allSatisfy {
            $0.isLetter || $0.isDigit || [0x2D, 0x2E].contains($0)
        }
        let isNumber = !found.contains { $0.isLetter }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            severity: mayBeName && !isNumber ? .note : nil,
            means: Words(
                """
                In the greeting stands \(quote), which has not the form of a Message-ID: a name, `@` and a \
                host, without spaces.
                """,
                ja: """
                    グリーティングに \(quote) がありますが、Message-ID の書式 (空白を含まない 名前@ホスト) になっていません。
                    """))
    }
}
