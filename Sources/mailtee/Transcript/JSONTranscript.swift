import Archive
import Capture
import Conversation
import Wire

/// A session as one JSON object.
struct JSONTranscript: ConversationSink {
    private var utterances: [JSON] = []
    private var exchanges: [JSON] = []
    private var notes: [JSON] = []
    private var message: MessageText?
    private var tls = false

    mutating func utterance(_ utterance: Utterance) {
        add(
            utterance.direction, at: utterance.at, offset: utterance.offset, length: utterance.length,
            kind: utterance.kind.rawValue, bytes: utterance.bytes, end: utterance.end,
            isSecret: utterance.secretFrom != nil)
    }

    mutating func exchange(_ exchange: Exchange) {
        exchanges.append(
            .members([
                "command": .string(exchange.command.text),
                "verb": .string(exchange.verb),
                "at": .string(exchange.asked.text),
                "reply": exchange.replies.last.map {
                    .members(["code": .string($0.code), "text": .string($0.text), "at": .string($0.at.text)])
                } ?? .null,
                "replies": .array(exchange.replies.map { .string($0.code) }),
                "latency": exchange.latency.map { .number(Double($0) / 1e9) } ?? .null,
                "phase": .string(exchange.phase),
            ]))
    }

    mutating func messageBegan(_ start: MessageStart) {
        message = MessageText(start)
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        var lines: [MessageText.Line] = []
        message?.feed(bytes, offset: offset, at: at) { lines.append($0) }
        for line in lines { add(line, from: direction) }
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        var lines: [MessageText.Line] = []
        message?.finish { lines.append($0) }
        message = nil
        for line in lines { add(line, from: direction) }
    }

    mutating func tlsBegins(at: Timestamp) {
        tls = true
    }

    mutating func aside(_ recorded: RecordedEvent) {
        guard case .note(let note) = recorded.event else { return }
        notes.append(
            .members(["at": .string(recorded.at.text), "kind": .string(note.kind.rawValue), "text": .string(note.text)])
        )
    }

    func object(_ entry: SessionSummary, _ summary: SessionSummary) -> JSON {
        .object(
            entry.members + [
                JSON.Member("notes", .array(notes)),
                JSON.Member("utterances", .array(utterances)),
                JSON.Member("exchanges", .array(exchanges)),
            ])
    }

    private mutating func add(_ line: MessageText.Line, from direction: Direction) {
        add(
            direction, at: line.at, offset: line.offset, length: line.length, kind: "message", bytes: line.bytes,
            end: line.end, isSecret: false, decoded: line.decoded)
    }

    private mutating func add(
        _ direction: Direction, at: Timestamp, offset: UInt64, length: Int, kind: String, bytes: [UInt8], end: LineEnd,
        isSecret: Bool, decoded: String? = nil
    ) {
        utterances.append(
            .members([
                "from": .string(direction.rawValue),
                "at": .string(at.text),
                "offset": .int(offset),
                "length": .int(length),
                "kind": .string(kind),
                "text": .string(bytes.text),
                "base64": .string(Base64.encode(bytes)),
                "decoded": decoded.map(JSON.string),
                "end": .string(end.rawValue),
                "secret": .bool(isSecret),
                "tls": .bool(tls),
            ]))
    }
}
