import Conversation
import Wire

/// One line of a session as a person reads it: a command, a reply, a line of a message.
public struct SpokenLine: Sendable {
    public var direction: Direction
    /// The kind of an utterance; nil for a line of a message.
    public var kind: Utterance.Kind?
    /// As on the wire, without the line end, secrets masked; at most what the dialect keeps of a line.
    public var bytes: [UInt8]
    public var end: LineEnd
    public var at: Timestamp
    /// Where it begins in what this peer said.
    public var offset: UInt64
    /// Bytes on the wire, line end included.
    public var length: Int
    public var isSecret = false
    /// True in the header of a message.
    public var isHeader = false
    /// What the line means where that is not what it looks like: encoded words, another charset.
    public var decoded: String?
    /// Bytes that were counted and not kept.
    public var dropped = 0

    /// Safe on a terminal: control bytes as pictures.
    public var text: String {
        let picture = Picture.of(bytes, keepTabs: true)
        return dropped > 0 ? picture + " … and \(dropped) bytes more" : picture
    }

    init(_ utterance: Utterance) {
        direction = utterance.direction
        kind = utterance.kind
        bytes = utterance.bytes
        end = utterance.end
        at = utterance.at
        offset = utterance.offset
        length = utterance.length
        isSecret = utterance.secretFrom != nil
        dropped = utterance.dropped
    }

    init(
        _ bytes: [UInt8], of direction: Direction, end: LineEnd, at: Timestamp, offset: UInt64, length: Int,
        isHeader: Bool, decoded: String?
    ) {
        self.direction = direction
        self.bytes = bytes
        self.end = end
        self.at = at
        self.offset = offset
        self.length = length
        self.isHeader = isHeader
        self.decoded = decoded
        dropped = max(0, length - bytes.count - (end == .crlf ? 2 : end == .lf ? 1 : 0))
    }
}

/// A sink that hears lines: utterances, and messages cut into theirs.
public protocol SpokenLineSink: ConversationSink {
    /// The message that passes now; kept for the sink by these defaults.
    var message: MessageText? { get set }
    mutating func line(_ line: SpokenLine)
}

extension SpokenLineSink {
    public mutating func utterance(_ utterance: Utterance) {
        line(SpokenLine(utterance))
    }

    public mutating func messageBegan(_ start: MessageStart) {
        message = MessageText(start)
    }

    public mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        feedMessage(bytes, offset: offset, at: at)
    }

    /// Tells the lines that these bytes of the message complete.
    public mutating func feedMessage(_ bytes: Span<UInt8>, offset: UInt64, at: Timestamp) {
        guard var message else { return }
        self.message = nil
        message.feed(bytes, offset: offset, at: at) { line($0) }
        self.message = message
    }

    public mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        finishMessage()
    }

    /// Tells the last line where no line end follows it.
    public mutating func finishMessage() {
        message?.finish().map { line($0) }
        message = nil
    }
}
