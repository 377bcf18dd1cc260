import Conversation
import Wire

/// The server says 8-bit bytes in a quoted string.
struct IMAPServerEightBitQuoted: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.eight-bit-quoted",
        title: Words("A quoted string of the server's is not 7-bit", ja: "サーバーの引用文字列に 8 ビット文字がある"),
        severity: .warning,
        side: .server,
        clause: "RFC 3501 §4.3, §9; RFC 6855 §3",
        means: Words(
            """
            Unless the client has enabled UTF8=ACCEPT or IMAP4rev2 a quoted string is 7-bit. Clients show such a name \
            or subject garbled, or cannot read the response.
            """,
            ja: """
                クライアントが UTF8=ACCEPT か IMAP4rev2 を有効にしていない限り、引用文字列は 7 ビットです。\
                クライアントでは名前や件名が文字化けするか、応答そのものを読めません。
                """),
        remedy: Words(
            "Let the server say such a string as a literal, and names of mailboxes in modified UTF-7.",
            ja: "そのような文字列はリテラルで、メールボックス名は変形 UTF-7 で送るようにしてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 LIST "" *
            S: * LIST () "/" "Entw\\xC3\\xBCrfe"
            S: a2 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 LIST "" *
            S: * LIST () "/" "Entw&APw-rfe"
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, !session.imap.hasUTF8, !session.hasGap, session.imap.isGreeted,
            line.kind == .reply, line.bytes.contains(where: { $0 >= 0x80 })
        else { return nil }
        switch session.piece(line) {
        // What follows a condition is text for people.
        case .start: guard IMAPData(line)?.isCondition == false else { return nil }
        case .more: break
        case .literal, .unknown: return nil
        }
        var scan = IMAPQuoted.Scan()
        guard line.bytes.contains(where: { scan.isContent($0) && $0 >= 0x80 }) else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "There are 8-bit bytes in a quoted string of \(Quote.of(line)), and the client has not enabled UTF-8.",
                ja: "クライアントが UTF-8 を有効にしていないのに、\(Quote.of(line)) の引用文字列に 8 ビット文字があります。"))
    }
}
