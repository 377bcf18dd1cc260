import Capture
import Conversation

/// Brings the index up to what the segments hold. Reads what was added since the last time, and of what was known only
/// the sessions that went on.
struct Indexer {
    let store: Store
    /// Told how many bytes of how many have been read.
    let progress: (Int, Int) -> Void

    func bring(_ index: some SessionIndex) throws {
        var found: [SegmentName: SegmentStatus] = [:]
        for name in store.segments() { found[name] = store.status(of: name) }
        // Most of the time nothing has changed, and nobody who only reads needs to wait for another.
        let isCurrent = try index.segments().mapValues(\.status) == found && index.open().isEmpty
        if isCurrent { return }
        try index.update { update in
            try forgetWhatIsGone(update, found)
            try forgetWhatWasChanged(update, found)
            try readWhatIsNew(update, found)
        }
    }

    /// Segments that retention or their user deleted: their sessions are what is left of them elsewhere.
    private func forgetWhatIsGone(_ update: any IndexUpdate, _ found: [SegmentName: SegmentStatus]) throws {
        for segment in try update.segments().keys where found[segment] == nil {
            for var session in try update.sessions(in: segment) {
                session.extents.removeAll { $0.segment == segment }
                if session.extents.isEmpty {
                    try update.remove(session.summary.facts.id)
                } else {
                    let tracked = Tracked(session, in: store)
                    if let end = session.summary.end { tracked.finish(end) }
                    try update.put(tracked.indexed)
                }
            }
            try update.remove(segment)
        }
    }

    /// Segments that were written to where they had been read already: their writers are read anew.
    private func forgetWhatWasChanged(_ update: any IndexUpdate, _ found: [SegmentName: SegmentStatus]) throws {
        var writers: Set<String> = []
        for (segment, known) in try update.segments() {
            guard let status = found[segment] else { continue }
            let hasChanged = status != known.status && (known.isComplete || status.size == known.status.size)
            if status.size < known.read || hasChanged { writers.insert(segment.writer) }
        }
        for writer in writers { try update.remove(writer: writer) }
    }

    private func readWhatIsNew(_ update: any IndexUpdate, _ found: [SegmentName: SegmentStatus]) throws {
        let known = try update.segments()
        let all = found.reduce(0) { $0 + $1.value.size - (known[$1.key]?.read ?? 0) }
        var done = 0
        for (writer, segments) in Dictionary(grouping: found.keys.sorted(), by: \.writer).sorted(by: { $0.key < $1.key }
        ) {
            var scan = try WriterScan(store: store, writer: writer, update: update, segments: segments)
            for segment in segments {
                guard let status = found[segment], known[segment]?.status != status else { continue }
                let state = try scan.read(segment, status, from: known[segment]) { progress(done + $0, all) }
                done += state.read - (known[segment]?.read ?? 0)
                try update.put(segment, state)
            }
            try scan.finish(update)
        }
    }
}

/// Reads on in the segments of one writer.
private struct WriterScan {
    /// How often progress is told, in bytes.
    private static let step = 16 << 20

    private let store: Store
    private let writer: String
    private let isAlive: Bool
    private var reader: RecordReader
    private var tracked: [SessionID: Tracked] = [:]
    /// Sessions that were open before and have not been heard of yet.
    private var waiting: [SessionID: IndexedSession] = [:]
    private let update: any IndexUpdate

    init(store: Store, writer: String, update: any IndexUpdate, segments: [SegmentName]) throws {
        self.store = store
        self.writer = writer
        self.update = update
        // Asked before anything is read: what a living writer adds later is read later, a dead one adds nothing.
        isAlive = segments.suffix(2).contains { store.isBeingWritten($0) }
        var open: [RecordedFlow: SessionID] = [:]
        for session in try update.open(writer: writer) {
            waiting[session.summary.facts.id] = session
            if let flow = session.flow { open[flow] = session.summary.facts.id }
        }
        reader = RecordReader(open: open)
    }

