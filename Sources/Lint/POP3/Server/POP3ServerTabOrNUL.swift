import Conversation
import Wire

/// A control character in the first line of an answer.
struct POP3ServerTabOrNUL: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "pop3.server.tab-or-nul",
        title: Words("A control character stands in the first line of an answer", ja: "応答の最初の行に制御文字がある"),
        severity: .warning,
        side: .server,
        clause: "RFC 2449 §3",
        means: Words(
            """
            The text of an answer is for people to read. In clients written in C a NUL ends it, and what \
            stands behind is not seen; other control characters upset terminals and logs.
            """,
            ja: """
                応答の文は人が読むためのものです。C で書かれたクライアントでは NUL で文字列が終わり、その後は見えません。ほかの制御文字も端末やログの表示を乱します。
                """),
        remedy: Words(
            """
            Let the server say printable text only.
            """,
            ja: """
                サーバーは印字可能な文字だけを送るようにしてください。
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
            S: +OK not\\x00hing
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

    private var mild: Finding?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.kind == .reply, line.end != .none, session.pop3.listing == nil,
            session.layer != .agreed,
            let first = line.bytes.first(where: { ($0 < Byte.space && $0 != Byte.cr) || $0 == 0x7F })
        else { return nil }
        let hasNUL = line.bytes.contains(0)
        let octet = hasNUL ? "0x0" : "0x" + String(first, radix: 16, uppercase: true)
        let found = finding(
            at: Place(line), in: session, severity: hasNUL ? nil : .note,
            means: Words(
                """
                The server said \(Quote.of(line)), with the control character \(octet) in it.
                """,
                ja: """
                    サーバーの \(Quote.of(line)) には制御文字 \(octet) が含まれています。
                    """))
        guard !hasNUL else { return found }
        mild = mild ?? found
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
