import Wire

/// The arguments of a command, taken one by one, each as the grammar wants it to be.
struct IMAPFormArguments {
    let verb: String
    private var rest: ArraySlice<IMAPFormToken>
    /// More may follow that is not known.
    let isCut: Bool
    /// That which was taken last.
    private var last: IMAPFormToken?

    init(_ tokens: some Collection<IMAPFormToken>, of verb: String, isCut: Bool) {
        rest = Array(tokens)[...]
        self.verb = verb
        self.isCut = isCut
    }

    var first: IMAPFormToken? { rest.first }
    /// What is still to come is known, and there is nothing.
    var isAtEnd: Bool { rest.isEmpty && !isCut }
    /// Nothing more can be looked at, for whatever reason.
    var isEmpty: Bool { rest.isEmpty }
    var count: Int { rest.count }
    var second: IMAPFormToken? { rest.dropFirst().first }

    /// - Returns: nil where more may come that is not known.
    mutating func next(_ name: Words) throws(IMAPFormFailure) -> IMAPFormToken? {
        guard let token = rest.popFirst() else {
            if isCut { return nil }
            throw IMAPFormFailure(
                "\(name.en) is missing behind \(behind)", ja: "\(behind) の後に\(name.ja)がありません")
        }
        last = token
        return token
    }

    mutating func skip() {
        last = rest.popFirst() ?? last
    }

    /// All has been said.
    func end() throws(IMAPFormFailure) {
        guard let extra = rest.first else { return }
        throw IMAPFormFailure(
            "\(extra.text) stands behind \(behind), where the command is to end",
            ja: "\(behind) で終わるはずのコマンドに \(extra.text) が続いています")
    }

    private var behind: String { last.map(\.text) ?? verb }

    // MARK: - Strings

    /// A mailbox. What follows one is a list or the end of the command, or one of `words`; anything else is the rest of
    /// a name that has a blank in it.
    mutating func mailbox(before words: Set<String> = [], takesMore: Bool = false) throws(IMAPFormFailure) {
        guard let token = try next(Words("the name of a mailbox", ja: "メールボックス名")) else { return }
        if case .list = token {
            throw IMAPFormFailure(
                "a list stands where the name of a mailbox is due", ja: "メールボックス名の位置にリストがあります")
        }
        try checkString(token, Words("the name of a mailbox", ja: "メールボックス名"))
        guard !takesMore, case .atom(let name) = token, case .atom(let more)? = rest.first,
            !words.contains(ASCII.uppercased(more.prefix(16))), more.first != UInt8(ascii: "\\"),
            more.first?.isDigit != true || words.isEmpty
        else { return }
        var whole = name
        while case .atom(let more)? = rest.first, !words.contains(ASCII.uppercased(more.prefix(16))) {
            whole += [Byte.space] + more
            skip()
        }
        throw IMAPFormFailure(
            """
            the name of the mailbox is not in quotes though it has a blank in it: for the server it ends at \
            \(Quote.of(name)). It has to be written \(Quote.of([Byte.quote] + whole + [Byte.quote]))
            """,
            ja: """
                メールボックス名に空白があるのに引用符で囲んでいません。サーバーは \(Quote.of(name)) までを名前と読みます。\
                \(Quote.of([Byte.quote] + whole + [Byte.quote])) と書く必要があります
                """)
    }

    mutating func string(_ name: Words) throws(IMAPFormFailure) {
        guard let token = try next(name) else { return }
        if case .list = token {
            throw IMAPFormFailure("a list stands where \(name.en) is due", ja: "\(name.ja)の位置にリストがあります")
        }
        try checkString(token, name)
    }

