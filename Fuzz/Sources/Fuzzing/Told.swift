import Conversation
import Wire

/// What a machine told, in a form that does not show how the bytes were cut. Holds each thing told against what was
/// said, and keeps the first that does not fit.
struct Told: ConversationSink {
    enum Event: Equatable {
        case utterance(Utterance)
        case exchange(Exchange)
        case began(MessageStart)
        case ended(Direction, message: [UInt8], complete: Bool)
        case bodyBegan(BodyStart)
        case bodyEnded(Direction, body: [UInt8], complete: Bool)
        case tls
    }

    private(set) var events: [Event] = []
    private(set) var said = PerDirection<Said>(Said())
    private(set) var violation: String?
    private var messages = PerDirection<(start: MessageStart, bytes: [UInt8])?>(nil)
    private var bodies = PerDirection<[UInt8]?>(nil)
    private var isInTLS = false
    private var feeding: (direction: Direction, range: Range<Int>) = (.client, 0..<0)
    private var lastBoundary = 0

    /// The fewest bytes of a line that every machine keeps.
    private static let keptOfLine = 4096

    mutating func willFeed(_ piece: ArraySlice<UInt8>, from direction: Direction) {
        let start = said[direction].bytes.count
        said[direction].append(piece)
        feeding = (direction, start..<(start + piece.count))
        lastBoundary = 0
    }

    mutating func willMiss(_ count: UInt64, from direction: Direction) {
        said[direction].miss(count)
        feeding = (direction, 0..<0)
    }

    mutating func didSecure() {
        expectAllTold()
        isInTLS = false
        said.client.tlsEnds()
        said.server.tlsEnds()
        feeding = (.client, 0..<0)
    }

    mutating func didFinish() {
        expectAllTold()
    }

    private mutating func expectAllTold() {
        for direction in Direction.allCases {
            if messages[direction] != nil { fail("a message of the \(direction) is still open at the end") }
            if bodies[direction] != nil { fail("a body of the \(direction) is still open at the end") }
            guard let index = said[direction].firstUntold else { continue }
            fail("nothing was told of byte \(index) of what the \(direction) said")
        }
    }

    private mutating func fail(_ what: String) {
        if violation == nil { violation = what }
    }

    // MARK: - What is told of the span now fed

    mutating func secret(_ range: Range<Int>) {
        guard range.lowerBound >= 0, range.upperBound <= feeding.range.count else {
            return fail("secret \(range) beyond the \(feeding.range.count) bytes fed")
        }
        let place = (feeding.range.lowerBound + range.lowerBound)..<(feeding.range.lowerBound + range.upperBound)
        if said[feeding.direction].bytes[place].contains(where: { $0 == Byte.cr || $0 == Byte.lf }) {
            fail("CR or LF within secret \(range)")
        }
        said[feeding.direction].makeSecret(place)
    }

    mutating func boundary(at index: Int) {
        guard (0...feeding.range.count).contains(index) else {
            return fail("boundary at \(index) beyond the \(feeding.range.count) bytes fed")
        }
        if index < lastBoundary { fail("boundary at \(index) after one at \(lastBoundary)") }
        lastBoundary = index
    }

    // MARK: - What is told of a stream

    mutating func utterance(_ utterance: Utterance) {
        events.append(.utterance(utterance))
        let direction = utterance.direction
        guard utterance.length > 0, let range = said[direction].range(utterance.offset, utterance.length) else {
            return fail("not said in one piece: \(utterance.short)")
        }
        if !said[direction].tell(range) { fail("told twice, or part of TLS: \(utterance.short)") }
        let line = said[direction].bytes[range]
        let isSecret = said[direction].isSecret[range]
        let shown = zip(line, isSecret).map { $1 ? Byte.mask : $0 }
        if !shown.starts(with: utterance.bytes) { fail("shown otherwise than it was said: \(utterance.short)") }
        let end: LineEnd = line.last != Byte.lf ? .none : line.suffix(2) == [Byte.cr, Byte.lf] ? .crlf : .lf
        if utterance.end != end { fail("the line ended with \(end.rawValue): \(utterance.short)") }
        if utterance.dropped > 0, utterance.bytes.count < Self.keptOfLine {
            fail("\(utterance.dropped) bytes of a short line dropped: \(utterance.short)")
        }
        // A stretch of secret bytes may stand before it.
        let secretFrom = range.lowerBound + (utterance.secretFrom ?? range.count)
        let content = zip(range, line).filter { $1 != Byte.cr && $1 != Byte.lf }.map { said[direction].isSecret[$0.0] }
        let rest = zip(range, line).filter { $0 >= secretFrom && $1 != Byte.cr && $1 != Byte.lf }.count
        if !content.suffix(rest).allSatisfy({ $0 }) || utterance.secretFrom == nil && content.last == true {
            fail("secretFrom does not say what was told to be secret: \(utterance.short)")
        }
    }

