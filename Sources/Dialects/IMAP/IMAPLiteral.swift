import Wire

/// A literal as the end of a line announces it: `{n}`, `{n+}`, also `~{n}` (RFC 9051 §4.3, RFC 7888 §4).
struct IMAPLiteral {
    enum Content: Sendable, Equatable {
        case text
        case secret
        /// A message, or what may be the beginning of one only.
        case message(partial: Bool)

        var isMessage: Bool { if case .message = self { true } else { false } }
    }

    var size: UInt64
    /// `{n}`: a client waits for `+` before it says it.
    var waits: Bool
    /// The word before it, in upper case.
    private var item: String

    /// nil where `end`, which holds the last bytes of a line and its line end, announces none.
    init?(_ end: IMAPLineEnd) {
        var line = end.bytes
        if line.last == Byte.lf { line.removeLast() }
        if line.last == Byte.cr { line.removeLast() }
        guard line.popLast() == UInt8(ascii: "}"), let brace = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        waits = line.last != Byte.plus
        guard let size = ASCII.number(line[(brace + 1)...].dropLast(waits ? 0 : 1)) else { return nil }
        self.size = size
        let before = line[..<brace]
        let words = ASCII.words(before.last == UInt8(ascii: "~") ? before.dropLast() : before)
        item = ASCII.uppercased((words.last ?? []).drop { $0 == UInt8(ascii: "(") })
    }

    /// What it is in a response of FETCH (RFC 9051 §7.5.2).
    var fetched: Content {
        switch item {
        case "BODY[]", "BINARY[]", "RFC822": .message(partial: false)
        case "BODY[]<0>", "BINARY[]<0>": .message(partial: true)
        default: .text
        }
    }
}

/// The last bytes of a line, however long it is.
struct IMAPLineEnd: Sendable {
    /// More than any announcement of a literal, and what stands before it, needs.
    private static let length = 64
    private var kept: [UInt8] = []

    var bytes: ArraySlice<UInt8> { kept.suffix(Self.length) }

    mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        kept.append(bytes, range.suffix(Self.length))
        if kept.count >= 4 * Self.length { kept.removeFirst(kept.count - Self.length) }
    }

    mutating func startLine() {
        kept.removeAll(keepingCapacity: true)
    }
}
