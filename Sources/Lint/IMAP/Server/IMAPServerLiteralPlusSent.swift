import Conversation
import Wire

/// The server announces a literal in a form that only clients have.
struct IMAPServerLiteralPlusSent: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.literal-plus-sent",
        title: Words("The server says a literal as `{n+}`", ja: "サーバーが `{n+}` の形でリテラルを送っている"),
        severity: .error,
        side: .server,
        clause: "RFC 7888 §3",
        means: Words(
            """
            The plus sign says that a client does not wait for leave. A server never waits, and must not write it; \
            clients do not know the form, and take the octets for responses.
            """,
            ja: """
                プラス記号は、クライアントがサーバーの許可を待たないことを示します。もともと待つことのないサーバーは使っては\
                ならず、クライアントはこの形を知らないため、中身を応答として読みます。
                """),
        remedy: Words(
            "Let the server write `{n}`.",
            ja: "サーバーが `{n}` と書くようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {13+}
            S: Subject: hi
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {13}
            S: Subject: hi
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.bytes.last == UInt8(ascii: "}"), line.dropped == 0, line.end != .none,
            line.kind == .reply, let literal = IMAPLiteralMark(endOf: line.bytes), !literal.waits
        else { return nil }
        let piece = session.piece(line)
        guard piece == .more || piece == .start && IMAPData(line)?.isCondition == false else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server ends \(Quote.of(line)) with `{\(literal.size)+}`, a form that is the client's alone.",
                ja: "サーバーの \(Quote.of(line)) は、クライアントしか使えない `{\(literal.size)+}` で終わっています。"))
    }
}
