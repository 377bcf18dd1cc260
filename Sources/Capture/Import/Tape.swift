import Conversation
import NIOCore

/// Gathers the events of the sessions that are imported, in batches, for the writer.
final class Tape: ImportedSession.Record {
    private var batch = EventBatch()
    private var bytes = 0
    private var items = 0
    private let writer: ImportWriter
    private var session: UInt32 = 0
    private var runs: [ImportedSession] = []
    private(set) var sessions: [SessionID] = []

    init(_ store: Store, segmentSize: Int, report: @escaping @Sendable (String) -> Void) {
        let id = SessionID(started: .now(), discriminator: .random(in: 0..<0x100000))
        writer = ImportWriter(store: store, id: id.text, segmentSize: segmentSize, report: report)
    }

    /// Ids are of the time of the import, so that what was imported last is the latest.
    func newID() -> SessionID {
        let id = SessionID(started: .now(), discriminator: UInt32(truncatingIfNeeded: sessions.count))
        sessions.append(id)
        return id
    }

    func opened(_ facts: SessionFacts) -> UInt32 {
        session &+= 1
        add(.opened(facts), of: session, at: facts.started, count: 0)
        return session
    }

    func record(_ session: UInt32, _ event: SessionEvent<ByteBuffer>, at time: Timestamp) {
        let count = if case .bytes(_, let buffer) = event { buffer.readableBytes } else { 0 }
        add(event, of: session, at: time, count: count)
    }

    func began(runOf session: ImportedSession) {
        runs.append(session)
        if runs.count >= ImportLimits.allRuns / ImportLimits.run { tellRuns() }
    }

    /// Sees that all that is known by now is written soon.
    func flush() {
        tellRuns()
        if items > 0 { hand() }
    }

    func finish() {
        flush()
        writer.finish()
    }

    private func tellRuns() {
        let told = runs
        runs.removeAll(keepingCapacity: true)
        for session in told { session.tellRun() }
    }

    private func add(_ event: SessionEvent<ByteBuffer>, of session: UInt32, at time: Timestamp, count: Int) {
        batch.append(event, of: session, at: time)
        bytes += count
        items += 1
        if bytes >= ImportLimits.batch || items >= ImportLimits.batchItems { hand() }
    }

    private func hand() {
        writer.write(&batch)
        bytes = 0
        items = 0
    }
}
