import Conversation

/// The first line of an answer is longer than 512 octets.
struct POP3ServerFirstLineTooLong: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.server.first-line-too-long",
        title: Words("The first line of an answer is longer than 512 octets", ja: "応答の最初の行が 512 オクテットを超えている"),
        severity: .warning,
        side: .server,
        clause: "RFC 2449 §4; RFC 1939 §3",
        means: Words(
            """
            The first line of an answer has at most 512 octets, its line end among them. Clients with a \
            buffer of that size cut the line, and take the rest for the next one.
            """,
            ja: """
                応答の最初の行は行末を含めて 512 オクテットまでです。その大きさのバッファーしか持たないクライアントは行を途中で切り、残りを次の行と見なします。
                """),
        remedy: Words(
            """
            Shorten the text behind +OK or -ERR.
            """,
            ja: """
                +OK や -ERR に続く文を短くしてください。
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
            C: NOOP
            S: +OK nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing
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
            C: NOOP
            S: +OK nothing
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private static let longest = 512

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.kind == .reply, line.length > Self.longest, session.pop3.listing == nil
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server said a line of \(line.length) octets: \(Quote.of(line)). A client need not take \
                more than \(Self.longest).
                """,
                ja: """
                    サーバーは \(line.length) オクテットの行を送りました: \(Quote.of(line))。クライアントが受け付けるべき長さは \
                    \(Self.longest) オクテットまでです。
                    """))
    }
}
