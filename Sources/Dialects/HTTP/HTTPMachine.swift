import Conversation
import Wire

/// Where a connection is, as far as both peers tell.
public enum HTTPPhase: String, Sendable, CaseIterable {
    /// No request waits for a response.
    case idle
    /// A request was begun that the server has not answered.
    case waiting
    /// A response is on its way.
    case answering
    /// Both speak another protocol, by 101 (RFC 9110 §7.8) or CONNECT (RFC 9110 §9.3.6).
    case switched
}

/// HTTP/1.1 and HTTP/1.0, both peers in one state: requests and their responses, paired by their order (RFC 9112 §9.3.2);
/// where bodies begin and end; what is secret.
///
/// Each peer speaks in lines up to the empty one that ends a header section; what that section says frames the body
/// (RFC 9112 §6.3). What a response has for a body hangs on the request: none behind HEAD, and behind a CONNECT that
/// succeeds the peers speak another protocol. Where a line of the framing is not what it should be, the peer is read on
/// from the next line that begins a request or response; so is a body that is broken off by the one who should go on
/// with it. Fields that frame, and the blanks and line ends between fields, are never masked, so that a record with its
/// secrets masked is cut into the same lines.
public struct HTTPMachine: DialectMachine {
    struct Tag: Sendable {
        enum Kind: Sendable {
            case connect
            case head
            case other
        }

        let kind: Kind
        /// Counts the requests, from 1 on.
        let number: Int
    }

    /// The request that the response on its way belongs to.
    enum Answering: Sendable {
        case first
        /// None that waits: what there is to tell of it.
        case unasked(Exchange)
    }

    var streams = PerDirection(client: HTTPStream(.client), server: HTTPStream(.server))
    var pending = PendingExchanges<Tag>(limit: HTTPLimits.pending)
    /// Counts the requests that began, and those that were answered in full.
    var requests = 0
    var answered = 0
    /// The header section of a response on its way.
    var reply: Reply?
    var answering: Answering?
    var isSwitched = false
    /// A request or response ended just now.
    var hasEnded = false
    private var speaker: Direction?

    public init() {}

    public var phase: HTTPPhase {
        if isSwitched { return .switched }
        if reply != nil || answering != nil { return .answering }
        return pending.isEmpty ? .idle : .waiting
    }

    public var phaseName: String { phase.rawValue }
    public var awaitedVerb: String? { pending.firstVerb }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard bytes.count > 0 else { return }
        if speaker != direction { turned(to: direction, at: time, into: &sink) }
        var index = 0
        while index < bytes.count {
            if streams[direction].isAskedForOpening {
                index = hold(bytes, from: index, of: direction, at: time, into: &sink)
            } else {
                index = take(bytes, from: index, of: direction, at: time, into: &sink)
                if hasEnded { sink.boundary(at: index) }
            }
            hasEnded = false
        }
    }

    /// The other peer has spoken since.
    private mutating func turned<Sink: ConversationSink>(
        to direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        giveUpOpening(of: direction.other, at: time, into: &sink)
        speaker = direction
        if streams[direction].isInBody {
            if mayBeOver(direction) { streams[direction].askForOpening() }
        } else if direction == .server, case .start = streams.server.mode,
            !HTTPGrammar.mayBeStatus(streams.server.lines.line)
        {
            streams.server.tellUnfinishedLine(at: time, into: &sink)
        }
    }

    /// The peer may believe that the body, by our count unfinished, is over: the client has said another request, or the
    /// server has begun to answer this one.
    private func mayBeOver(_ direction: Direction) -> Bool {
        switch direction {
        case .client: answered >= requests || isAnsweringLast
        case .server: pending.all.count > 1
        }
    }

    /// The response on its way belongs to the request that the client said last.
    var isAnsweringLast: Bool {
        if case .first = answering { pending.firstTag?.number == requests } else { false }
    }

    private mutating func take<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        switch streams[direction].mode {
        case .start, .fields, .chunkSize, .chunkEnd, .trailer, .lines:
            let (next, end) = streams[direction].takeLine(bytes, from: start, at: time, into: &sink)
            if let end {
                heardLine(end, of: direction, at: time, into: &sink)
                streams[direction].startLine()
            }
            return next
        case .counted(let remaining):
            let part = streams[direction].passBody(bytes, from: start, limit: remaining, at: time, into: &sink)
            streams[direction].mode = .counted(remaining - UInt64(part))
            if remaining == UInt64(part) { ended(direction, complete: true, at: time, into: &sink) }
            return start + part
        case .chunk(let remaining):
            let part = streams[direction].passBody(bytes, from: start, limit: remaining, at: time, into: &sink)
            streams[direction].mode = remaining == UInt64(part) ? .chunkEnd : .chunk(remaining - UInt64(part))
            return start + part
        case .untilClose, .binary:
            return start + streams[direction].passBody(bytes, from: start, at: time, into: &sink)
        case .switched:
            if Self.isText(bytes[start]) {
                streams[direction].mode = .lines
            } else {
                streams[direction].mode = .binary
                streams[direction].beginBody(isSwitched: true, at: time, into: &sink)
            }
            return start
        }
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= Byte.space && byte < 0x7F || byte == Byte.tab || byte == Byte.cr || byte == Byte.lf
    }

    // MARK: - What may begin in the middle of a body

    private mutating func hold<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        var index = start
        while index < bytes.count {
            let decided = streams[direction].hold(bytes[index])
            index += 1
            guard let decided else { continue }
            if decided.isOpening { broken(direction, at: time, into: &sink) }
            takeHeld(decided.held, of: direction, at: time, into: &sink)
            break
        }
        return index
    }

    mutating func giveUpOpening<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        takeHeld(streams[direction].giveUpOpening(), of: direction, at: time, into: &sink)
    }

    private mutating func takeHeld<Sink: ConversationSink>(
        _ held: [UInt8], of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < held.count { index = take(held.span, from: index, of: direction, at: time, into: &sink) }
        // Where it ended is no place in what is fed now.
        hasEnded = false
    }
}
