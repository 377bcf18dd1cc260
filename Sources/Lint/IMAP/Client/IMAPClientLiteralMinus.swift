import Conversation
import Wire

/// A literal without leave that is longer than LITERAL- allows.
struct IMAPClientLiteralMinus: Rule {
    static let hears: RuleEvents = [.utterance]
    /// RFC 7888 §5.
    private static let limit: UInt64 = 4_096

    static let about = RuleDescription(
        id: "imap.client.literal-minus",
        title: Words("A literal without leave is longer than 4096 octets", ja: "4096 オクテットを超える `{n+}` リテラル"),
        severity: .error,
        side: .client,
        clause: "RFC 7888 §5; RFC 9051 §4.3",
        means: Words(
            """
            LITERAL- and IMAP4rev2 let a client say a literal at once only up to 4096 octets. A server has to refuse a \
            longer one, and may end the connection.
            """,
            ja: """
                LITERAL- と IMAP4rev2 で、待たずに送れるリテラルは 4096 オクテットまでです。\
                それより長いものをサーバーは拒否しなければならず、接続を切ることもあります。
                """),
        remedy: Words(
            "Write `{n}` and wait for `+` where a literal is longer than 4096 octets.",
            ja: "4096 オクテットを超えるリテラルは `{n}` と書き、`+` を待ってから送ってください。"),
        violating: IMAPScene.loggedIn("IMAP4rev1 LITERAL-") + """
            C: a2 APPEND INBOX {5000+}
            S: a2 BAD too long
            end: server-closed
            """,
        conforming: IMAPScene.loggedIn("IMAP4rev1 LITERAL-") + """
            C: a2 APPEND INBOX {13+}
            C: Subject: hi
            C: 
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.secretFrom == nil, line.dropped == 0, line.end != .none,
            line.bytes.last == UInt8(ascii: "}")
        else { return nil }
        switch session.piece(line) {
        case .start, .more: break
        case .literal, .unknown: return nil
        }
        let imap = session.imap
        guard let literal = IMAPLiteralMark(endOf: line.bytes), !literal.waits, literal.size > Self.limit,
            imap.lists("LITERAL+") == false, imap.lists("LITERAL-") == true || imap.lists("IMAP4REV2") == true,
            !session.hasGap
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)) and does not wait, and the server allows that only up to 4096 octets.
                """,
                ja: """
                    クライアントは待たずに \(Quote.of(line)) を送りましたが、サーバーが許すのは 4096 オクテットまでです。
                    """))
    }
}
