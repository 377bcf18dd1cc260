import Conversation
import Wire

/// A line of the server's begins as no response does.
struct IMAPServerLineStart: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.line-start",
        title: Words("A line of the server's begins as no response does", ja: "応答の形になっていない行がある"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.2.2; RFC 3501 §2.2.2",
        means: Words(
            """
            Each line of a server begins with `* `, with `+`, or with the tag of a command. A client cannot know \
            what any other line means, and has to give the connection up.
            """,
            ja: """
                サーバーの行は `* `、`+`、コマンドのタグのいずれかで始まります。それ以外の行はクライアントに意味が分からず、\
                接続を諦めるしかありません。
                """),
        remedy: Words(
            "Let the server say nothing but responses; logs and errors of programs do not belong in the connection.",
            ja: "サーバーが応答以外を送らないようにしてください。ログやプログラムのエラー出力を接続に流してはいけません。"),
        violating: IMAPScene.selected + """
            C: a3 UID COPY 7 Archive
            S: [COPYUID 124 7 1]
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID COPY 7 Archive
            S: a3 OK [COPYUID 124 7 1] done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.end != .none, session.imap.isGreeted, !session.hasGap,
            session.piece(line) == .start
        else { return nil }
        if let first = line.bytes.first {
            if first == Byte.star, line.bytes.count == 1 || line.bytes[1] == Byte.space { return nil }
            if first == Byte.plus || line.kind != .line && first != Byte.star { return nil }
            // The completion of a command that is not known is another rule's matter.
            if IMAPStray.tag(of: line) != nil { return nil }
        }
        return finding(
            at: Place(line), in: session,
            means: line.bytes.isEmpty
                ? Words(
                    "The server said an empty line, where a response is to begin.",
                    ja: "サーバーが、応答が始まるべきところで空行を送りました。")
                : Words(
                    """
                    The server said \(Quote.of(line)), which begins with none of `* `, `+` and the tag of a command \
                    that waits for its answer.
                    """,
                    ja: """
                        サーバーの送った \(Quote.of(line)) は、`* `、`+`、応答待ちのコマンドのタグのいずれでも始まっていません。
                        """))
    }
}

/// The completion of a command that nobody waits for.
enum IMAPStray {
    static func tag(of line: Utterance) -> ArraySlice<UInt8>? {
        guard line.direction == .server, line.kind == .line, line.end != .none else { return nil }
        let tag = line.bytes.prefix { !$0.isBlank }
        let word = line.bytes[tag.endIndex...].drop { $0.isBlank }.prefix { !$0.isBlank }
        guard !tag.isEmpty, tag.allSatisfy(IMAPTag.allows),
            ASCII.equal(word, "OK") || ASCII.equal(word, "NO") || ASCII.equal(word, "BAD")
        else { return nil }
        return tag
    }
}
