import Conversation
import Wire

/// A command has no tag, or one that is none.
struct IMAPClientTagSyntax: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.client.tag-syntax",
        title: Words("A command has no proper tag", ja: "コマンドのタグが正しくない"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §9; RFC 3501 §9",
        means: Words(
            #"""
            Each command begins with a tag, by which the server says which command its answer belongs to. A tag may \#
            not be empty nor hold `+`, `*`, `%`, `(`, `)`, `{`, quotes, backslashes, control or 8-bit bytes. A server \#
            can only say `* BAD` to such a line, which belongs to no command.
            """#,
            ja: #"""
                コマンドは必ずタグで始まり、サーバーはこのタグでどのコマンドへの応答かを示します。タグを空にすることはできず、\#
                `+`、`*`、`%`、`(`、`)`、`{`、引用符、バックスラッシュ、制御文字、8 ビット文字も使えません。\#
                このような行に対してサーバーは、どのコマンドのものでもない `* BAD` しか返せません。
                """#),
        remedy: Words(
            "Begin each command with a tag of letters and digits, as `A001`.",
            ja: "`A001` のように英字と数字からなるタグを各コマンドの先頭に付けてください。"),
        violating: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: +1 NOOP
            S: * BAD invalid tag
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: IMAPScene.secure + """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: .1 NOOP
            S: .1 OK done
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap], explains: [IMAPServerNoTaggedReply.self])

    /// The last thing the server completed was what ends with a line that has no tag.
    private var isRaced = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        isRaced = exchange.verb == "AUTHENTICATE" || exchange.verb == "IDLE"
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none, session.piece(line) == .start,
            !session.hasGap
        else { return nil }
        // What the client says to an IDLE or an authentication that the server has just ended.
        if isRaced, line.bytes.isEmpty || line.bytes == [Byte.star] { return nil }
        if ASCII.equal(line.bytes, "DONE") { return nil }
        let tag = line.bytes.prefix { $0 != Byte.space }
        if tag.isEmpty {
            return finding(
                at: Place(line), in: session, severity: line.bytes.isEmpty ? .warning : nil,
                means: line.bytes.isEmpty
                    ? Words(
                        """
                        The client sent an empty line, where a command is to come. The server may answer `* BAD`, or \
                        count it as a bad command.
                        """,
                        ja: """
                            コマンドが来るべきところでクライアントが空行を送りました。サーバーは `* BAD` を返すか、\
                            不正なコマンドとして数えることがあります。
                            """)
                    : Words(
                        "The line \(Quote.of(line)) begins with a blank, where its tag is to stand.",
                        ja: "行 \(Quote.of(line)) が空白で始まっており、タグがありません。"))
        }
        if let bad = tag.first(where: { !IMAPTag.allows($0) }) {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The tag of \(Quote.of(line)) has \(Quote.of([bad])) in it, which no tag may have.",
                    ja: "\(Quote.of(line)) のタグに、使ってはならない \(Quote.of([bad])) が含まれています。"))
        }
        guard let command = session.command, !IMAPVerb.isKnown(command.imapVerb),
            IMAPVerb.isKnown(ASCII.uppercased(tag.prefix(16)))
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The line \(Quote.of(line)) begins with the name of a command, and has no tag before it: the server \
                takes the name for the tag.
                """,
                ja: """
                    行 \(Quote.of(line)) はタグなしでコマンド名から始まっています。サーバーはこのコマンド名をタグと受け取ります。
                    """))
    }
}

/// What a tag may be made of (RFC 9051 §9): ASTRING-CHAR but `+`.
enum IMAPTag {
    static func allows(_ byte: UInt8) -> Bool {
        guard byte > 0x20, byte < 0x7F else { return false }
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "\\"),
            Byte.star, Byte.quote, Byte.plus:
            return false
        default: return true
        }
    }
}