    mutating func exchange(_ exchange: Exchange) {
        events.append(.exchange(exchange))
        // A literal in it may have a gap, and so may a listing in its reply.
        let length = said.client.hasGaps ? min(exchange.length, 1) : exchange.length
        if length > 0, said.client.range(exchange.offset, length) == nil {
            fail("its command was not said: \(exchange.short)")
        }
        for reply in exchange.replies {
            let length = said.server.hasGaps ? 1 : reply.length
            if reply.length == 0 || said.server.range(reply.offset, length) == nil {
                fail("its reply was not said: \(exchange.short)")
            }
        }
    }

    mutating func messageBegan(_ start: MessageStart) {
        if messages[start.direction] != nil { fail("a message began before the last one ended") }
        events.append(.began(start))
        messages[start.direction] = (start, [])
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        guard bytes.count > 0 else { return }
        guard messages[direction] != nil else {
            return fail("\(bytes.count) bytes of no message at \(offset)")
        }
        let copy = bytes.copy(0..<bytes.count)
        messages[direction]?.bytes += copy
        guard let range = said[direction].range(offset, bytes.count) else {
            return fail("\(bytes.count) bytes of a message at \(offset) were not said in one piece")
        }
        if !said[direction].bytes[range].elementsEqual(copy) {
            fail("bytes of a message that do not stand at \(offset)")
        }
        if !said[direction].tell(range) { fail("bytes of a message at \(offset) told twice, or part of TLS") }
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        if messages[direction] == nil { fail("the end of no message") }
        events.append(.ended(direction, message: messages[direction]?.bytes ?? [], complete: complete))
        messages[direction] = nil
    }

    mutating func bodyBegan(_ start: BodyStart) {
        if bodies[start.direction] != nil { fail("a body began before the last one ended") }
        if !start.isSwitched, said[start.direction].range(start.head, 5) == nil {
            fail("a body of no request or response")
        }
        events.append(.bodyBegan(start))
        bodies[start.direction] = []
    }

    mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        guard bytes.count > 0 else { return }
        guard bodies[direction] != nil else { return fail("\(bytes.count) bytes of no body at \(offset)") }
        let copy = bytes.copy(0..<bytes.count)
        bodies[direction]?.append(contentsOf: copy)
        guard let range = said[direction].range(offset, bytes.count) else {
            return fail("\(bytes.count) bytes of a body at \(offset) were not said in one piece")
        }
        if !said[direction].bytes[range].elementsEqual(copy) { fail("bytes of a body that do not stand at \(offset)") }
        if !said[direction].tell(range) { fail("bytes of a body at \(offset) told twice, or part of TLS") }
    }

    mutating func bodyEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        guard let body = bodies[direction] else { return fail("the end of no body") }
        events.append(.bodyEnded(direction, body: body, complete: complete))
        bodies[direction] = nil
    }

    mutating func tlsBegins(at: Timestamp) {
        if isInTLS { fail("TLS began twice") }
        isInTLS = true
        events.append(.tls)
        said.client.tlsBegins(at: said.client.bytes.count)
        said.server.tlsBegins(at: said.server.toldUpTo)
    }
}

extension Utterance {
    var short: String {
        "\(direction) \(kind) \(offset)+\(length) \(Picture.of(bytes.prefix(200))) \(end.rawValue)"
            + (secretFrom.map { " secret from \($0)" } ?? "")
    }
}

extension Exchange {
    var short: String {
        "\(verb) [\(Picture.of(command.prefix(200)))] \(offset)+\(length) in \(phase):"
            + replies.map {
                " \($0.code) \($0.offset)+\($0.length) \(Picture.of($0.lines.joined(separator: [Byte.space])))"
            }
            .joined()
    }
}

extension Told.Event {
    var short: String {
        switch self {
        case .utterance(let utterance): "utterance \(utterance.short)"
        case .exchange(let exchange): "exchange \(exchange.short)"
        case .began(let start): "message of the \(start.direction) begins at \(start.offset), \(start)"
        case .ended(let direction, let message, let complete):
            "message of the \(direction) ends, \(message.count) bytes\(complete ? "" : " cut"): "
                + Picture.of(message.prefix(200))
        case .bodyBegan(let start): "body of the \(start.direction) begins at \(start.offset), \(start)"
        case .bodyEnded(let direction, let body, let complete):
            "body of the \(direction) ends, \(body.count) bytes\(complete ? "" : " cut"): "
                + Picture.of(body.prefix(200))
        case .tls: "tls"
        }
    }
}
