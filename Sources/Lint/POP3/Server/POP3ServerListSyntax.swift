import Conversation

/// A line of LIST that is not a number and a size.
struct POP3ServerListSyntax: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.list-syntax",
        title: Words("A line of LIST is not a number and a size", ja: "LIST の行が番号とサイズになっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5",
        means: Words(
            """
            Each line of LIST is the number of a message, a space, and its size. A client that cannot \
            read a line leaves the message out, or all of them.
            """,
            ja: """
                LIST の各行はメッセージ番号、空白、サイズです。読めない行があると、クライアントはそのメッセージ、あるいはすべてのメッセージを取得しません。
                """),
        remedy: Words(
            """
            Let the server say lines like `1 120`, in decimal, with one space between.
            """,
            ja: """
                サーバーは `1 120` のように、十進数を空白 1 個で区切った行を送ってください。
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
            C: LIST
            S: +OK
            S: 1: 120
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
            C: LIST
            S: +OK
            S: 1 120
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let size = SizeLine(line, in: session) else { return nil }
        switch size.listing {
        case .malformed:
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    In its answer to LIST the server said \(Quote.of(line)), where a number, a space and a size \
                    are due.
                    """,
                    ja: """
                        サーバーは LIST の応答で \(Quote.of(line)) と送りましたが、番号、空白、サイズの形でなければなりません。
                        """))
        case .scan(0, _, _):
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    In its answer to LIST the server said \(Quote.of(line)); messages are numbered from 1, and \
                    there is no message 0.
                    """,
                    ja: """
                        サーバーは LIST の応答で \(Quote.of(line)) と送りましたが、メッセージ番号は 1 からで、メッセージ 0 はありません。
                        """))
        case .scan(let number, _, _):
            guard let asked = size.asked.number, asked != number else { return nil }
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    LIST \(asked) was answered \(Quote.of(line)), which is about message \(number).
                    """,
                    ja: """
                        LIST \(asked) への応答は \(Quote.of(line)) で、メッセージ \(number) について述べています。
                        """))
        }
    }
}
