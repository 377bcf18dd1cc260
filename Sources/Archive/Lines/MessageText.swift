import Conversation
import Message
import Wire

/// Cuts a message that passes in pieces into lines, dot-stuffing left as it is on the wire, and reads each.
public struct MessageText: Sendable {
    let direction: Direction
    private let dotStuffed: Bool
    private var cutter = LineCutter()
    private var lines: MessageLines

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
            if let cut = cutter.next(bytes, from: &index, offset: offset, at: time) { tell(read(cut)) }
        }
    }

    /// The rest, which no line end follows.
    mutating func finish() -> SpokenLine? {
        cutter.rest().map { read($0) }
    }

    private mutating func read(_ line: LineCutter.Line) -> SpokenLine {
        let isHeader = lines.isInHeader
        let isStuffed = dotStuffed && line.bytes.first == Byte.dot
        let decoded = lines.line(isStuffed ? Array(line.bytes.dropFirst()) : line.bytes)
        return SpokenLine(line, of: direction, isHeader: isHeader, decoded: decoded)
    }
}
