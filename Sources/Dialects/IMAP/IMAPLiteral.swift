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

    /// nil where `end`, the end of a line, announces none.
    init?(_ end: ArraySlice<UInt8>) {
        var line = end
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
    /// More than the announcement of a literal needs, and what stands before it.
    private static let length = 64
    /// Of a line that is not kept whole, with its line end.
    private var end: [UInt8] = []

    /// Takes those of the bytes in `range`, which `line` has just taken, that it did not keep.
    mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>, of line: borrowing LineBuffer) {
        guard line.isTruncated else { return }
        if end.isEmpty { end = Array(line.bytes.suffix(Self.length)) }
        end.append(bytes, range.suffix(min(Self.length, line.length - line.limit)))
        if end.count >= 4 * Self.length { end.removeFirst(end.count - 2 * Self.length) }
    }

    /// The end of `line` without its line end.
    func bytes(of line: borrowing LineBuffer) -> ArraySlice<UInt8> {
        guard line.isTruncated else { return line.bytes.suffix(Self.length) }
        var end = end.suffix(Self.length)
        if end.last == Byte.lf { end.removeLast() }
        if end.last == Byte.cr { end.removeLast() }
        return end
    }

    mutating func startLine() {
        if !end.isEmpty { end = [] }
    }
}
