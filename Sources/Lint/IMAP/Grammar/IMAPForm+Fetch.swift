import Wire

/// FETCH and STORE.
extension IMAPForm {
    private static let macros: Set<String> = ["ALL", "FAST", "FULL"]
    private static let items: Set<String> = [
        "BODY", "BODYSTRUCTURE", "ENVELOPE", "FLAGS", "INTERNALDATE", "RFC822", "RFC822.HEADER", "RFC822.SIZE",
        "RFC822.TEXT", "UID", "MODSEQ", "EMAILID", "THREADID", "SAVEDATE", "PREVIEW", "SNIPPET",
    ]
    private static let sections: Set<String> = ["BODY", "BODY.PEEK", "BINARY", "BINARY.PEEK", "BINARY.SIZE"]
    private static let fetchClause = "RFC 9051 §6.4.5, §9; RFC 3501 §6.4.5, §9"
    private static let storeClause = "RFC 9051 §6.4.6, §9; RFC 3501 §6.4.6, §9"

    static let fetch: Read = { arguments throws(IMAPFormFailure) in
        try arguments.set()
        guard let what = try arguments.next(Words("what to fetch", ja: "取得する項目")) else { return }
        switch what {
        case .atom(let item):
            if !macros.contains(ASCII.uppercased(item)) { try check(item) }
            guard case .atom(let more)? = arguments.first else { break }
            throw IMAPFormFailure(
                "the items \(Quote.of(item)) and \(Quote.of(more)) stand without parentheses, which more than one wants",
                ja: "項目 \(Quote.of(item)) と \(Quote.of(more)) が括弧なしで並んでいます。2 個以上は括弧で囲みます", clause: fetchClause)
        case .list(let list):
            if list.isEmpty, !arguments.isCut {
                throw IMAPFormFailure("the list of items is empty", ja: "項目のリストが空です", clause: fetchClause)
            }
            for token in list {
                // What belongs to an extension's item: `PREVIEW (LAZY)`.
                if case .list = token { throw .notKnown }
                guard case .atom(let item) = token else {
                    throw IMAPFormFailure(
                        "\(token.text) stands where an item without quotes is due",
                        ja: "引用符なしの項目名の位置に \(token.text) があります", clause: fetchClause)
                }
                try check(item)
            }
        case .quoted, .literal:
            throw IMAPFormFailure(
                "\(what.text) stands where an item without quotes, or a list of items, is due",
                ja: "引用符なしの項目名か項目のリストの位置に \(what.text) があります", clause: fetchClause)
        }
        if case .list? = arguments.first { arguments.skip() }
    }

    private static func check(_ item: [UInt8]) throws(IMAPFormFailure) {
        let name = ASCII.uppercased(item.prefix { $0 != UInt8(ascii: "[") })
        if name.hasPrefix("X-") || name.hasPrefix("ANNOTATION") { throw .notKnown }
        guard let open = item.firstIndex(of: UInt8(ascii: "[")) else {
            if items.contains(name) { return }
            if name == "BODY.PEEK" || name.hasPrefix("BINARY") {
                throw IMAPFormFailure(
                    "brackets are missing behind \(Quote.of(item)), as in `\(name)[]`",
                    ja: "\(Quote.of(item)) の後に `\(name)[]` のような角括弧がありません", clause: fetchClause)
            }
            if macros.contains(name) {
                throw IMAPFormFailure(
                    "\(Quote.of(item)) stands in a list; it has to stand alone, without parentheses",
                    ja: "\(Quote.of(item)) がリストの中にあります。括弧なしで単独で書きます", clause: fetchClause)
            }
            throw IMAPFormFailure(
                "FETCH has no item \(Quote.of(item))", ja: "FETCH に \(Quote.of(item)) という項目はありません",
                clause: fetchClause)
        }
        guard sections.contains(name) else {
            throw IMAPFormFailure(
                "FETCH has no item \(Quote.of(item)); a section in brackets stands behind BODY or BODY.PEEK",
                ja: "FETCH に \(Quote.of(item)) という項目はありません。角括弧の区分は BODY か BODY.PEEK の後に書きます",
                clause: fetchClause)
        }
        guard let close = item.lastIndex(of: UInt8(ascii: "]")), close > open else { return }
        try check(section: item[(open + 1)..<close], of: item, hasText: name.hasPrefix("BODY"))
        let partial = item[(close + 1)...]
        guard !partial.isEmpty else { return }
        let numbers = partial.dropFirst().dropLast().split(separator: Byte.dot, omittingEmptySubsequences: false)
        guard partial.first == Byte.less, partial.last == Byte.greater, numbers.count == 2,
            numbers.allSatisfy({ ASCII.number($0) != nil })
        else {
            throw IMAPFormFailure(
                """
                \(Quote.of(Array(partial))) stands behind the section, where the first octet and how many are due, as in \
                `<0.1024>`
                """,
                ja: "区分の後は `<0.1024>` のように開始位置とオクテット数ですが、\(Quote.of(Array(partial))) があります", clause: fetchClause)
        }
    }

