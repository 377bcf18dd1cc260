import Conversation
import Wire

/// What FETCH tells of the form of a message: ENVELOPE, BODY and BODYSTRUCTURE (RFC 9051 §7.5.2, §9).
struct IMAPStructure {
    struct Flaw {
        /// An error where a client cannot make out what is meant; a warning where it can, with some leniency.
        var severity: Severity
        /// A sentence without its full stop.
        var what: Words
    }

    private enum Limits {
        /// Bytes of a part that are quoted.
        static let quoted = 80
    }

    /// The first that is lenient to read.
    private var lenient: Flaw?

    /// - Parameter pieces: the value, cut where literals stand in it.
    /// - Returns: nil where nothing is wrong, and where it is too deep or too long to be looked at.
    static func flaw(in name: String, _ pieces: [[UInt8]]) -> Flaw? {
        // What is wrong with quotes and parentheses is another rule's matter.
        guard let read = try? IMAPFormTokens.read(pieces, hasSections: false), !read.isCut, read.tokens.count == 1,
            case .list(let list)? = read.tokens.first
        else { return nil }
        var reader = IMAPStructure()
        do {
            if name == "ENVELOPE" { try reader.envelope(list) } else { try reader.body(list) }
        } catch {
            return error.flaw
        }
        return reader.lenient
    }

    private struct Wrong: Error {
        let flaw: Flaw

        init(_ en: String, ja: String) { flaw = Flaw(severity: .error, what: Words(en, ja: ja)) }
    }

    private mutating func tolerate(_ en: String, ja: String) {
        if lenient == nil { lenient = Flaw(severity: .warning, what: Words(en, ja: ja)) }
    }

    // MARK: - Bodies

    private mutating func body(_ list: [IMAPFormToken]) throws(Wrong) {
        switch list.first {
        case nil: throw Wrong("an empty list `()` stands where a body is due", ja: "ボディが来るべきところに空のリスト `()` があります")
        case .list: try multipart(list)
        default: try part(list)
        }
    }

    private mutating func multipart(_ list: [IMAPFormToken]) throws(Wrong) {
        var rest = list[...]
        while case .list(let part)? = rest.first {
            try body(part)
            rest = rest.dropFirst()
        }
        guard let subtype = rest.popFirst() else {
            throw Wrong(
                "a multipart has no subtype behind its parts: \(Self.quote(list))",
                ja: "マルチパートの各部分の後にサブタイプがありません: \(Self.quote(list))")
        }
        try string(subtype, Words("the subtype of a multipart", ja: "マルチパートのサブタイプ"))
        if let parameters = rest.popFirst() { try self.parameters(parameters) }
        try extensions(rest)
    }

    private mutating func part(_ list: [IMAPFormToken]) throws(Wrong) {
        // The subtype stands in the place of a part.
        if list.count == 1 || list.count > 1 && !Self.isString(list[1]), !Self.isNIL(list[0]) {
            throw Wrong(
                """
                a multipart with no part in it is told of, \(Self.quote(list)); a multipart has at least one part before \
                its subtype
                """,
                ja: "部分が 1 つもないマルチパート \(Self.quote(list)) があります。マルチパートではサブタイプの前に部分が少なくとも 1 つ必要です")
        }
        try string(list[0], Words("the type of a part", ja: "部分のタイプ"))
        if list.count > 1 { try string(list[1], Words("the subtype of a part", ja: "部分のサブタイプ")) }
        if list.count > 2 { try parameters(list[2]) }
        if list.count > 3 { try nstring(list[3], Words("the id of a part", ja: "部分の ID")) }
        if list.count > 4 { try nstring(list[4], Words("the description of a part", ja: "部分の説明")) }
        if list.count > 5 { try string(list[5], Words("the encoding of a part", ja: "部分のエンコーディング")) }
        guard list.count > 6 else {
            throw Wrong(
                """
                a part has \(list.count) fields, \(Self.quote(list)), where at least seven are due: type, subtype, \
                parameters, id, description, encoding and size
                """,
                ja:
                    "部分のフィールドが \(list.count) 個しかありません: \(Self.quote(list))。タイプ、サブタイプ、パラメーター、ID、説明、エンコーディング、サイズの 7 個が最低限必要です"
            )
        }
        try number(list[6], Words("the size of a part", ja: "部分のサイズ"))
        try specific(list)
    }

