import Conversation
import Message
import Wire

/// Cuts a message that passes in pieces into lines, dot-stuffing left as it is on the wire, and reads each.
struct MessageText {
    struct Line {
        var bytes: [UInt8]
        var end: LineEnd
        var at: Timestamp
        var offset: UInt64
        var length: Int
        /// What it means where that is not what it looks like.
        var decoded: String?
        var isHeader: Bool
    }

    /// Bytes of a line that are kept.
    private static let limit = 8_192

    let direction: Direction
    private let dotStuffed: Bool
    private var buffer = LineBuffer(limit: MessageText.limit)
    private var lines = MessageLines()
    private var lineAt = Timestamp(nanoseconds: 0)
    private var lineOffset: UInt64 = 0

    init(_ start: MessageStart) {
        direction = start.direction
        dotStuffed = start.dotStuffed
    }

    mutating func feed(_ bytes: Span<UInt8>, offset: UInt64, at time: Timestamp, _ tell: (Line) -> Void) {
        var index = 0
        while index < bytes.count {
            if buffer.isEmpty {
                lineAt = time
                lineOffset = offset + UInt64(index)
            }
            let (next, end) = buffer.take(bytes, from: index)
            index = next
            if let end { tell(line(end)) }
        }
    }

    /// The rest, which no line end follows.
    mutating func finish(_ tell: (Line) -> Void) {
        if !buffer.isEmpty { tell(line(.none)) }
    }

    private mutating func line(_ end: LineEnd) -> Line {
        var bytes = buffer.bytes
        let length = buffer.length
        buffer.reset()
        let raw = bytes
        if dotStuffed, bytes.first == Byte.dot { bytes.removeFirst() }
        let isHeader = lines.isInHeader
        let decoded = lines.line(bytes)
        return Line(
            bytes: raw, end: end, at: lineAt, offset: lineOffset, length: length, decoded: decoded, isHeader: isHeader)
    }
}
