import Conversation
import Wire

/// A body that ends with a line that is a single dot, told to the sink piece by piece without that line.
struct DottedBody: Sendable {
    private var end = DotEnd()
    /// The last bytes seen, while they may yet turn out to be the terminating line; at most three.
    private var held: [UInt8] = []

    /// The last line so far would end the body for a peer that does not insist on CRLF.
    var endsLeniently: Bool { end.lenientEnd }
    /// Bytes of that line.
    var heldCount: Int { held.count }

    /// Takes bytes of `span` from `start`, whose place in the stream is `offset`.
    /// - Returns: the index after the terminating line; nil while the body goes on.
    mutating func take<Sink: ConversationSink>(
        _ span: Span<UInt8>, from start: Int, offset: UInt64, from direction: Direction, at time: Timestamp,
        into sink: inout Sink
    ) -> Int? {
        let result = end.scan(span, from: start)
        let limit = result ?? span.count
        let keep = end.terminatorLength
        let part = limit - start
        if keep <= part {
            tellHeld(held.count, offset: offset, from: direction, at: time, into: &sink)
            if part > keep {
                sink.messageBytes(span.extracting(start..<(limit - keep)), from: direction, offset: offset, at: time)
            }
            held.removeAll(keepingCapacity: true)
            if result == nil { held.append(span, (limit - keep)..<limit) }
        } else {
            tellHeld(held.count + part - keep, offset: offset, from: direction, at: time, into: &sink)
            if result == nil { held.append(span, start..<limit) } else { held.removeAll(keepingCapacity: true) }
        }
        return result
    }

    /// The body is broken off: what was held back belongs to it. `offset` is that of the next byte.
    mutating func giveUp<Sink: ConversationSink>(
        offset: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        tellHeld(held.count, offset: offset, from: direction, at: time, into: &sink)
    }

    /// Bytes are missing here: what was held back is no end.
    mutating func lost<Sink: ConversationSink>(
        offset: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        giveUp(offset: offset, from: direction, at: time, into: &sink)
        end.lost()
    }

    private mutating func tellHeld<Sink: ConversationSink>(
        _ count: Int, offset: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard count > 0 else { return }
        let first = offset - UInt64(held.count)
        sink.messageBytes(held.span.extracting(0..<count), from: direction, offset: first, at: time)
        held.removeFirst(count)
    }
}