    /// What parts of certain types have behind their size.
    private mutating func specific(_ list: [IMAPFormToken]) throws(Wrong) {
        var rest = list[7...]
        switch (Self.word(list[0]), Self.word(list[1])) {
        case ("TEXT", _):
            guard let lines = rest.first, case .atom = lines, !Self.isNIL(lines) else {
                tolerate(
                    "a part of type text has no number of lines behind its size: \(Self.quote(list))",
                    ja: "text 型の部分で、サイズの後に行数がありません: \(Self.quote(list))")
                break
            }
            try number(lines, Words("the number of lines of a part", ja: "部分の行数"))
            rest = rest.dropFirst()
        case ("MESSAGE", "RFC822"), ("MESSAGE", "GLOBAL"):
            guard case .list(let envelope)? = rest.first else {
                return tolerate(
                    "a part of type message/rfc822 has no envelope behind its size: \(Self.quote(list))",
                    ja: "message/rfc822 型の部分で、サイズの後にエンベロープがありません: \(Self.quote(list))")
            }
            try self.envelope(envelope)
            rest = rest.dropFirst()
            guard case .list(let inner)? = rest.popFirst() else {
                return tolerate(
                    "a part of type message/rfc822 has no body behind its envelope: \(Self.quote(list))",
                    ja: "message/rfc822 型の部分で、エンベロープの後にボディがありません: \(Self.quote(list))")
            }
            try body(inner)
            guard let lines = rest.popFirst() else {
                return tolerate(
                    "a part of type message/rfc822 has no number of lines behind its body",
                    ja: "message/rfc822 型の部分で、ボディの後に行数がありません")
            }
            try number(lines, Words("the number of lines of a part", ja: "部分の行数"))
        default: break
        }
        if let digest = rest.popFirst() { try nstring(digest, Words("the MD5 of a part", ja: "部分の MD5")) }
        try extensions(rest)
    }

    /// Disposition, language, location, and whatever comes behind them.
    private mutating func extensions(_ fields: ArraySlice<IMAPFormToken>) throws(Wrong) {
        var rest = fields
        if let disposition = rest.popFirst(), !Self.isNIL(disposition) {
            guard case .list(let list) = disposition, let kind = list.first, Self.isString(kind) else {
                throw Wrong(
                    "\(Self.quote(disposition)) stands where the disposition is due, a list or NIL",
                    ja: "disposition (リストか NIL) が来るべきところに \(Self.quote(disposition)) があります")
            }
            if list.count > 1 { try parameters(list[1]) }
        }
        if let language = rest.popFirst(), !Self.isList(language) {
            try nstring(language, Words("the language of a part", ja: "部分の言語"))
        }
        if let location = rest.popFirst() { try nstring(location, Words("the location of a part", ja: "部分の場所")) }
    }

    private mutating func parameters(_ token: IMAPFormToken) throws(Wrong) {
        if Self.isNIL(token) { return }
        guard case .list(let list) = token else {
            throw Wrong(
                "\(Self.quote(token)) stands where parameters are due, a list in parentheses or NIL",
                ja: "パラメーター (括弧で囲んだリストか NIL) が来るべきところに \(Self.quote(token)) があります")
        }
        guard !list.isEmpty else {
            return tolerate("an empty list stands where NIL is due", ja: "NIL が来るべきところに空のリストがあります")
        }
        for value in list { try string(value, Words("a parameter", ja: "パラメーター")) }
        guard list.count % 2 == 0 else {
            throw Wrong(
                "the parameters \(Self.quote(token)) are \(list.count) strings, which make no pairs of name and value",
                ja: "パラメーター \(Self.quote(token)) の文字列が \(list.count) 個で、名前と値の組になっていません")
        }
    }

    // MARK: - Envelopes

    private static let addressFields = ["from", "sender", "reply-to", "to", "cc", "bcc"]

    private mutating func envelope(_ list: [IMAPFormToken]) throws(Wrong) {
        guard list.count == 10 else {
            throw Wrong(
                "an envelope has \(list.count) fields, \(Self.quote(list)), where ten are due",
                ja: "エンベロープのフィールドが \(list.count) 個です: \(Self.quote(list))。10 個でなければなりません")
        }
        try nstring(list[0], Words("the date of an envelope", ja: "エンベロープの日付"))
        try nstring(list[1], Words("the subject of an envelope", ja: "エンベロープの件名"))
        for (name, token) in zip(Self.addressFields, list[2..<8]) { try addresses(token, name) }
        try nstring(list[8], Words("the in-reply-to of an envelope", ja: "エンベロープの In-Reply-To"))
        try nstring(list[9], Words("the message-id of an envelope", ja: "エンベロープの Message-ID"))
    }