    private static func check(
        section: ArraySlice<UInt8>, of item: [UInt8], hasText: Bool
    ) throws(IMAPFormFailure) {
        var text = section
        var hasPart = false
        while let first = text.first, first.isDigit {
            let digits = text.prefix { $0.isDigit }
            hasPart = true
            text = text[digits.endIndex...]
            guard text.first == Byte.dot else { break }
            text = text.dropFirst()
            if text.isEmpty || digits == [UInt8(ascii: "0")] { throw wrong(section, item) }
        }
        if text.isEmpty { return }
        guard hasText else { throw wrong(section, item) }
        let word = ASCII.uppercased(text.prefix { $0 != Byte.space && $0 != UInt8(ascii: "(") })
        switch word {
        case "HEADER", "TEXT":
            if text.count == word.utf8.count { return }
        case "MIME" where hasPart:
            if text.count == word.utf8.count { return }
        case "HEADER.FIELDS", "HEADER.FIELDS.NOT":
            let list = text.dropFirst(word.utf8.count)
            guard list.first == Byte.space else { break }
            let fields = list.dropFirst()
            if fields.first == UInt8(ascii: "("), fields.last == UInt8(ascii: ")"), fields.count > 2 { return }
            throw IMAPFormFailure(
                "behind \(word) in \(Quote.of(item)) a list of fields in parentheses is due, as in `(Date From)`",
                ja: "\(Quote.of(item)) の \(word) の後は `(Date From)` のような括弧で囲んだリストでなければなりません",
                clause: fetchClause)
        default: break
        }
        throw wrong(section, item)
    }

    private static func wrong(_ section: ArraySlice<UInt8>, _ item: [UInt8]) -> IMAPFormFailure {
        IMAPFormFailure(
            """
            \(Quote.of(Array(section))) in \(Quote.of(item)) is no section; there are HEADER, HEADER.FIELDS (…), TEXT, and \
            the numbers of parts
            """,
            ja: """
                \(Quote.of(item)) の \(Quote.of(Array(section))) は区分ではありません。HEADER、HEADER.FIELDS (…)、TEXT、パート番号が使えます
                """, clause: fetchClause)
    }

    static let store: Read = { arguments throws(IMAPFormFailure) in
        try arguments.set()
        if case .list? = arguments.first { arguments.skip() }
        guard
            let action = try arguments.next(
                Words("`FLAGS`, `+FLAGS` or `-FLAGS`", ja: "`FLAGS`、`+FLAGS`、`-FLAGS` のいずれか"))
        else { return }
        let word = action.word ?? ""
        let name = word.drop { $0 == "+" || $0 == "-" }
        if name.hasPrefix("X-") || name.hasPrefix("ANNOTATION") { throw .notKnown }
        guard word.count - name.count <= 1, name == "FLAGS" || name == "FLAGS.SILENT" else {
            throw IMAPFormFailure(
                "\(action.text) stands where `FLAGS`, `+FLAGS` or `-FLAGS` is due",
                ja: "`FLAGS`、`+FLAGS`、`-FLAGS` のいずれかの位置に \(action.text) があります", clause: storeClause)
        }
        try arguments.flags(takesAtoms: true)
    }
}