    private func checkString(
        _ token: IMAPFormToken, _ name: Words, wildcards: Bool = false
    ) throws(IMAPFormFailure) {
        guard case .atom(let bytes) = token,
            let wrong = bytes.first(where: {
                $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "\\")
                    || !wildcards && ($0 == UInt8(ascii: "%") || $0 == Byte.star)
            })
        else { return }
        throw IMAPFormFailure(
            """
            \(name.en) reads \(token.text), and \(Quote.of([wrong])) may not stand in one without quotes
            """,
            ja: "\(name.ja) \(token.text) に含まれる \(Quote.of([wrong])) は引用符なしでは使えません")
    }

    mutating func pattern() throws(IMAPFormFailure) {
        let name = Words("the pattern of names", ja: "名前のパターン")
        guard let token = try next(name) else { return }
        if case .list = token { return }
        try checkString(token, name, wildcards: true)
        guard case .atom(let pattern) = token, case .atom(let more)? = rest.first,
            !ASCII.equal(more, "RETURN")
        else { return }
        throw IMAPFormFailure(
            """
            the pattern \(token.text) goes on with \(Quote.of(more)) behind a blank: with a blank in it it has to be in \
            quotes: \(Quote.of([Byte.quote] + pattern + [Byte.space] + more + [Byte.quote]))
            """,
            ja: """
                パターン \(token.text) の後に空白をおいて \(Quote.of(more)) が続いています。空白を含むときは引用符で囲む必要があります: \
                \(Quote.of([Byte.quote] + pattern + [Byte.space] + more + [Byte.quote]))
                """)
    }

    // MARK: - Numbers

    mutating func number(_ name: Words) throws(IMAPFormFailure) {
        guard let token = try next(name) else { return }
        guard case .atom(let digits) = token, ASCII.number(digits) != nil else {
            throw IMAPFormFailure(
                "\(name.en) reads \(token.text), which is no number", ja: "\(name.ja)が \(token.text) で、数になっていません")
        }
    }

    mutating func set() throws(IMAPFormFailure) {
        let name =
            verb.hasPrefix("UID")
            ? Words("the set of UIDs", ja: "UID の集合") : Words("the set of messages", ja: "メッセージ番号の集合")
        guard let token = try next(name) else { return }
        if case .atom(let text) = token, text == [UInt8(ascii: "$")] { return }
        guard case .atom(let text) = token, let numbers = IMAPNumbers(text[...]) else {
            throw IMAPFormFailure(
                """
                \(name.en) reads \(token.text); numbers are parted by commas and a range is written with a colon, without \
                blanks or quotes, as in `1:5,7,9:*`
                """,
                ja: "\(name.ja)が \(token.text) です。`1:5,7,9:*` のように、番号はコンマ、範囲はコロンで、空白や引用符なしに書きます")
        }
        if numbers.hasZero {
            throw IMAPFormFailure(
                "\(name.en) reads \(token.text), and numbers begin with 1",
                ja: "\(name.ja)が \(token.text) ですが、番号は 1 から始まります", kind: .zero)
        }
        if case .atom(let more)? = rest.first, more.first?.isDigit == true, IMAPNumbers(more[...]) != nil {
            throw IMAPFormFailure(
                "\(Quote.of(more)) follows behind a blank; numbers are parted by commas, as in `1,2,5:7`",
                ja: "空白の後に \(Quote.of(more)) が続いています。番号は `1,2,5:7` のようにコンマで区切ります")
        }
    }

    // MARK: - Dates

    mutating func date(behind key: String) throws(IMAPFormFailure) {
        guard let token = try next(Words("the date", ja: "日付")) else { return }
        let text: [UInt8]
        switch token {
        case .atom(let bytes), .quoted(let bytes): text = bytes
        // A date is no astring.
        case .list, .literal: text = []
        }
        if IMAPFormDate.isDate(text[...]) { return }
        // `7 Feb 2025` without quotes comes in three.
        var whole = text
        while whole.count < 12, case .atom(let more)? = rest.first, more.first?.isDigit == true || more.count == 3 {
            whole += [Byte.space] + more
            skip()
        }
        let due = IMAPFormDate.suggestion(whole).map { "`\($0)`" } ?? "`21-Dec-2025`"
        throw IMAPFormFailure(
            """
            the date behind \(key) reads \(text.isEmpty ? token.text : Quote.of(whole)); IMAP wants day, name of the \
            month and year, as in \(due)
            """,
            ja: """
                \(key) の日付が \(text.isEmpty ? token.text : Quote.of(whole)) です。IMAP では \(due) のように、日、英語の月名、\
                年の順に書きます
                """)
    }

    // MARK: - Flags

    /// - Parameter takesAtoms: they may stand without parentheses.
    mutating func flags(takesAtoms: Bool) throws(IMAPFormFailure) {
        let name = Words("the list of flags", ja: "フラグのリスト")
        guard let token = try next(name) else { return }
        var flags = [token]
        if case .list(let list) = token {
            flags = list
        } else if takesAtoms {
            while let more = rest.first {
                flags.append(more)
                skip()
            }
        }
        for flag in flags { try checkFlag(flag) }
    }

    private func checkFlag(_ token: IMAPFormToken) throws(IMAPFormFailure) {
        let clause = "RFC 9051 §2.3.2, §9; RFC 3501 §2.3.2, §9"
        guard case .atom(let flag) = token else {
            if case .quoted = token {
                throw IMAPFormFailure(
                    "a flag stands in quotes; flags are written without, as `\\Deleted`",
                    ja: "フラグが引用符で囲まれています。`\\Deleted` のように引用符なしで書きます", clause: clause)
            }
            throw IMAPFormFailure(
                "\(token.text) stands where a flag is due", ja: "フラグの位置に \(token.text) があります", clause: clause)
        }
        let isSystem = flag.first == UInt8(ascii: "\\")
        let name = flag.dropFirst(isSystem ? 1 : 0)
        // A comma may stand in a keyword, and nobody means it to.
        if isSystem, name.contains(UInt8(ascii: ",")) {
            throw IMAPFormFailure(
                "\(token.text) is no flag: flags are parted by blanks and not by commas",
                ja: "\(token.text) はフラグではありません。フラグはコンマではなく空白で区切ります", clause: clause)
        }
        if let wrong = name.first(where: { "\\%*{".utf8.contains($0) }) {
            throw IMAPFormFailure(
                "\(token.text) is no flag: \(Quote.of([wrong])) may not stand in one",
                ja: "\(token.text) はフラグではありません。\(Quote.of([wrong])) は使えません", clause: clause)
        }
        if isSystem, name.isEmpty || ASCII.equal(name, "RECENT") {
            throw IMAPFormFailure(
                name.isEmpty
                    ? "a backslash stands alone where a flag is due"
                    : "a client cannot set \\Recent: that is the server's",
                ja: name.isEmpty ? "フラグの位置にバックスラッシュだけがあります" : "\\Recent はサーバーだけが付けるフラグで、クライアントは設定できません",
                clause: clause)
        }
        guard !isSystem,
            let meant = ["Seen", "Deleted", "Answered", "Flagged", "Draft"].first(where: {
                $0.uppercased() == ASCII.uppercased(flag)
            })
        else { return }
        throw IMAPFormFailure(
            """
            the flag is written \(token.text), without a backslash: that is a keyword of this name and not the flag \
            `\\\(meant)`
            """,
            ja: "フラグが \(token.text) とバックスラッシュなしで書かれています。これは同名のキーワードで、`\\\(meant)` フラグではありません",
            kind: .unmeant, clause: clause)
    }
}
