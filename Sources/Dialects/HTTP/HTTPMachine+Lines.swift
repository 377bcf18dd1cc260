import Conversation
import Wire

/// Lines, of which both peers have the same kinds, and gaps.
extension HTTPMachine {
    /// The line that a stream holds has ended.
    mutating func heardLine<Sink: ConversationSink>(
        _ end: LineEnd, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        let line = streams[direction].lines.spoken
        switch streams[direction].mode {
        case .start: heardStart(line, end, of: direction, at: time, into: &sink)
        case .fields, .trailer: heardField(line, end, of: direction, at: time, into: &sink)
        case .chunkSize:
            guard let size = HTTPGrammar.chunkSize(line) else {
                return heardBreak(line, end, of: direction, at: time, into: &sink)
            }
            tell(.chunk, end, of: direction, at: time, into: &sink)
            streams[direction].mode = size == 0 ? .trailer : .chunk(size)
            if size == 0 { streams[direction].endBody(complete: true, at: time, into: &sink) }
        case .chunkEnd:
            guard line.isEmpty else { return heardBreak(line, end, of: direction, at: time, into: &sink) }
            tell(.chunk, end, of: direction, at: time, into: &sink)
            streams[direction].mode = .chunkSize
        case .lines, .counted, .chunk, .untilClose, .switched, .binary:
            tell(.line, end, of: direction, at: time, into: &sink)
        }
    }

    func tell<Sink: ConversationSink>(
        _ kind: Utterance.Kind, _ end: LineEnd, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        if Sink.wantsText { sink.utterance(streams[direction].lines.utterance(kind, end: end, at: time)) }
    }

    /// A request line or status line begins a request or response; anything else is passed by, such as the empty lines
    /// of RFC 9112 §2.2.
    private mutating func heardStart<Sink: ConversationSink>(
        _ line: [UInt8], _ end: LineEnd, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch direction {
        case .client:
            guard let method = HTTPGrammar.method(line) else { break }
            tell(.command, end, of: direction, at: time, into: &sink)
            begin(direction)
            heardRequest(ASCII.uppercased(method), line, at: time, into: &sink)
            return
        case .server:
            guard let status = HTTPGrammar.status(line) else { break }
            tell(.reply, end, of: direction, at: time, into: &sink)
            begin(direction)
            heardStatus(status.code, reason: line[status.reason...], wantsText: Sink.wantsText)
            return
        }
        tell(.line, end, of: direction, at: time, into: &sink)
    }

    private mutating func begin(_ direction: Direction) {
        streams[direction].head = streams[direction].lines.lineOffset
        streams[direction].fields = HTTPFields()
        streams[direction].mode = .fields
    }

    private mutating func heardField<Sink: ConversationSink>(
        _ line: [UInt8], _ end: LineEnd, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        // Whoever begins anew here has forgotten the empty line.
        if isStart(line, of: direction) { return heardBreak(line, end, of: direction, at: time, into: &sink) }
        tell(.field, end, of: direction, at: time, into: &sink)
        if case .trailer = streams[direction].mode {
            if line.isEmpty { ended(direction, complete: true, at: time, into: &sink) }
            return
        }
        guard line.isEmpty else {
            streams[direction].fields.take(line)
            if Sink.wantsText, direction == .server, let count = reply?.lines.count, count <= HTTPLimits.fields {
                reply?.lines.append(line)
            }
            return
        }
        streams[direction].fields.finish()
        switch direction {
        case .client: heardRequestHeader(at: time, into: &sink)
        case .server: heardResponseHeader(at: time, into: &sink)
        }
    }

    private func isStart(_ line: [UInt8], of direction: Direction) -> Bool {
        direction == .client ? HTTPGrammar.method(line) != nil : HTTPGrammar.status(line) != nil
    }

    /// This line frames nothing where it should.
    private mutating func heardBreak<Sink: ConversationSink>(
        _ line: [UInt8], _ end: LineEnd, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        broken(direction, at: time, into: &sink)
        heardStart(line, end, of: direction, at: time, into: &sink)
    }

    /// The body begins that the header section announced.
    mutating func beginBody<Sink: ConversationSink>(
        _ mode: HTTPStream.Mode, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        streams[direction].mode = mode
        streams[direction].beginBody(at: time, into: &sink)
    }

    /// A request or response ends here.
    mutating func ended<Sink: ConversationSink>(
        _ direction: Direction, complete: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        streams[direction].endBody(complete: complete, at: time, into: &sink)
        hasEnded = true
        switch direction {
        case .client: requestEnded(at: time)
        case .server: responseEnded(into: &sink)
        }
    }

    /// What was begun is not ended as announced; the peer is read on from the next request or response.
    mutating func broken<Sink: ConversationSink>(
        _ direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        let isWhole = if case .untilClose = streams[direction].mode { direction == .server } else { false }
        if direction == .server { responseHeaderEnded(into: &sink) }
        ended(direction, complete: isWhole, at: time, into: &sink)
    }

    // MARK: - Gaps, TLS and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        giveUpOpening(of: direction, at: time, into: &sink)
        let isLineSecret = streams[direction].lines.endsInSecret
        streams[direction].tellUnfinishedLine(at: time, into: &sink)
        streams[direction].bodyIsMissingBytes()
        switch streams[direction].mode {
        case .start, .untilClose, .switched, .lines, .binary: break
        case .counted(let remaining) where count < remaining: streams[direction].mode = .counted(remaining - count)
        case .counted(let remaining) where count == remaining: ended(direction, complete: false, at: time, into: &sink)
        case .chunk(let remaining) where count < remaining: streams[direction].mode = .chunk(remaining - count)
        case .chunk(let remaining) where count == remaining: streams[direction].mode = .chunkEnd
        case .fields, .counted, .chunkSize, .chunk, .chunkEnd, .trailer: broken(direction, at: time, into: &sink)
        }
        hasEnded = false
        streams[direction].miss(count, isLineSecret: isLineSecret)
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        finished(at: time, into: &sink)
        var fresh = HTTPMachine()
        fresh.streams = PerDirection(client: streams.client.restarted(), server: streams.server.restarted())
        self = fresh
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        for direction in Direction.allCases {
            giveUpOpening(of: direction, at: time, into: &sink)
            streams[direction].tellUnfinishedLine(at: time, into: &sink)
            let isWhole =
                switch streams[direction].mode {
                case .untilClose: direction == .server
                case .binary: true
                default: false
                }
            streams[direction].endBody(complete: isWhole, at: time, into: &sink)
        }
        responseHeaderEnded(into: &sink)
        if answering != nil { responseEnded(into: &sink) }
        while let entry = pending.removeFirst() { sink.exchange(entry.exchange) }
    }
}
