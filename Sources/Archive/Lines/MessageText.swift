import Conversation
import Message
import Wire

/// Cuts a message that passes in pieces into lines, dot-stuffing left as it is on the wire, and reads each.
public struct MessageText: Sendable {
    let direction: Direction
    private let dotStuffed: Bool
    private var buffer = LineBuffer(limit: ArchiveLimits.messageLine)
    private var lines: MessageLines
    private var lineAt = Timestamp(nanoseconds: 0)
    private var lineOffset: UInt64 = 0

    public init(_ start: MessageStart) {
        direction = start.direction
        dotStuffed = start.dotStuffed
        lines = MessageLines(inHeader: start.hasHeader)
    }

    var isInHeader: Bool { lines.isInHeader }

    /// - Parameter isWanted: asked before each line of the body; what is not wanted is passed by.
    mutating func feed(
        _ bytes: Span<UInt8>, offset: UInt64, at time: Timestamp, _ tell: (SpokenLine) -> Void, isWanted: () -> Bool
    ) {
        var index = 0
        while index < bytes.count, isInHeader || isWanted() {
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
    mutating func finish() -> SpokenLine? {
        buffer.isEmpty ? nil : line(.none)
    }

    private mutating func line(_ end: LineEnd) -> SpokenLine {
        let bytes = buffer.bytes
        let length = buffer.length
        buffer.reset()
        let isHeader = lines.isInHeader
        let isStuffed = dotStuffed && bytes.first == Byte.dot
        let decoded = lines.line(isStuffed ? Array(bytes.dropFirst()) : bytes)
        return SpokenLine(
            bytes, of: direction, end: end, at: lineAt, offset: lineOffset, length: length, isHeader: isHeader,
            decoded: decoded)
    }
}