    mutating func read(
        _ segment: SegmentName, _ status: SegmentStatus, from known: IndexedSegment?, progress: (Int) -> Void
    ) throws -> IndexedSegment {
        let start = known?.read ?? 0
        var state = IndexedSegment(status: status, read: start, damaged: known?.damaged ?? 0, isComplete: !isAlive)
        guard var file = PcapngReader(path: store.path(of: segment), from: start) else { return state }
        file.isComplete = !isAlive
        var told = start
        while let packet = file.next() {
            if packet.position - told >= Self.step {
                told = packet.position
                progress(told - start)
            }
            guard let id = reader.session(of: packet) else { continue }
            try hear(reader.events(of: packet), of: id, at: packet.position, in: segment)
        }
        state.read = file.position
        state.damaged += file.damaged
        return state
    }

    private mutating func hear(
        _ events: [RecordedEvent], of id: SessionID, at position: Int, in segment: SegmentName
    ) throws {
        let session: Tracked
        if let known = tracked[id] {
            session = known
        } else if let known = waiting.removeValue(forKey: id) {
            session = Tracked(known, in: store)
        } else if case .opened(let facts)? = events.first?.event {
            session = Tracked(IndexedSession(summary: SessionSummary(facts: facts), writer: writer, extents: []))
        } else {
            return
        }
        tracked[id] = session
        session.add(position, in: segment)
        for event in events { session.hear(event) }
        // A session that is over is put away at once: many of them are no burden.
        guard session.isOver else { return }
        tracked[id] = nil
        try update.put(session.indexed)
    }

    /// Puts away the sessions that go on; those of a writer that is gone break off here.
    mutating func finish(_ update: any IndexUpdate) throws {
        let flows = Dictionary(reader.open.map { ($0.value, $0.key) }) { first, _ in first }
        for (id, session) in tracked {
            session.flow = flows[id]
            if !isAlive { session.finish(.brokenOff) }
            try update.put(session.indexed)
        }
        guard !isAlive else { return }
        for session in waiting.values {
            let broken = Tracked(session, in: store)
            broken.finish(.brokenOff)
            try update.put(broken.indexed)
        }
    }
}

/// A session on its way into the index.
private final class Tracked {
    /// Its flow while it is open.
    var flow: RecordedFlow?
    private var session: IndexedSession
    private var replay: Replay<IndexingSink>
    private var sink = IndexingSink()
    private(set) var isOver = false

    init(_ session: IndexedSession) {
        self.session = session
        replay = Replay(session.summary.facts)
    }

    /// A session of which part is known: that part is heard again.
    convenience init(_ session: IndexedSession, in store: Store) {
        self.init(session)
        SessionReader(store: store, session: session.summary.facts.id, extents: session.extents).events { hear($0) }
    }

    func add(_ position: Int, in segment: SegmentName) {
        let last = session.extents.count - 1
        if last >= 0, session.extents[last].segment == segment,
            position - session.extents[last].last <= ArchiveLimits.extentGap
        {
            session.extents[last].last = position
        } else {
            session.extents.append(Extent(segment: segment, first: position, last: position))
        }
    }

    func hear(_ event: RecordedEvent) {
        replay.hear(event, into: &sink)
        if case .note(let note) = event.event { sink.aside(note.text) }
        if case .tls(let facts) = event.event { sink.handshake(facts) }
        if case .closed = event.event { isOver = true }
    }

    /// The session is over, though the record does not say so.
    func finish(_ end: SessionEnd) {
        guard !isOver else { return }
        replay.finish(into: &sink)
        isOver = true
        session.summary.end = end
    }

    /// What the index is to know of it.
    var indexed: IndexedSession {
        var indexed = session
        indexed.summary = replay.summary
        indexed.summary.end = replay.summary.end ?? session.summary.end
        indexed.summary.exchanges = sink.exchangeCount
        indexed.summary.messages = sink.messageCount
        indexed.summary.subject = sink.firstSubject
        indexed.summary.tls = indexed.summary.tls || sink.tls
        indexed.summary.offersTLS = sink.offersTLS
        indexed.details = isOver ? sink.details : nil
        indexed.flow = isOver ? nil : flow
        return indexed
    }
}
