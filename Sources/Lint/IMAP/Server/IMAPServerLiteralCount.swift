import Conversation
import Wire

/// What follows a literal of the server's shows that its octets were counted wrongly.
struct IMAPServerLiteralCount: Rule {
    static let about = RuleDescription(
        id: "imap.server.literal-count",
        title: Words("A literal of the server's has another length than announced", ja: "サーバーのリテラルの長さが予告と違う"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §4.3; RFC 3501 §4.3",
        means: Words(
            """
            The number in braces says after how many octets the response goes on. Where it is wrong the client cuts \
            the message off, or takes text of the message for responses.
            """,
            ja: """
                波括弧の数は、何オクテットの後に応答が続くかを示します。これが間違っていると、クライアントはメッセージを\
                途中で切るか、本文を応答として読んでしまいます。
                """),
        remedy: Words(
            "Count the octets as they are sent, with CR LF at the end of each line.",
            ja: "各行末を CR LF にした、実際に送るとおりのオクテット数を数えてください。"),
        violating: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {10}
            S: Subject: too long
            S: )
            S: a3 OK done
            """,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {19}
            S: Subject: too long
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], desynchronises: true)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.piece(line) == .more, !session.hasGap,
            let literal = session.imap.pieces.server.literal
        else { return nil }
        switch line.bytes.first {
        case nil, Byte.space, UInt8(ascii: ")"), UInt8(ascii: "]"): return nil
        default: break
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Behind the \(literal.size) octets of a literal comes \(Quote.of(line)), where a space, a parenthesis \
                or the end of the line is to stand.
                """,
                ja: """
                    \(literal.size) オクテットのリテラルの直後は空白、括弧、行末のいずれかでなければなりませんが、\
                    \(Quote.of(line)) が続いています。
                    """))
    }
}