    private mutating func addresses(_ token: IMAPFormToken, _ name: String) throws(Wrong) {
        if Self.isNIL(token) { return }
        guard case .list(let list) = token else {
            throw Wrong(
                "\(Self.quote(token)) stands where the addresses of \(name) are due, a list of lists or NIL",
                ja: "\(name) のアドレス (リストのリストか NIL) が来るべきところに \(Self.quote(token)) があります")
        }
        if list.isEmpty {
            tolerate(
                "an empty list stands for the addresses of \(name), where NIL is due",
                ja: "\(name) のアドレスが空のリストです。NIL でなければなりません")
        }
        for one in list {
            guard case .list(let address) = one, address.count == 4 else {
                throw Wrong(
                    "the address \(Self.quote(one)) of \(name) has not the four fields of one: name, route, mailbox, host",
                    ja: "\(name) のアドレス \(Self.quote(one)) が、名前、経路、メールボックス、ホストの 4 項目になっていません")
            }
            for field in address { try nstring(field, Words("a field of an address", ja: "アドレスの項目")) }
        }
    }

    // MARK: - Values

    private mutating func string(_ token: IMAPFormToken, _ what: Words) throws(Wrong) {
        if Self.isNIL(token) {
            return tolerate(
                "NIL stands where \(what.en) is due, which is a string", ja: "\(what.ja) (文字列) が来るべきところに NIL があります")
        }
        try nstring(token, what)
    }

    private mutating func nstring(_ token: IMAPFormToken, _ what: Words) throws(Wrong) {
        switch token {
        case .quoted, .literal: return
        case .atom where Self.isNIL(token): return
        case .atom:
            throw Wrong(
                "\(Self.quote(token)) stands without quotes where \(what.en) is due, a string",
                ja: "\(what.ja) (文字列) が来るべきところに、引用符のない \(Self.quote(token)) があります")
        case .list:
            throw Wrong(
                "the list \(Self.quote(token)) stands where \(what.en) is due, a string",
                ja: "\(what.ja) (文字列) が来るべきところに、リスト \(Self.quote(token)) があります")
        }
    }

    private mutating func number(_ token: IMAPFormToken, _ what: Words) throws(Wrong) {
        if Self.isNumber(token) { return }
        guard case .atom = token else {
            throw Wrong(
                "\(Self.quote(token)) stands where \(what.en) is due, a number",
                ja: "\(what.ja) (数) が来るべきところに \(Self.quote(token)) があります")
        }
        tolerate(
            "\(Self.quote(token)) stands where \(what.en) is due, a number",
            ja: "\(what.ja) (数) が来るべきところに \(Self.quote(token)) があります")
    }

    private static func isNIL(_ token: IMAPFormToken) -> Bool {
        if case .atom(let bytes) = token { ASCII.equal(bytes, "NIL") } else { false }
    }

    private static func isNumber(_ token: IMAPFormToken) -> Bool {
        if case .atom(let bytes) = token { ASCII.number(bytes) != nil } else { false }
    }

    private static func isList(_ token: IMAPFormToken) -> Bool {
        if case .list = token { true } else { false }
    }

    /// It may be meant for one.
    private static func isString(_ token: IMAPFormToken) -> Bool {
        switch token {
        case .quoted, .literal: true
        case .atom: !isNIL(token) && !isNumber(token)
        case .list: false
        }
    }

    private static func word(_ token: IMAPFormToken) -> String {
        switch token {
        case .quoted(let bytes), .atom(let bytes): ASCII.uppercased(bytes.prefix(32))
        case .literal, .list: ""
        }
    }

    // MARK: - In a sentence

    private static func quote(_ list: [IMAPFormToken]) -> String { quote(.list(list)) }

    private static func quote(_ token: IMAPFormToken) -> String {
        var text: [UInt8] = []
        write(token, to: &text)
        return Quote.of(text)
    }

    private static func write(_ token: IMAPFormToken, to text: inout [UInt8]) {
        // One byte more shows that it is cut.
        guard text.count <= Limits.quoted else { return }
        switch token {
        case .atom(let bytes): text += bytes.prefix(Limits.quoted)
        case .quoted(let bytes): text += [Byte.quote] + bytes.prefix(Limits.quoted) + [Byte.quote]
        case .literal: text += "{…}".utf8
        case .list(let list):
            text.append(UInt8(ascii: "("))
            for (index, part) in list.enumerated() {
                guard text.count <= Limits.quoted else { return }
                if index > 0 { text.append(Byte.space) }
                write(part, to: &text)
            }
            text.append(UInt8(ascii: ")"))
        }
    }
}
