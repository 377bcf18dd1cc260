import Capture
import Conversation
import Dialects

/// A session as it is heard again from its record: the machine is fed as it was when the session ran.
public struct Replay<Sink: ConversationSink> {
    public private(set) var summary: SessionSummary
    private var dialect: Dialect
    private var isOver = false

    public init(_ facts: SessionFacts) {
        summary = SessionSummary(facts: facts)
        dialect = Dialect(facts.dialect)
    }

    public mutating func hear(_ recorded: RecordedEvent, into sink: inout Sink) {
        summary.last = max(summary.last, recorded.at)
        switch recorded.event {
        case .opened, .note, .halfClosed: break
        case .bytes(let direction, let bytes):
            summary.bytes[direction] += UInt64(bytes.count)
            dialect.received(bytes.span, from: direction, at: recorded.at, into: &sink)
        case .lost(let direction, let count):
            summary.lost[direction] += UInt64(count)
            dialect.lost(UInt64(count), from: direction, at: recorded.at, into: &sink)
        case .tls(let facts):
            summary.tls = summary.tls || facts.failure == nil
            if facts.securesClient { dialect.secured(at: recorded.at, into: &sink) }
        case .compressed: dialect.inflated(at: recorded.at, into: &sink)
        case .closed(let end):
            summary.end = end
            finish(into: &sink)
        }
    }

    /// No more is to come.
    public mutating func finish(into sink: inout Sink) {
        guard !isOver else { return }
        isOver = true
        dialect.finished(at: summary.last, into: &sink)
    }
}
