import Wire

extension IMAPForm {
    typealias Read = @Sendable (inout IMAPFormArguments) throws(IMAPFormFailure) -> Void

    /// nil for a command that is not known here.
    static func grammar(of verb: String) -> Read? {
        switch verb {
        case "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "IDLE", "NAMESPACE":
            nothing
        case "SELECT", "EXAMINE", "CREATE": named
        case "DELETE", "SUBSCRIBE", "UNSUBSCRIBE", "GETQUOTAROOT", "GETACL", "MYRIGHTS": mailboxAlone
        case "RENAME": rename
        case "LIST", "LSUB", "XLIST": list
        case "STATUS": status
        case "APPEND": append
        case "COPY", "MOVE", "UID COPY", "UID MOVE": copy
        case "FETCH", "UID FETCH": fetch
        case "STORE", "UID STORE": store
        case "SEARCH", "UID SEARCH": search
        case "SORT", "UID SORT": sort
        case "THREAD", "UID THREAD": thread
        case "UID EXPUNGE": uidExpunge
        case "ENABLE": enable
        case "COMPRESS": compress
        case "ID": id
        case _ where verb.hasPrefix("UID") && (verb.count <= 4 || verb.dropFirst(4).first?.isNumber == true): uid
        default: nil
        }
    }

    private static let nothing: Read = { arguments throws(IMAPFormFailure) in
        guard let first = arguments.first else { return }
        if arguments.verb == "EXPUNGE" {
            throw IMAPFormFailure(
                "EXPUNGE takes no argument, and \(first.text) stands behind it; only UID EXPUNGE takes UIDs",
                ja: "EXPUNGE に引数はありませんが \(first.text) が付いています。UID を取るのは UID EXPUNGE だけです")
        }
        throw IMAPFormFailure(
            "\(arguments.verb) takes no argument, and \(first.text) stands behind it",
            ja: "\(arguments.verb) に引数はありませんが \(first.text) が付いています")
    }

    /// SELECT and CREATE may have parameters in a list (RFC 4466 §2.1, §2.2).
    private static let named: Read = { arguments throws(IMAPFormFailure) in
        try arguments.mailbox()
        if case .list? = arguments.first { arguments.skip() }
    }

    private static let mailboxAlone: Read = { arguments throws(IMAPFormFailure) in try arguments.mailbox() }

    private static let rename: Read = { arguments throws(IMAPFormFailure) in
        try arguments.mailbox(takesMore: true)
        if arguments.count > 2, case .atom? = arguments.first, case .atom? = arguments.second {
            throw IMAPFormFailure(
                "\(arguments.count + 1) words stand behind RENAME, which takes two names: one with a blank in it has to be in quotes",
                ja: "RENAME の引数は名前 2 個ですが、\(arguments.count + 1) 語が並んでいます。空白を含む名前は引用符で囲む必要があります")
        }
        try arguments.mailbox()
        if case .list? = arguments.first { arguments.skip() }
    }

    private static let list: Read = { arguments throws(IMAPFormFailure) in
        if case .list? = arguments.first { arguments.skip() }
        try arguments.string(Words("the reference", ja: "参照名"))
        try arguments.pattern()
        guard arguments.first?.word == "RETURN" else { return }
        arguments.skip()
        guard let options = try arguments.next(Words("the list of options", ja: "オプションのリスト")) else { return }
        guard case .list = options else {
            throw IMAPFormFailure(
                "\(options.text) stands behind RETURN, where a list in parentheses is due",
                ja: "RETURN の後は括弧で囲んだリストですが、\(options.text) があります")
        }
    }

    /// What STATUS may ask for.
    private static let statusItems: Set<String> = [
        "MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "DELETED", "SIZE", "HIGHESTMODSEQ", "APPENDLIMIT",
        "MAILBOXID", "DELETED-STORAGE",
    ]

    private static let status: Read = { arguments throws(IMAPFormFailure) in
        let name = arguments.first
        try arguments.mailbox(before: statusItems)
        guard let items = try arguments.next(Words("the list of what is asked for", ja: "問い合わせる項目のリスト")) else { return }
        guard case .list(let list) = items else {
            throw IMAPFormFailure(
                "\(items.text) stands where a list in parentheses is due, as in `(MESSAGES UNSEEN)`",
                ja: "`(MESSAGES UNSEEN)` のような括弧で囲んだリストの位置に \(items.text) があります",
                clause: "RFC 9051 §6.3.11; RFC 3501 §6.3.10")
        }
        if list.isEmpty, !arguments.isCut {
            throw IMAPFormFailure(
                "the list behind \(name?.text ?? "") is empty", ja: "\(name?.text ?? "") の後のリストが空です",
                clause: "RFC 9051 §6.3.11; RFC 3501 §6.3.10")
        }
        for item in list {
            guard let word = item.word, statusItems.contains(word) || word.hasPrefix("X") else {
                throw IMAPFormFailure(
                    "STATUS has no item \(item.text); it has MESSAGES, RECENT, UIDNEXT, UIDVALIDITY and UNSEEN",
                    ja: "STATUS に \(item.text) という項目はありません。MESSAGES、RECENT、UIDNEXT、UIDVALIDITY、UNSEEN などです",
                    clause: "RFC 9051 §6.3.11; RFC 3501 §6.3.10")
            }
        }
    }

