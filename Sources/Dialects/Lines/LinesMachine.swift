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

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            let (next, end) = streams[direction].take(bytes, from: index, at: time, into: &sink) { line in
                direction == .client ? Credentials.secretStart(in: line) : nil
            }
            index = next
            guard let end else { return }
            if Sink.wantsText { sink.utterance(streams[direction].utterance(.line, end: end, at: time)) }
            streams[direction].startLine()
        }
    }

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        tellUnfinishedLine(of: direction, at: time, into: &sink)
        streams[direction].skip(count)
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        tellUnfinishedLine(of: .client, at: time, into: &sink)
        tellUnfinishedLine(of: .server, at: time, into: &sink)
    }

    private mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard streams[direction].isInLine else { return }
        sink.utterance(streams[direction].utterance(.line, end: .none, at: time))
        streams[direction].startLine()
    }
}
