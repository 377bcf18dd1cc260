/// How a line ended. RFC 5321 §2.3.8 knows CRLF alone; what else peers send is told apart, never repaired.
public enum LineEnd: String, Sendable, Codable, Equatable {
    case crlf
    case lf
    /// The stream ended, or the limit was reached, before any line end.
    case none
}

/// Gathers one line of a stream that arrives in pieces. Keeps at most `limit` bytes of it; the rest is counted only,
/// so that a line of 100 MB costs what a short one does.
///
/// A line ends at LF. A CR just before that LF belongs to the line end; any other CR is content of the line.
public struct LineBuffer: Sendable {
    /// The first bytes of the line, at most `limit`, without the line end once the line is complete.
    public private(set) var bytes: [UInt8] = []
    /// All bytes seen of this line, line end included.
    public private(set) var length = 0
    public let limit: Int
    private var endsInCR = false

    public init(limit: Int) {
        self.limit = limit
    }

    public var isEmpty: Bool { length == 0 }

    /// Takes bytes of `span` from `start` up to and including the next LF.
    /// - Returns: the index after the last byte taken, and how the line ended, nil while it goes on.
    public mutating func take(_ span: Span<UInt8>, from start: Int) -> (next: Int, end: LineEnd?) {
        if let lf = span.firstIndex(of: Byte.lf, from: start) {
            keep(span, start..<lf)
            length += 1
            guard endsInCR else { return (lf + 1, .lf) }
            if length - 2 < bytes.count { bytes.removeLast() }
            return (lf + 1, .crlf)
        }
        keep(span, start..<span.count)
        return (span.count, nil)
    }

    /// True when bytes of the line were counted but not kept.
    public var isTruncated: Bool { length > limit }

    public mutating func reset() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1024)
        length = 0
        endsInCR = false
    }

    private mutating func keep(_ span: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let room = limit - bytes.count
        if room > 0 {
            bytes.append(span, range.lowerBound..<min(range.upperBound, range.lowerBound + room))
        }
        length += range.count
        endsInCR = span[range.upperBound - 1] == Byte.cr
    }
}
