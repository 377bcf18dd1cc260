import Conversation
import Wire

/// A response without a tag that the grammar does not know.
struct IMAPServerDataSyntax: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.server.data-syntax",
        title: Words("A response of the server's is malformed", ja: "サーバーの応答の構文が正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7, §9; RFC 3501 §7, §9",
        means: Words(
            #"""
            Each response has its form: `* 3 EXISTS`, `* SEARCH 2 5`, `* LIST (\Noselect) "/" "Sent"`. A client that \#
            meets another leaves it out, so that mailboxes or messages are missing, or gives the connection up.
            """#,
            ja: #"""
                応答には `* 3 EXISTS`、`* SEARCH 2 5`、`* LIST (\Noselect) "/" "Sent"` のような決まった形があります。\#
                それ以外の形の応答をクライアントは読み飛ばすか (メールボックスやメッセージが欠けて見えます)、接続を諦めます。
                """#),
        remedy: Words(
            "Let the server write the response as the grammar has it, and quote the names that need it.",
            ja: "サーバーが応答を文法どおりに書き、必要な名前を引用符で囲むようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 SEARCH ALL
            S: * SEARCH 1,2,3
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 SEARCH ALL
            S: * SEARCH 1 2 3
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.end != .none, line.dropped == 0, session.imap.isGreeted,
            !session.hasGap, session.piece(line) == .start, let data = IMAPData(line), let flaw = Self.flaw(data)
        else { return nil }
        return finding(
            at: Place(line), in: session, severity: flaw.severity,
            means: Words(
                "The server said \(Quote.of(line)): \(flaw.what.en).",
                ja: "サーバーは \(Quote.of(line)) を送りましたが、\(flaw.what.ja)。"))
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let reply = exchange.replies.last, !session.hasGap, let text = reply.lines.first,
            let what = Self.code(text[...])
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session, severity: .warning,
            means: Words(
                "The server answered \(exchange.verb) with \(Quote.of(reply)): \(what.en).",
                ja: "サーバーは \(exchange.verb) に \(Quote.of(reply)) と応答しましたが、\(what.ja)。"))
    }

    // MARK: - By kind

    private typealias Flaw = (severity: Severity, what: Words)

    private static let counted: Set<String> = ["EXISTS", "RECENT", "EXPUNGE", "FETCH"]

    private static func flaw(_ data: IMAPData) -> Flaw? {
        let keyword = ASCII.uppercased(data.keyword.prefix(16))
        if data.number != nil { return numbered(keyword, data) }
        if counted.contains(keyword) {
            return (
                .error,
                Words(
                    "no number stands before \(keyword), which belongs between the star and \(keyword)",
                    ja: "\(keyword) の前に番号がありません。番号は `*` と \(keyword) の間に書きます")
            )
        }
        switch keyword {
        case "OK", "NO", "BAD", "BYE", "PREAUTH": return code(data.rest).map { (.warning, $0) }
        case "LIST", "LSUB", "XLIST", "STATUS", "FLAGS", "SEARCH", "SORT", "NAMESPACE": return parts(keyword, data.rest)
        default: break
        }
        let next = ASCII.uppercased(data.rest.prefix { !$0.isBlank }.prefix(16))
        guard counted.contains(next), let first = keyword.utf8.first, first.isDigit || first == Byte.hyphen else {
            return nil
        }
        return (
            .error,
            Words(
                "what stands before \(next), \(Quote.of(Array(data.keyword))), is no number",
                ja: "\(next) の前の \(Quote.of(Array(data.keyword))) が数になっていません")
        )
    }

    private static func numbered(_ keyword: String, _ data: IMAPData) -> Flaw? {
        if keyword.isEmpty {
            return (.error, Words("nothing stands behind the number", ja: "番号の後に何もありません"))
        }
        guard keyword == "EXISTS" || keyword == "RECENT" || keyword == "EXPUNGE", !data.rest.isEmpty else { return nil }
        return (
            .error,
            Words(
                "\(Quote.of(Array(data.rest))) stands behind \(keyword), where the line is to end",
                ja: "\(keyword) で行が終わるべきところに \(Quote.of(Array(data.rest))) があります")
        )
    }

    private static func parts(_ keyword: String, _ rest: ArraySlice<UInt8>) -> Flaw? {
        let tokens: [IMAPFormToken]
        let isCut: Bool
        do {
            guard let read = try IMAPFormTokens.read([Array(rest)], hasSections: false) else { return nil }
            (tokens, isCut) = read
        } catch {
            return (.error, error.what)
        }
        let what: Words? =
            switch keyword {
            case "SEARCH", "SORT": numbers(tokens)
            case "FLAGS": flags(tokens)
            case "STATUS": status(tokens, isCut)
            case "NAMESPACE": isCut ? nil : namespace(tokens)
            default: listed(keyword, tokens, isCut)
            }
        return what.map { (.error, $0) }
    }

    private static func numbers(_ tokens: [IMAPFormToken]) -> Words? {
        for (index, token) in tokens.enumerated() {
            if case .atom(let digits) = token, let number = ASCII.number(digits), number > 0 { continue }
            // `(MODSEQ 917162500)`.
            if case .list = token, index == tokens.count - 1 { continue }
            return Words(
                "\(token.text) is no number of a message; they are written one by one with a space between",
                ja: "\(token.text) はメッセージの番号になっていません。番号は空白で区切って 1 つずつ書きます")
        }
        return nil
    }

    private static func flags(_ tokens: [IMAPFormToken]) -> Words? {
        guard tokens.count == 1, case .list(let flags) = tokens[0] else {
            return Words("the flags are no list in parentheses", ja: "フラグが括弧で囲んだリストになっていません")
        }
        return unquoted(flags)
    }

    private static func unquoted(_ flags: [IMAPFormToken]) -> Words? {
        let other = flags.first { if case .atom = $0 { false } else { true } }
        return other.map {
            Words(
                "\($0.text) in the list is no flag, which is a word without quotes",
                ja: "リストの中の \($0.text) がフラグ (引用符のない語) になっていません")
        }
    }

    private static let values: Set<String> = [
        "MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "DELETED", "SIZE",
    ]

    private static func status(_ tokens: [IMAPFormToken], _ isCut: Bool) -> Words? {
        guard tokens.count > 1 else {
            return isCut ? nil : Words("the mailbox or the list of its values is missing", ja: "メールボックス名か値のリストがありません")
        }
        guard case .list(let list) = tokens[1] else {
            if case .list? = tokens.last, case .atom = tokens[0] {
                return Words(
                    "\(tokens[1].text) stands behind the name \(tokens[0].text); a name with a space in it stands in quotes",
                    ja: "名前 \(tokens[0].text) の後に \(tokens[1].text) があります。空白を含む名前は引用符で囲みます")
            }
            return Words("the values are no list in parentheses", ja: "値が括弧で囲んだリストになっていません")
        }
        guard list.count % 2 == 0 else {
            return Words(
                "the list has \(list.count) words, which make no pairs of name and value",
                ja: "リストの語が \(list.count) 個で、名前と値の組になっていません")
        }
        for index in stride(from: 0, to: list.count - 1, by: 2) {
            guard let name = list[index].word, values.contains(name) else { continue }
            if case .atom(let digits) = list[index + 1], ASCII.number(digits) != nil { continue }
            return Words(
                "the value of \(name) is no number but \(list[index + 1].text)",
                ja: "\(name) の値 \(list[index + 1].text) が数になっていません")
        }
        return nil
    }

    private static func namespace(_ tokens: [IMAPFormToken]) -> Words? {
        guard tokens.count == 3 else {
            return Words(
                "NAMESPACE tells three kinds, each a list or NIL, and here stand \(tokens.count)",
                ja: "NAMESPACE は 3 種類をそれぞれリストか NIL で示しますが、ここには \(tokens.count) 個あります")
        }
        for token in tokens where token.word != "NIL" {
            guard case .list(let spaces) = token, !spaces.isEmpty,
                spaces.allSatisfy({ if case .list(let space) = $0 { space.count >= 2 } else { false } })
            else {
                return Words(
                    "\(token.text) is neither NIL nor a list of prefixes with their delimiters",
                    ja: "\(token.text) が NIL でも、接頭辞と区切り文字のリストでもありません")
            }
        }
        return nil
    }

    private static func listed(_ keyword: String, _ tokens: [IMAPFormToken], _ isCut: Bool) -> Words? {
        guard case .list(let attributes)? = tokens.first else {
            return Words("the attributes are no list in parentheses", ja: "属性が括弧で囲んだリストになっていません")
        }
        if let wrong = unquoted(attributes) { return wrong }
        guard tokens.count > 1 else {
            return isCut ? nil : Words("the delimiter and the name are missing", ja: "区切り文字と名前がありません")
        }
        switch tokens[1] {
        case .quoted(let delimiter) where delimiter.count == 1: break
        case .atom where tokens[1].word == "NIL": break
        default:
            return Words(
                "\(tokens[1].text) stands where the delimiter is due, which is one character in quotes or NIL",
                ja: "区切り文字 (引用符で囲んだ 1 文字か NIL) が来るべきところに \(tokens[1].text) があります")
        }
        guard tokens.count > 2 else { return isCut ? nil : Words("the name is missing", ja: "名前がありません") }
        if case .list = tokens[2] {
            return Words("a list stands where the name is due", ja: "名前が来るべきところにリストがあります")
        }
        guard tokens.count > 3 else { return nil }
        if case .list = tokens[3], keyword == "LIST" { return nil }
        return Words(
            "\(tokens[3].text) stands behind the name \(tokens[2].text); a name with a space in it stands in quotes",
            ja: "名前 \(tokens[2].text) の後に \(tokens[3].text) があります。空白を含む名前は引用符で囲みます")
    }

    // MARK: - Response codes

    private static let codesWithNumber: Set<String> = ["UIDNEXT", "UNSEEN", "HIGHESTMODSEQ"]
    private static let codes: Set<String> = codesWithNumber.union([
        "UIDVALIDITY", "PERMANENTFLAGS", "READ-ONLY", "READ-WRITE", "TRYCREATE", "APPENDUID", "COPYUID", "ALERT",
        "CAPABILITY", "CLOSED",
    ])

    /// What is wrong with the code that begins `text`, where it is one that is known (RFC 9051 §7.1).
    private static func code(_ text: ArraySlice<UInt8>) -> Words? {
        guard text.first == UInt8(ascii: "[") else { return nil }
        let name = ASCII.uppercased(text.dropFirst().prefix { !$0.isBlank && $0 != UInt8(ascii: "]") }.prefix(32))
        guard codes.contains(name) else { return nil }
        guard let end = text.firstIndex(of: UInt8(ascii: "]")) else {
            return Words("the bracket of the code \(name) is not closed", ja: "応答コード \(name) の角括弧が閉じていません")
        }
        let words = ASCII.words(text[(text.startIndex + 1)..<end]).dropFirst()
        switch name {
        case _ where codesWithNumber.contains(name):
            guard words.count == 1, words.first.flatMap({ ASCII.number($0) }) != nil else {
                return Words(
                    "the code \(name) has a number behind it, and nothing else", ja: "応答コード \(name) の後は数だけでなければなりません")
            }
        case "PERMANENTFLAGS":
            guard words.first?.first == UInt8(ascii: "("), words.last?.last == UInt8(ascii: ")") else {
                return Words(
                    "the flags behind PERMANENTFLAGS are no list in parentheses",
                    ja: "PERMANENTFLAGS の後のフラグが括弧で囲んだリストになっていません")
            }
        case "APPENDUID", "COPYUID":
            let count = name == "APPENDUID" ? 2 : 3
            guard words.count == count, words.allSatisfy({ IMAPNumbers($0) != nil }) else {
                return Words(
                    "the code \(name) has \(count) words with numbers behind it, and here it has \(words.count)",
                    ja: "応答コード \(name) の後には数の語が \(count) 個必要ですが、\(words.count) 語あります")
            }
        default: break
        }
        return nil
    }
}
