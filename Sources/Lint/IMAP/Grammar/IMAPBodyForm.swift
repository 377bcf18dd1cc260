import Wire

/// Whether a value of FETCH is of the form that the grammar gives to the structure of a message, or to its envelope
/// (RFC 9051 §7.5.2, §9: body, envelope).
struct IMAPBodyForm {
    struct Flaw: Error {
        var what: Words
        /// The part that is wrong.
        var range: Range<Int>
    }

    indirect enum Node {
        case list([Node], Range<Int>)
        case string(Range<Int>)
        case `nil`(Range<Int>)
        case number(Range<Int>)
        case atom(Range<Int>)

        var range: Range<Int> {
            switch self {
            case .list(_, let range), .string(let range), .nil(let range), .number(let range), .atom(let range): range
            }
        }

        var isNString: Bool {
            switch self {
            case .string, .nil: true
            case .list, .number, .atom: false
            }
        }
    }

    /// Parentheses in parentheses that are looked at.
    private static let depth = 48

    private let bytes: [UInt8]
    private var at: Int

    /// - Parameter start: where in `bytes` its parenthesis opens.
    init(_ bytes: [UInt8], at start: Int) {
        self.bytes = bytes
        at = start
    }

    /// nil where it has no end, or is too deep to be looked at: what is not closed is another rule's matter.
    mutating func read() -> Node? { node(depth: 0) }

