import Conversation
import Wire

/// One line of a session as a person reads it: a command, a reply, a line of a message or body.
public struct SpokenLine: Sendable {
    public var direction: Direction
    /// The kind of an utterance; nil for a line of a message or body.
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
    /// True in the body of a request or response.
    public var isBody = false
    /// In the place of a body whose lines are not told: what it is, as far as its header says.
    public var folded: String?
    /// What the line means where that is not what it looks like: encoded words, another charset, names of mailboxes.
    public var decoded: String?
    /// Bytes that were counted and not kept.
    public var dropped = 0

    /// Its text is its bytes: all of them stand for themselves.
    var isPlain: Bool {
        folded == nil && dropped == 0 && bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == Byte.tab }
    }

    /// Safe on a terminal: control bytes as pictures.
    public var text: String {
        if let folded { return "[\(length) bytes\(folded.isEmpty ? "" : " of \(folded)")]" }
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
        decoded = utterance.decoded
        dropped = utterance.dropped
    }

    init(_ line: LineCutter.Line, of direction: Direction, isHeader: Bool, decoded: String?) {
        self.direction = direction
        bytes = line.bytes
        end = line.end
        at = line.at
        offset = line.offset
        length = line.length
        self.isHeader = isHeader
        self.decoded = decoded
        dropped = max(0, length - bytes.count - (end == .crlf ? 2 : end == .lf ? 1 : 0))
    }
}

/// A sink that hears lines: utterances, and messages cut into theirs.
public protocol SpokenLineSink: ConversationSink {
    /// The messages that pass now, at most one in each direction; kept for the sink by these defaults.
    var messages: PerDirection<MessageText?> { get set }
    /// The bodies that pass now; kept for the sink by these defaults.
    var bodies: PerDirection<BodyText?> { get set }
    mutating func line(_ line: SpokenLine)
    /// False where the lines of messages' bodies are not wanted any more.
    var wantsBodies: Bool { get }
}

extension SpokenLineSink {
    public var wantsBodies: Bool { true }

    public mutating func utterance(_ utterance: Utterance) {
        if utterance.kind == .chunk { endOfChunk(utterance.direction) }
        line(SpokenLine(utterance))
    }

    /// A chunk's end cuts a line that goes on in the next one.
    public mutating func endOfChunk(_ direction: Direction) {
        bodies[direction]?.rest().map { line($0) }
    }

    public mutating func bodyBegan(_ start: BodyStart) {
        bodies[start.direction] = BodyText(start)
    }

    public mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        guard var body = bodies[direction] else { return }
        bodies[direction] = nil
        body.feed(bytes, offset: offset, at: at) { line($0) }
        bodies[direction] = body
    }

    public mutating func bodyEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        bodies[direction]?.finish().map { line($0) }
        bodies[direction] = nil
    }

    public mutating func messageBegan(_ start: MessageStart) {
        messages[start.direction] = MessageText(start)
    }

    public mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        feedMessage(bytes, from: direction, offset: offset, at: at)
    }

    /// Tells the lines that these bytes of the message complete.
    public mutating func feedMessage(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        guard var message = messages[direction] else { return }
        messages[direction] = nil
        message.feed(bytes, offset: offset, at: at) {
            line($0)
        } isWanted: {
            wantsBodies
        }
        messages[direction] = message
    }

    public mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        finishMessage(direction)
    }

    /// Tells the last line where no line end follows it.
    public mutating func finishMessage(_ direction: Direction) {
        guard var message = messages[direction] else { return }
        messages[direction] = nil
        message.finish().map { line($0) }
    }
}
