import Wire

/// A literal as the end of a line announces it: `{n}`, `{n+}`, also `~{n}` (RFC 9051 §4.3, RFC 7888 §4).
struct IMAPLiteral {
    enum Content: Sendable, Equatable {
        case text
        case secret
        case message(Part)
    }

    /// How much of a message it is.
    enum Part: Sendable, Equatable {
        case whole
        /// All of its header, and nothing else.
        case wholeHeader
        /// All that follows its header.
        case wholeBody
        /// What begins with a header, of its own or of a part in it.
        case header
        /// What has no header of its own that one could see.
        case body

        var hasHeader: Bool { self == .whole || self == .wholeHeader || self == .header }
    }

    var size: UInt64
    /// `{n}`: a client waits for `+` before it says it.
    var waits: Bool
    /// What stands before it.
    private var before: ArraySlice<UInt8>

    /// nil where `end`, the end of a line, announces none.
    init?(_ end: ArraySlice<UInt8>) {
        var line = end
        guard line.popLast() == UInt8(ascii: "}"), let brace = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        waits = line.last != Byte.plus
        guard let size = ASCII.number(line[(brace + 1)...].dropLast(waits ? 0 : 1)) else { return nil }
        self.size = size
        before = line[..<brace]
        if before.last == UInt8(ascii: "~") { before.removeLast() }
        while before.last?.isBlank == true { before.removeLast() }
    }

    /// What it is in a response of FETCH (RFC 9051 §7.5.2, RFC 3516 §4.3).
    var fetched: Content {
        var item = before
        var origin: UInt64 = 0
        if item.last == Byte.greater, let less = item.lastIndex(of: Byte.less) {
            guard let number = ASCII.number(item[(less + 1)...].dropLast()) else { return .text }
            origin = number
            item = item[..<less]
        }
        let isPartial = item.endIndex != before.endIndex
        guard item.last == UInt8(ascii: "]") else {
            switch Self.word(item) {
            case "RFC822": return .message(isPartial ? Self.part(from: origin) : .whole)
            case "RFC822.HEADER": return .message(isPartial ? Self.part(from: origin) : .wholeHeader)
            case "RFC822.TEXT": return .message(isPartial ? .body : .wholeBody)
            default: return .text
            }
        }
        guard let (name, bracket) = Self.section(item) else { return .text }
        guard origin == 0 else { return .message(.body) }
        let section = ASCII.uppercased(item[(bracket + 1)...].dropLast().prefix { !$0.isBlank })
        if section.isEmpty { return .message(name == "BODY" && !isPartial ? .whole : .header) }
        if name == "BODY", !isPartial, section == "HEADER" { return .message(.wholeHeader) }
        if name == "BODY", !isPartial, section == "TEXT" { return .message(.wholeBody) }
        let last = section.split(separator: ".").last { Int($0) == nil && $0 != "FIELDS" && $0 != "NOT" }
        return .message(last == "HEADER" || last == "MIME" ? .header : .body)
    }

    /// What it is behind the mailbox of APPEND: a message, or with CATENATE a piece of one or the URL of another
    /// (RFC 9051 §6.3.12, RFC 4469 §5, RFC 6855 §4).
    var appended: Content {
        switch Self.word(before) {
        // The first piece has the header.
        case "TEXT": .message(before.dropLast(4).last == UInt8(ascii: "(") ? .header : .body)
        case "URL": .text
        default: .message(.whole)
        }
    }

    private static func part(from origin: UInt64) -> Part { origin == 0 ? .header : .body }

    /// What has a section in brackets at its end, and where that begins; the names of fields in it may be quoted.
    private static func section(_ item: ArraySlice<UInt8>) -> (name: String, bracket: Int)? {
        var item = item
        while let bracket = item.lastIndex(of: UInt8(ascii: "[")) {
            item = item[..<bracket]
            let name = word(item.suffix(IMAPLimits.verb))
            if name == "BODY" || name == "BINARY" { return (name, bracket) }
        }
        return nil
    }

    /// The last word, in upper case.
    private static func word(_ bytes: ArraySlice<UInt8>) -> String {
        let start = bytes.lastIndex { $0.isBlank || $0 == UInt8(ascii: "(") }.map { $0 + 1 } ?? bytes.startIndex
        let word = bytes[start...]
        return word.count <= IMAPLimits.verb ? ASCII.uppercased(word) : ""
    }
}
