import Conversation
import Wire

/// Literals of both peers, and what is told line by line without being read.
extension IMAPMachine {
    func literalAnnounced(by direction: Direction) -> IMAPLiteral? {
        IMAPLiteral(lineEnds[direction].bytes(of: streams[direction].line))
    }

    mutating func startLine(of direction: Direction) {
        streams[direction].startLine()
        lineEnds[direction].startLine()
    }

    mutating func pass<Sink: ConversationSink>(
        _ literal: Passing, _ bytes: Span<UInt8>, from start: Int, of direction: Direction, at time: Timestamp,
        into sink: inout Sink
    ) -> Int {
        var literal = literal
        begin(&literal, of: direction, at: time, into: &sink)
        let stop = start + Int(clamping: min(literal.remaining, UInt64(bytes.count - start)))
        literal.remaining -= UInt64(stop - start)
        switch literal.content {
        case .message:
            let message = bytes.extracting(start..<stop)
            sink.messageBytes(message, from: direction, offset: streams[direction].offset, at: time)
            streams[direction].skip(stop - start)
        case .text where !Sink.wantsText: streams[direction].skip(stop - start)
        case .text, .secret:
            let part = bytes.extracting(0..<stop)
            var index = start
            while index < stop {
                let isSecret = literal.content == .secret
                index = passLines(part, from: index, of: direction, isSecret: isSecret, at: time, into: &sink)
            }
            if literal.remaining == 0 { streams[direction].tellUnfinished(.line, at: time, into: &sink) }
        }
        modes[direction] = .literal(literal)
        if literal.remaining == 0 { endLiteral(of: direction, complete: true, at: time, into: &sink) }
        return stop
    }

    mutating func begin<Sink: ConversationSink>(
        _ literal: inout Passing, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard !literal.isBegun else { return }
        literal.isBegun = true
        guard case .message(let part) = literal.content else { return }
        let completesHeader =
            direction == .server && part == .wholeBody && headerOf != nil && headerOf == response?.number
        if direction == .server { headerOf = part == .wholeHeader ? response?.number : nil }
        sink.messageBegan(
            MessageStart(
                direction: direction, offset: streams[direction].offset, at: time, dotStuffed: false,
                partial: part != .whole, hasHeader: part.hasHeader,
                completesHeader: completesHeader))
    }

    mutating func endLiteral<Sink: ConversationSink>(
        of direction: Direction, complete: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        guard case .literal(let literal) = modes[direction] else { return }
        modes[direction] = .line
        guard literal.isBegun, case .message = literal.content else { return }
        if direction == .server, !complete { headerOf = nil }
        sink.messageEnded(direction, complete: complete, at: time)
    }

    mutating func passLines<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, of direction: Direction, isSecret: Bool, at time: Timestamp,
        into sink: inout Sink
    ) -> Int {
        let (next, end) = streams[direction].take(bytes, from: start, at: time, into: &sink) { _ in isSecret ? 0 : nil }
        guard let end else { return next }
        if Sink.wantsText { sink.utterance(streams[direction].utterance(.line, end: end, at: time)) }
        streams[direction].startLine()
        return next
    }
}
