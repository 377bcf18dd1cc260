import Wire

/// The last bytes of a line, however long it is.
struct IMAPLineEnd: Sendable {
    private static let length = IMAPLimits.lineEnd
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
