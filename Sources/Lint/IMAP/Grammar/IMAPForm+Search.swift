import Wire

/// SEARCH, SORT and THREAD.
extension IMAPForm {
    private enum SearchLimits {
        static let depth = 16
    }

    private static let alone: Set<String> = [
        "ALL", "ANSWERED", "DELETED", "FLAGGED", "NEW", "OLD", "RECENT", "SEEN", "UNANSWERED", "UNDELETED", "UNFLAGGED",
        "UNSEEN", "DRAFT", "UNDRAFT", "SAVEDATESUPPORTED", "$",
    ]
    private static let strings: Set<String> = [
        "BCC", "BODY", "CC", "FROM", "SUBJECT", "TEXT", "TO", "KEYWORD", "UNKEYWORD", "EMAILID", "THREADID", "FILTER",
    ]
    private static let dates: Set<String> = [
        "BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE", "SAVEDBEFORE", "SAVEDON", "SAVEDSINCE",
    ]
    private static let numbers: Set<String> = ["LARGER", "SMALLER", "OLDER", "YOUNGER"]
    private static let searchClause = "RFC 9051 §6.4.4, §9; RFC 3501 §6.4.4, §9"

    static let search: Read = { arguments throws(IMAPFormFailure) in
        if arguments.first?.word == "RETURN" {
            arguments.skip()
            arguments.skip()
        }
        if arguments.first?.word == "CHARSET" {
            arguments.skip()
            try arguments.string(Words("the name of the charset", ja: "文字集合の名前"))
        }
        try keys(&arguments)
    }

    static let sort: Read = { arguments throws(IMAPFormFailure) in
        if arguments.first?.word == "RETURN" {
            arguments.skip()
            arguments.skip()
        }
        guard let criteria = try arguments.next(Words("the list of sort criteria", ja: "並べ替え基準のリスト")) else { return }
        guard case .list(let list) = criteria, !list.isEmpty else {
            throw IMAPFormFailure(
                "\(criteria.text) stands where the sort criteria in parentheses are due, as in `(REVERSE DATE)`",
                ja: "`(REVERSE DATE)` のような括弧で囲んだ並べ替え基準の位置に \(criteria.text) があります", clause: "RFC 5256 §3")
        }
        try charset(&arguments)
        try keys(&arguments)
    }

    static let thread: Read = { arguments throws(IMAPFormFailure) in
        _ = try arguments.next(Words("the algorithm", ja: "アルゴリズム"))
        try charset(&arguments)
        try keys(&arguments)
    }

    /// SORT and THREAD are always told one.
    private static func charset(_ arguments: inout IMAPFormArguments) throws(IMAPFormFailure) {
        let name = Words("the charset", ja: "文字集合")
        guard let token = try arguments.next(name) else { return }
        guard let word = token.word, alone.contains(word) || dates.contains(word) || strings.contains(word) else {
            return
        }
        throw IMAPFormFailure(
            "the charset is missing: \(token.text) stands where it is due, as in `UTF-8`",
            ja: "文字集合がありません。`UTF-8` などの位置に \(token.text) があります", clause: "RFC 5256 §3")
    }

    private static func keys(_ arguments: inout IMAPFormArguments) throws(IMAPFormFailure) {
        var previous: String?
        repeat { previous = try key(&arguments, depth: 0, behind: previous) } while !arguments.isEmpty
    }

    /// - Returns: the key, where it took a string.
    private static func key(
        _ arguments: inout IMAPFormArguments, depth: Int, behind previous: String?
    ) throws(IMAPFormFailure) -> String? {
        guard depth < SearchLimits.depth else { throw .notKnown }
        guard let token = try arguments.next(Words("what to search for", ja: "検索条件")) else { return nil }
        switch token {
        case .list(let list):
            var inner = IMAPFormArguments(list, of: arguments.verb, isCut: arguments.isCut && arguments.isEmpty)
            var previous: String?
            repeat { previous = try key(&inner, depth: depth + 1, behind: previous) } while !inner.isEmpty
            return nil
        case .quoted, .literal: throw unknown(token, behind: previous)
        case .atom(let bytes): return try key(named: bytes, token, &arguments, depth, previous)
        }
    }

    private static func key(
        named bytes: [UInt8], _ token: IMAPFormToken, _ arguments: inout IMAPFormArguments, _ depth: Int,
        _ previous: String?
    ) throws(IMAPFormFailure) -> String? {
        let word = ASCII.uppercased(bytes)
        switch word {
        case _ where alone.contains(word): return nil
        case _ where strings.contains(word):
            try arguments.string(Words("the text to search for", ja: "検索する文字列"))
            return word
        case _ where dates.contains(word): try arguments.date(behind: word)
        case _ where numbers.contains(word): try arguments.number(Words("the number behind \(word)", ja: "\(word) の数"))
        case "HEADER":
            try arguments.string(Words("the name of a field", ja: "フィールド名"))
            try arguments.string(Words("the text to search for", ja: "検索する文字列"))
            return word
        case "UID": try arguments.set()
        case "NOT", "FUZZY": return try key(&arguments, depth: depth + 1, behind: nil)
        case "OR":
            _ = try key(&arguments, depth: depth + 1, behind: nil)
            return try key(&arguments, depth: depth + 1, behind: nil)
        case "CHARSET":
            throw IMAPFormFailure(
                "CHARSET stands behind other keys; it has to be the first", ja: "CHARSET が他の条件の後にあります。先頭に置きます",
                clause: searchClause)
        case "AND":
            throw IMAPFormFailure(
                "SEARCH has no AND: keys that stand side by side are all to be true",
                ja: "SEARCH に AND はありません。並べた条件はすべて満たすべきものとして扱われます", clause: searchClause)
        case _ where bytes.first?.isDigit == true || bytes.first == Byte.star:
            if IMAPNumbers(bytes[...]) == nil || previous != nil { throw unknown(token, behind: previous) }
        // Extensions have keys of their own, and arguments to them.
        case _ where word.hasPrefix("X-") || ["MODSEQ", "ANNOTATION", "INTHREAD"].contains(word): throw .notKnown
        default: throw unknown(token, behind: previous)
        }
        return nil
    }

    private static func unknown(_ token: IMAPFormToken, behind previous: String?) -> IMAPFormFailure {
        guard let previous else {
            return IMAPFormFailure(
                "\(token.text) stands where a search key is due, and there is none of this name",
                ja: "検索条件の位置に \(token.text) がありますが、そのような条件はありません", clause: searchClause)
        }
        return IMAPFormFailure(
            """
            the text behind \(previous) goes on with \(token.text) behind a blank: text with a blank in it has to be in \
            quotes
            """,
            ja: "\(previous) の文字列の後に空白をおいて \(token.text) が続いています。空白を含む文字列は引用符で囲みます", clause: searchClause)
    }
}
