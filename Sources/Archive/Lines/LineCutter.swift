import Conversation
import Wire

/// Cuts what passes in pieces into lines, and knows where and when each began.
struct LineCutter: Sendable {
    /// One line, without its end; `bytes` holds no more of it than the limit.
    struct Line {
        var bytes: [UInt8]
        /// Bytes on the wire, line end included.
        var length: Int
        var end: LineEnd
        var at: Timestamp
        var offset: UInt64
    }

    private var buffer = LineBuffer(limit: ArchiveLimits.messageLine)
    private var lineAt = Timestamp(nanoseconds: 0)
    private var lineOffset: UInt64 = 0

    /// Takes bytes of `span` from `index` up to the end of a line, and moves `index` behind them.
    /// - Parameter offset: where the span stands in the stream.
    /// - Returns: the line that ended; nil where it goes on.
    mutating func next(_ span: Span<UInt8>, from index: inout Int, offset: UInt64, at time: Timestamp) -> Line? {
        if buffer.isEmpty {
            lineAt = time
            lineOffset = offset + UInt64(index)
        }
        let (next, end) = buffer.take(span, from: index)
        index = next
        return end.map { line($0) }
    }

    /// What no line end has followed.
    mutating func rest() -> Line? {
        buffer.isEmpty ? nil : line(.none)
    }

    private mutating func line(_ end: LineEnd) -> Line {
        defer { buffer.reset() }
        return Line(bytes: buffer.bytes, length: buffer.length, end: end, at: lineAt, offset: lineOffset)
    }
}
