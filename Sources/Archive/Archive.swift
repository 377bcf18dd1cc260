import Capture
import Conversation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The sessions of a store.
public struct Archive: Sendable {
    public let store: Store

    public init(_ store: Store) {
        self.store = store
    }

    /// Where a session stands in the segments.
    public struct Entry: Sendable {
        public var summary: SessionSummary
        public var first: SegmentName
        public var last: SegmentName
    }

    /// All sessions, oldest first.
    public func sessions() -> [Entry] {
        var entries: [SessionID: Entry] = [:]
        var replays: [SessionID: (Replay<CountingSink>, CountingSink)] = [:]
        read { recorded, segment in
            if case .opened(let facts) = recorded.event, entries[facts.id] == nil {
                entries[facts.id] = Entry(summary: SessionSummary(facts: facts), first: segment, last: segment)
                replays[facts.id] = (Replay(facts), CountingSink())
                return
            }
            guard var (replay, sink) = replays.removeValue(forKey: recorded.session) else { return }
            replay.hear(recorded, into: &sink)
            entries[recorded.session]?.last = segment
            entries[recorded.session]?.summary = Self.summary(replay, sink)
            if case .closed = recorded.event { return }
            replays[recorded.session] = (replay, sink)
        }
        for (id, var (replay, sink)) in replays {
            replay.finish(into: &sink)
            entries[id]?.summary = Self.summary(replay, sink)
        }
        return entries.values.sorted { $0.summary.facts.id < $1.summary.facts.id }
    }

    /// Tells `sink` all that was said in the session, in order, and `aside` what no peer said.
    public func replay<Sink: ConversationSink>(
        _ entry: Entry, into sink: inout Sink, aside: (RecordedEvent, inout Sink) -> Void = { _, _ in }
    ) -> SessionSummary {
        var replay = Replay<Sink>(entry.summary.facts)
        read(from: entry.first, to: entry.last) { recorded, _ in
            guard recorded.session == entry.summary.facts.id else { return }
            replay.hear(recorded, into: &sink)
            aside(recorded, &sink)
        }
        replay.finish(into: &sink)
        return replay.summary
    }

    /// Takes a session out of its segments.
    /// - Throws: `ArchiveError` while the session goes on, `StoreError` where a segment cannot be written.
    public func delete(_ entry: Entry) throws {
        if entry.summary.end == nil, try Eraser(path: store.path(of: entry.last)).isBeingWritten {
            throw ArchiveError(
                description:
                    "session \(entry.summary.facts.id) is still open: end it, or stop the mailtee that records it")
        }
        var places: [SegmentName: [Int]] = [:]
        packets(of: entry) { packet, segment in places[segment, default: []].append(packet.position) }
        for (segment, positions) in places {
            let eraser = try Eraser(path: store.path(of: segment))
            for position in positions { try eraser.erase(at: position) }
        }
    }

    /// The session that `text` names: an id, the beginning or the end of one, or `latest`.
    public func find(_ text: String) throws(ArchiveError) -> Entry {
        let entries = sessions()
        if text == "latest" {
            guard let last = entries.last else { throw ArchiveError.unknown("latest", "nothing is recorded yet") }
            return last
        }
        let wanted = text.lowercased()
        let found = entries.filter {
            $0.summary.facts.id.text.hasPrefix(wanted) || $0.summary.facts.id.text.hasSuffix(wanted)
        }
        if let exact = found.first(where: { $0.summary.facts.id.text == wanted }) { return exact }
        guard let first = found.first else { throw ArchiveError.unknown(text, "no session has this id") }
        guard found.count == 1 else {
            throw ArchiveError.unknown(text, "\(found.count) sessions have an id that begins or ends so")
        }
        return first
    }

    private static func summary(_ replay: Replay<CountingSink>, _ sink: CountingSink) -> SessionSummary {
        var summary = replay.summary
        summary.exchanges = sink.exchanges
        summary.messages = sink.messages
        summary.tls = sink.tls
        return summary
    }

    /// All packets of a session, with the segment that each stands in.
    public func packets(of entry: Entry, _ body: (CapturedPacket, SegmentName) -> Void) {
        readPackets(from: entry.first, to: entry.last) { packet, reader, segment in
            if reader.session(of: packet) == entry.summary.facts.id { body(packet, segment) }
            _ = reader.events(of: packet)
        }
    }

    private func read(
        from first: SegmentName? = nil, to last: SegmentName? = nil, _ body: (RecordedEvent, SegmentName) -> Void
    ) {
        readPackets(from: first, to: last) { packet, reader, segment in
            for recorded in reader.events(of: packet) { body(recorded, segment) }
        }
    }

    private func readPackets(
        from first: SegmentName?, to last: SegmentName?,
        _ body: (CapturedPacket, inout RecordReader, SegmentName) -> Void
    ) {
        var reader = RecordReader()
        var writer = ""
        for segment in store.segments() {
            if let first, segment < first { continue }
            if let last, segment > last { break }
            if segment.writer != writer {
                reader = RecordReader()
                writer = segment.writer
            }
            guard var file = PcapngReader(path: store.path(of: segment)) else { continue }
            while let packet = file.next() {
                body(packet, &reader, segment)
            }
        }
    }
}

/// A session that cannot be found.
public struct ArchiveError: Error, CustomStringConvertible, Sendable {
    public var description: String

    static func unknown(_ text: String, _ why: String) -> ArchiveError {
        ArchiveError(description: "'\(text)': \(why). `mailtee list` shows what is there.")
    }
}
