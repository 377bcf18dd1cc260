import Conversation
import Wire

/// What follows a literal of the client's shows that its octets were counted wrongly.
struct IMAPClientLiteralCount: Rule {
    static let about = RuleDescription(
        id: "imap.client.literal-count",
        title: Words("A literal of the client's has another length than announced", ja: "リテラルの長さが予告と違う"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §4.3; RFC 3501 §4.3",
        means: Words(
            """
            The number in braces says after how many octets the command goes on. Where it is too small the rest of \
            the literal is read as commands; where it is too great, the next commands as part of the literal.
            """,
            ja: """
                波括弧の数は、何オクテットの後にコマンドが続くかを示します。小さすぎればリテラルの残りがコマンドとして読まれ、\
                大きすぎれば次のコマンドがリテラルの一部になります。
                """),
        remedy: Words(
            "Count octets and not characters, after line ends have become CR LF.",
            ja: "改行を CR LF に変換した後で、文字数ではなくオクテット数を数えてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 CREATE {4+}
            C: Junkmail
            S: a2 BAD syntax error
            """,
        conforming: IMAPScene.loggedIn + """
            C: a2 CREATE {9+}
            C: Junk mail
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], besides: ["imap.client.no-logout"], desynchronises: true)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.piece(line) == .more, !session.hasGap, line.secretFrom == nil,
            let first = line.bytes.first, first != Byte.space, first != UInt8(ascii: ")"), first != UInt8(ascii: "]")
        else { return nil }
        let size = session.imap.pieces.client.literal?.size ?? 0
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Behind the \(size) octets of the literal comes \(Quote.of(line)), where a space, a parenthesis or \
                the end of the line is to stand. The literal is longer than the client announced.
                """,
                ja: """
                    \(size) オクテットのリテラルの直後は空白、括弧、行末のいずれかでなければなりませんが、\
                    \(Quote.of(line)) が続いています。リテラルが予告より長いことになります。
                    """))
    }
}