    private mutating func node(depth: Int) -> Node? {
        while at < bytes.count, bytes[at].isBlank { at += 1 }
        guard at < bytes.count, depth < Self.depth else { return nil }
        let start = at
        switch bytes[at] {
        case UInt8(ascii: "("):
            at += 1
            var nodes: [Node] = []
            while true {
                while at < bytes.count, bytes[at].isBlank { at += 1 }
                guard at < bytes.count else { return nil }
                if bytes[at] == UInt8(ascii: ")") {
                    at += 1
                    return .list(nodes, start..<at)
                }
                guard let node = node(depth: depth + 1) else { return nil }
                nodes.append(node)
            }
        case UInt8(ascii: ")"): return nil
        case Byte.quote:
            at += 1
            while at < bytes.count, bytes[at] != Byte.quote { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
            guard at < bytes.count else { return nil }
            at += 1
            return .string(start..<at)
        default:
            while at < bytes.count, !bytes[at].isBlank, bytes[at] != UInt8(ascii: "("), bytes[at] != UInt8(ascii: ")"),
                bytes[at] != Byte.quote
            {
                at += 1
            }
            let word = bytes[start..<at]
            if ASCII.equal(word, "NIL") { return .nil(start..<at) }
            return ASCII.number(word) == nil ? .atom(start..<at) : .number(start..<at)
        }
    }

    // MARK: - The structure of a message

    func checkBody(_ node: Node) throws(Flaw) {
        guard case .list(let fields, let range) = node else {
            throw Flaw(
                what: Words("no list in parentheses stands where a part is due", ja: "パートの位置に括弧で囲んだリストがありません"),
                range: node.range)
        }
        guard let first = fields.first else {
            throw Flaw(what: Words("a part is an empty list", ja: "パートが空のリストです"), range: range)
        }
        if case .list = first { return try checkMultipart(fields, range) }
        guard fields.count > 1 else {
            throw Flaw(
                what: Words(
                    "this is a multipart without any part in it: at least one has to stand before its subtype",
                    ja: "パートが 1 つもないマルチパートです。副タイプの前に少なくとも 1 つのパートが必要です"), range: range)
        }
        try checkPart(fields, range)
    }

    private func checkMultipart(_ fields: [Node], _ range: Range<Int>) throws(Flaw) {
        var index = 0
        while index < fields.count, case .list = fields[index] {
            try checkBody(fields[index])
            index += 1
        }
        guard index < fields.count, case .string = fields[index] else {
            throw Flaw(
                what: Words(
                    "behind the \(index) parts of a multipart its subtype is due, a string",
                    ja: "\(index) 個のパートの後に、文字列の副タイプがありません"),
                range: index < fields.count ? fields[index].range : range)
        }
        if index + 1 < fields.count { try checkParameters(fields[index + 1]) }
    }

    private func checkPart(_ fields: [Node], _ range: Range<Int>) throws(Flaw) {
        for (name, field) in zip(["type", "subtype"], fields) {
            guard case .string = field else {
                throw Flaw(
                    what: Words("the \(name) of a part is no string", ja: "パートの \(name) が文字列になっていません"),
                    range: field.range)
            }
        }
        let text = fields[0].range
        let type = ASCII.uppercased(bytes[text].dropFirst().dropLast().prefix(16))
        let subtype = ASCII.uppercased(bytes[fields[1].range].dropFirst().dropLast().prefix(16))
        let isMessage = type == "MESSAGE" && (subtype == "RFC822" || subtype == "GLOBAL")
        let due = isMessage ? 10 : type == "TEXT" ? 8 : 7
        guard fields.count >= 7, fields.count >= due || !isMessage && type != "TEXT" else {
            throw Flaw(
                what: Words(
                    "a part of the type \(type)/\(subtype) has \(fields.count) fields, where at least \(due) are due",
                    ja: "\(type)/\(subtype) のパートの項目が \(fields.count) 個です。少なくとも \(due) 個必要です"), range: range)
        }
        try checkParameters(fields[2])
        for field in fields[3...4] where !field.isNString {
            throw Flaw(
                what: Words("an id or a description is neither a string nor NIL", ja: "ID または説明が文字列でも NIL でもありません"),
                range: field.range)
        }
        try checkNumber(fields[6], Words("the size in octets", ja: "オクテット数"))
        if type == "TEXT" { try checkNumber(fields[7], Words("the number of lines", ja: "行数")) }
        if isMessage {
            try checkEnvelope(fields[7])
            try checkBody(fields[8])
            try checkNumber(fields[9], Words("the number of lines", ja: "行数"))
        }
    }

    private func checkNumber(_ node: Node, _ name: Words) throws(Flaw) {
        if case .number = node { return }
        throw Flaw(
            what: Words("\(name.en) of a part is no number", ja: "パートの\(name.ja)が数になっていません"), range: node.range)
    }

    private func checkParameters(_ node: Node) throws(Flaw) {
        switch node {
        case .nil: return
        case .list(let fields, let range):
            guard fields.count % 2 == 0 else {
                throw Flaw(
                    what: Words(
                        "the parameters of a part are \(fields.count) strings, which do not go in pairs of name and value",
                        ja: "パートのパラメーターが \(fields.count) 個で、名前と値の組になりません"), range: range)
            }
            for field in fields {
                guard case .string = field else {
                    throw Flaw(
                        what: Words("a parameter of a part is no string", ja: "パートのパラメーターが文字列になっていません"),
                        range: field.range)
                }
            }
        case .string, .number, .atom:
            throw Flaw(
                what: Words(
                    "the parameters of a part are neither a list nor NIL", ja: "パートのパラメーターがリストでも NIL でもありません"),
                range: node.range)
        }
    }

    // MARK: - The envelope

    func checkEnvelope(_ node: Node) throws(Flaw) {
        guard case .list(let fields, let range) = node else {
            throw Flaw(
                what: Words("an envelope is no list", ja: "ENVELOPE がリストになっていません"), range: node.range)
        }
        guard fields.count == 10 else {
            throw Flaw(
                what: Words(
                    "an envelope has \(fields.count) fields, where 10 are due",
                    ja: "ENVELOPE の項目が \(fields.count) 個です。10 個でなければなりません"),
                range: range)
        }
        for index in [0, 1, 8, 9] where !fields[index].isNString {
            throw Flaw(
                what: Words(
                    "date, subject or an id of an envelope is neither a string nor NIL",
                    ja: "ENVELOPE の日付、件名、ID のいずれかが文字列でも NIL でもありません"), range: fields[index].range)
        }
        for field in fields[2...7] { try checkAddresses(field) }
    }

    private func checkAddresses(_ node: Node) throws(Flaw) {
        if case .nil = node { return }
        guard case .list(let addresses, let range) = node else {
            throw Flaw(
                what: Words(
                    "addresses of an envelope are neither a list nor NIL", ja: "ENVELOPE のアドレスがリストでも NIL でもありません"),
                range: node.range)
        }
        guard !addresses.isEmpty else {
            throw Flaw(
                what: Words("an empty list of addresses stands where NIL is due", ja: "NIL であるべきところに空のアドレスリストがあります"),
                range: range)
        }
        for address in addresses {
            guard case .list(let fields, _) = address, fields.count == 4, fields.allSatisfy(\.isNString) else {
                throw Flaw(
                    what: Words(
                        "an address of an envelope is not of four strings: name, route, mailbox, host",
                        ja: "ENVELOPE のアドレスが、名前、経路、メールボックス、ホストの 4 つの文字列になっていません"),
                    range: address.range)
            }
        }
    }
}
