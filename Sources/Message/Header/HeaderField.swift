import Wire

/// A field of a header (RFC 5322 §2.2).
public struct HeaderField: Sendable, Equatable {
    /// The name as written, without the colon and blanks before it.
    public var name: [UInt8]
    /// All behind the colon with the line ends taken out and nothing else (RFC 5322 §2.2.3): the blank behind the colon
    /// is still there.
    public var value: [UInt8]
    /// Where it stands in the message as on the wire, from its name to its last line end.
    public var range: Range<UInt64>
    /// Lines that it is folded into.
    public var lineCount: Int
    /// Bytes of the value that are not kept, because the header is too big (`MessageLimits`).
    public var bytesBeyond: UInt64
    /// Where in the value each line begins, and where that byte stands on the wire.
    var lines: [LineStart]

    struct LineStart: Sendable, Equatable {
        var index: Int
        var offset: UInt64
    }

    init(
        name: [UInt8], value: [UInt8], range: Range<UInt64>, lineCount: Int, bytesBeyond: UInt64, lines: [LineStart]
    ) {
        self.name = name
        self.value = value
        self.range = range
        self.lineCount = lineCount
        self.bytesBeyond = bytesBeyond
        self.lines = lines
    }

    /// - Parameter name: in upper case.
    public func isNamed(_ name: StaticString) -> Bool { ASCII.equal(self.name, name) }

    /// The value without the blanks around it; its indices are those of `value`.
    public var body: ArraySlice<UInt8> { value.trimmed }

    /// The value with its encoded words decoded, for people to read.
    public var text: String {
        let body = Array(body)
        return EncodedWord.decode(body) ?? body.text
    }

    /// Where the byte at `index` of the value stands in the message as on the wire.
    public func place(of index: Int) -> UInt64 {
        var low = 0
        var high = lines.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lines[middle].index <= index { low = middle } else { high = middle }
        }
        guard low < lines.count else { return range.lowerBound }
        return lines[low].offset + UInt64(max(0, index - lines[low].index))
    }

    /// The same for some bytes of the value; where these are folded, the line ends between them count.
    public func place(of range: Range<Int>) -> Range<UInt64> {
        let first = place(of: range.lowerBound)
        guard !range.isEmpty else { return first..<first }
        return first..<max(first, place(of: range.upperBound - 1) + 1)
    }
}

extension Array where Element == UInt8 {
    /// Without the blanks around it.
    var trimmed: ArraySlice<UInt8> { self[...].trimmed }
}

extension ArraySlice where Element == UInt8 {
    /// Without the blanks around it.
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}
