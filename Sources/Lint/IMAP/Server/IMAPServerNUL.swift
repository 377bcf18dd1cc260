import Conversation
import Wire

/// The server says NUL where none may be.
struct IMAPServerNUL: Rule {
    static let hears: RuleEvents = [.utterance, .messageEnded]
    static let about = RuleDescription(
        id: "imap.server.nul",
        title: Words("The server says a NUL", ja: "サーバーの送るデータに NUL が含まれている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §9; RFC 3501 §9",
        means: Words(
            """
            NUL may stand in a literal of the form `~{n}` only. Many clients end a string at it, so that a message is \
            cut off there or its rest is read as something else.
            """,
            ja: """
                NUL を含めてよいのは `~{n}` 形式のリテラルだけです。多くのクライアントは NUL を文字列の終わりとみなすため、\
                メッセージがそこで切れるか、残りが別のものとして読まれます。
                """),
        remedy: Words(
            "Let the server refuse or replace NUL when it takes a message in, or send such a part as BINARY.",
            ja: "受信時に NUL を拒否または置換するか、該当部分を BINARY で送るようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BODY.PEEK[])
            S: * 2 FETCH (UID 7 BODY[] {13}
            S: Subject:\\x00hi
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 7 (BINARY.PEEK[1])
            S: * 2 FETCH (UID 7 BINARY[1] ~{13}
            S: Subject:\\x00hi
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.layer != .agreed, line.bytes.contains(Byte.nul), !session.hasGap
        else { return nil }
        switch session.piece(line) {
        case .start, .more: break
        case .literal: guard session.imap.pieces.server.literal?.isBinary == false else { return nil }
        case .unknown: return nil
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "There is a NUL in what the server said: \(Quote.of(line)).",
                ja: "サーバーの送った \(Quote.of(line)) に NUL が含まれています。"))
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.direction == .server, let first = message.octets.nul.first, !session.hasGap,
            session.imap.pieces.server.literal?.isBinary == false
        else { return nil }
        let count = message.octets.nul.count
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                "The message that the server gives has NUL in it, \(count) in all, the first at octet \(first).",
                ja: "サーバーの送ったメッセージに NUL が \(count) 個あり、最初のものは \(first) オクテット目にあります。"))
    }
}
