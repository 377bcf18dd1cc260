import Conversation
import Wire

/// What the plain machine keeps at most.
public enum LinesLimits {
    /// Bytes of a line that are kept to be shown.
    public static let line = 4_096
}

/// Whatever talks in lines: who said which line when, and the usual words before a password. It pairs nothing.
public struct LinesMachine: DialectMachine {
    private var streams = PerDirection(
        client: LineStream(.client, limit: LinesLimits.line), server: LineStream(.server, limit: LinesLimits.line))

    public init() {}

    public var phaseName: String { "" }
    public var awaitedVerb: String? { nil }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            if !Sink.wantsText {
                index = skipLinesWithoutSecrets(bytes, from: index, of: direction)
                guard index < bytes.count else { return }
            }
            let (next, end) = streams[direction].take(bytes, from: index, at: time, into: &sink) { line in
                direction == .client ? Credentials.secretStart(in: line) : nil
            }
            index = next
            guard let end else { return }
            if Sink.wantsText { sink.utterance(streams[direction].utterance(.line, end: end, at: time)) }
            streams[direction].startLine()
        }
    }

    /// Passes by whole lines in which no secret can begin, which costs a third of reading them. A server says no secrets
    /// that are known by their words.
    private mutating func skipLinesWithoutSecrets(
        _ bytes: Span<UInt8>, from start: Int, of direction: Direction
    ) -> Int {
        var index = start
        if direction == .server {
            index = bytes.count
        } else if !streams.client.isInLine, !streams.client.isSecret {
            while let lf = bytes.firstIndex(of: Byte.lf, from: index), !Credentials.mayStand(in: bytes, index..<lf) {
                index = lf + 1
            }
        }
        streams[direction].skip(index - start)
        return index
    }

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        tellUnfinishedLine(of: direction, at: time, into: &sink)
        streams[direction].miss(count)
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        finished(at: time, into: &sink)
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        tellUnfinishedLine(of: .client, at: time, into: &sink)
        tellUnfinishedLine(of: .server, at: time, into: &sink)
    }

    private mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        streams[direction].tellUnfinished(.line, at: time, into: &sink)
    }
}
