import Conversation
import Wire

/// More than one space stands where the grammar has one, at the head of what the server says.
struct IMAPServerSpacing: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.spacing",
        title: Words("The server says more spaces than one", ja: "応答に余分な空白がある"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.2, §9; RFC 3501 §2.2, §9",
        means: Words(
            """
            Between the star or tag and what follows stands exactly one space. Clients that read by the grammar cannot \
            read such a line: a number of messages, or the end of a command, is lost to them.
            """,
            ja: """
                星印やタグと、それに続くものの間に置く空白は一つだけです。文法どおりに読むクライアントはこの行を読めず、\
                メッセージ数やコマンドの完了を受け取れません。
                """),
        remedy: Words("Let the server write one space.", ja: "サーバーに空白を一つだけ書かせてください。"),
        violating: IMAPScene.selected + """
            C: a3 NOOP
            S: *  3 EXISTS
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 NOOP
            S: * 3 EXISTS
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, case .start = session.piece(line) else { return nil }
        let bytes = line.bytes
        guard let space = bytes.firstIndex(of: Byte.space), space > 0, space + 1 < bytes.count,
            bytes[space + 1] == Byte.space, bytes[0] != UInt8(ascii: "+")
        else { return nil }
        let behind = bytes[(space + 1)...].drop { $0 == Byte.space }
        guard !behind.isEmpty else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server said \(Quote.of(line)), with \(behind.startIndex - space) spaces behind `\(Picture.of(bytes[..<space]))`.",
                ja:
                    "サーバーは \(Quote.of(line)) と言いました。`\(Picture.of(bytes[..<space]))` の後に空白が \(behind.startIndex - space) 個あります。"
            ))
    }
}