    private static let append: Read = { arguments throws(IMAPFormFailure) in
        let clause = "RFC 9051 §6.3.12, §9; RFC 3501 §6.3.11, §9"
        try arguments.mailbox(before: ["CATENATE", "UTF8", "ANNOTATION", "NIL"])
        if case .quoted(let date)? = arguments.first, case .list? = arguments.second {
            throw IMAPFormFailure(
                "the date \(Quote.of(date)) stands before the list of flags, which has to come first",
                ja: "日付 \(Quote.of(date)) がフラグのリストより前にあります。フラグが先です", clause: clause)
        }
        if case .atom(let flag)? = arguments.first, flag.first == UInt8(ascii: "\\") {
            throw IMAPFormFailure(
                "the flag \(Quote.of(flag)) stands without parentheses, where a list as `(\\Seen)` is due",
                ja: "フラグ \(Quote.of(flag)) が括弧なしで書かれています。`(\\Seen)` のようなリストでなければなりません", clause: clause)
        }
        if case .list? = arguments.first { try arguments.flags(takesAtoms: false) }
        if case .atom(let text)? = arguments.first, text.first?.isDigit == true {
            throw IMAPFormFailure(
                "\(Quote.of(text)) stands where a date in quotes or the literal with the message is due",
                ja: "引用符で囲んだ日付か、メッセージのリテラルの位置に \(Quote.of(text)) があります", clause: clause)
        }
        if case .quoted(let date)? = arguments.first {
            arguments.skip()
            if let flaw = IMAPFormDate.flaw(inDateTime: date) {
                if arguments.isAtEnd, date.first?.isDigit != true {
                    throw IMAPFormFailure(
                        "the message stands in quotes, where a literal is due",
                        ja: "メッセージが引用文字列で書かれています。リテラルでなければなりません",
                        clause: clause)
                }
                throw IMAPFormFailure(
                    "the date-time reads \(Quote.of([Byte.quote] + date + [Byte.quote])), and \(flaw.en)",
                    ja: "日時が \(Quote.of([Byte.quote] + date + [Byte.quote])) ですが、\(flaw.ja)", clause: clause)
            }
        }
        if let word = arguments.first?.word {
            if ["CATENATE", "UTF8", "ANNOTATION"].contains(word) { throw .notKnown }
            if word == "NIL" {
                throw IMAPFormFailure(
                    "`NIL` stands where flags or a date are left out: that is done by writing nothing",
                    ja: "フラグや日付を省くところに `NIL` があります。省くときは何も書きません", clause: clause)
            }
        }
        guard let message = try arguments.next(Words("the literal with the message", ja: "メッセージのリテラル")) else { return }
        guard case .literal = message else {
            throw IMAPFormFailure(
                "\(message.text) stands where the literal with the message is due, as in `{334}`",
                ja: "`{334}` のようなメッセージのリテラルの位置に \(message.text) があります", clause: clause)
        }
        // More messages may follow (RFC 3502 §6).
        if !arguments.isEmpty { throw .notKnown }
    }

    private static let copy: Read = { arguments throws(IMAPFormFailure) in
        try arguments.set()
        try arguments.mailbox()
    }

    private static let uidExpunge: Read = { arguments throws(IMAPFormFailure) in try arguments.set() }

    private static let enable: Read = { arguments throws(IMAPFormFailure) in
        _ = try arguments.next(Words("what to enable", ja: "有効にする機能"))
        while case .atom? = arguments.first { arguments.skip() }
    }

    private static let compress: Read = { arguments throws(IMAPFormFailure) in
        _ = try arguments.next(Words("the mechanism", ja: "圧縮方式"))
    }

    private static let id: Read = { arguments throws(IMAPFormFailure) in
        guard let first = try arguments.next(Words("the list of fields, or NIL", ja: "項目のリストまたは NIL")) else { return }
        guard case .list(let fields) = first else {
            if first.word == "NIL" { return }
            throw IMAPFormFailure(
                #"\#(first.text) stands where NIL or a list is due, as in `("name" "mutt")`"#,
                ja: #"NIL か `("name" "mutt")` のようなリストの位置に \#(first.text) があります"#, clause: "RFC 2971 §3.1")
        }
        if fields.count % 2 == 1, !arguments.isCut {
            throw IMAPFormFailure(
                "the list has \(fields.count) strings, which do not go in pairs of field and value",
                ja: "リストの文字列が \(fields.count) 個で、項目と値の組になりません", clause: "RFC 2971 §3.1")
        }
    }

    private static let uid: Read = { arguments throws(IMAPFormFailure) in
        throw IMAPFormFailure(
            "behind UID one of COPY, FETCH, MOVE, SEARCH, STORE, EXPUNGE is due",
            ja: "UID の後には COPY、FETCH、MOVE、SEARCH、STORE、EXPUNGE のいずれかが必要です",
            clause: "RFC 9051 §6.4.9; RFC 3501 §6.4.8")
    }
}
