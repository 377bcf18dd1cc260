import Capture
import Conversation
import Lint
import Wire

/// The sessions of a store: what they are, by the index; what was said in them, by the segments.
public struct Archive {
    public let store: Store
    private let index: any SessionIndex

    /// Opens the archive of a store and brings its index up to what is recorded.
    /// - Parameters:
    ///   - anew: makes the index anew instead.
    ///   - progress: told how many bytes of how many have been read, while that goes on.
    ///   - report: told in words where the index cannot be kept in the store; it is made in memory then.
    public init(
        _ store: Store, anew: Bool = false, progress: @escaping (Int, Int) -> Void = { _, _ in },
        report: (String) -> Void = { _ in }
    ) throws {
        self.store = store
        let indexer = Indexer(store: store, progress: progress)
        do {
            let kept = try SQLiteIndex(path: store.indexPath, anew: anew)
            try indexer.bring(kept)
            index = kept
        } catch {
            report("\(store.indexPath): the index cannot be kept there (\(error)); the segments are read instead")
            let passing = try SQLiteIndex()
            try indexer.bring(passing)
            index = passing
        }
    }

    /// All sessions, oldest first.
    public func sessions() throws -> [SessionSummary] {
        try index.sessions()
    }

    /// Gives `body` all sessions one by one, oldest first, those before `first` left out.
    public func eachSession(from first: SessionID? = nil, _ body: (SessionSummary) throws -> Void) throws {
        try index.each(from: first, body)
    }

    /// The sessions that may have what is wanted, oldest first: whoever asks must look.
    public func candidates(for query: SessionQuery) throws -> [SessionSummary] {
        try index.candidates(for: query)
    }

    /// The session that `text` names: an id, the beginning or the end of one, or `latest`.
    public func find(_ text: String) throws -> SessionSummary {
        if text == "latest" {
            guard let last = try index.latest() else { throw ArchiveError.unknown(text, "nothing is recorded yet") }
            return last
        }
        let wanted = text.lowercased()
        let found = try wanted.isEmpty ? [] : index.sessions(named: wanted, limit: 100)
        if let exact = found.first(where: { $0.facts.id.text == wanted }) { return exact }
        guard let first = found.first else { throw ArchiveError.unknown(text, "no session has this id") }
        guard found.count == 1 else {
            throw ArchiveError.unknown(text, "\(found.count) sessions have an id that begins or ends so")
        }
        return first
    }

    /// Tells `sink` all that was said in the session, in order, and `aside` what no peer said.
    public func replay<Sink: ConversationSink>(
        _ session: SessionSummary, into sink: inout Sink, aside: (RecordedEvent, inout Sink) -> Void = { _, _ in }
    ) throws {
        var replay = Replay<Sink>(session.facts)
        try events(of: session) { recorded in
            replay.hear(recorded, into: &sink)
            aside(recorded, &sink)
        }
        replay.finish(into: &sink)
    }

    /// What is wrong with a session, whoever is at fault.
    public func lint(_ session: SessionSummary, rules: [any Rule.Type] = Catalogue.all) throws -> LintReport {
        var linter = Linter(try lintContext(of: session.facts), rules: rules)
        try replay(session, into: &linter) { recorded, linter in linter.hear(recorded.event, at: recorded.at) }
        return linter.finish()
    }

    /// All sessions from `first` on with what lint says of them in short: as it was kept, else found now and kept. nil for
    /// a session that goes on.
    public func eachJudged(
        from first: SessionID? = nil, _ body: (SessionSummary, Judgement?) throws -> Void
    ) throws {
        var page: [SessionSummary] = []
        try index.each(from: first) { session in
            page.append(session)
            guard page.count >= ArchiveLimits.page else { return }
            try judged(page, body)
            page = []
        }
        try judged(page, body)
    }

    private func judged(_ sessions: [SessionSummary], _ body: (SessionSummary, Judgement?) throws -> Void) throws {
        let kept = try index.judgements(of: sessions.map(\.facts.id))
        var found: [SessionID: Judgement] = [:]
        for session in sessions where session.end != nil && kept[session.facts.id] == nil {
            found[session.facts.id] = Judgement(try lint(session))
        }
        // An index that cannot be written says it again the next time.
        if !found.isEmpty { try? index.keep(found) }
        for session in sessions { try body(session, kept[session.facts.id] ?? found[session.facts.id]) }
    }

    /// Judges all sessions in one reading of the record, each as it ends: sessions that went on side by side are read once
    /// and not once for each.
    public func lintAll(rules: [any Rule.Type], _ body: (SessionSummary, LintReport) throws -> Void) throws {
        var open: [SessionID: Hearing] = [:]
        var failure: (any Error)?
        func end(_ id: SessionID) {
            guard let session = open.removeValue(forKey: id), failure == nil else { return }
            session.replay.finish(into: &session.linter)
            do {
                try body(session.replay.summary, session.linter.finish())
            } catch {
                failure = error
            }
        }
        Follower(store, read: [:], open: []).advance { recorded in
            guard failure == nil else { return }
            let id = recorded.session
            if case .opened(let facts) = recorded.event, open[id] == nil {
                do {
                    open[id] = Hearing(Replay(facts), Linter(try lintContext(of: facts), rules: rules))
                } catch {
                    failure = error
                }
            }
            guard let session = open[id] else { return }
            session.replay.hear(recorded, into: &session.linter)
            session.linter.hear(recorded.event, at: recorded.at)
            if case .closed = recorded.event { end(id) }
        }
        for id in open.keys.sorted() { end(id) }
        if let failure { throw failure }
    }

    /// What the rules have to know of a session that is not said in it.
    public func lintContext(of facts: SessionFacts) throws -> LintContext {
        LintContext(
            dialect: facts.dialect, serverOfferedTLSBefore: try index.hasOfferedTLS(facts.server, before: facts.id),
            judgesServer: facts.route != .postbox)
    }

    /// All that happened in a session, in order.
    public func events(of session: SessionSummary, _ body: (RecordedEvent) -> Void) throws {
        try reader(session).events(body)
    }

    /// All packets of a session, in order.
    public func packets(of session: SessionSummary, _ body: (CapturedPacket) -> Void) throws {
        try reader(session).packets { packet, _ in body(packet) }
    }

    private func reader(_ session: SessionSummary) throws -> SessionReader {
        let id = session.facts.id
        return SessionReader(store: store, session: id, extents: try index.extents(of: id))
    }

    /// Takes a session out of the record and of the index.
    /// - Throws: `ArchiveError` while the session goes on, `StoreError` where a segment cannot be written.
    public func delete(_ session: SessionSummary) throws {
        let id = session.facts.id
        guard session.end != nil else {
            throw ArchiveError(
                description: "session \(id) is still open: end it, or stop the mailtee that records it")
        }
        var places: [SegmentName: [Int]] = [:]
        try reader(session).packets { packet, segment in places[segment, default: []].append(packet.position) }
        try index.update { update in
            try update.remove(id)
            for (segment, positions) in places {
                let eraser = try Eraser(path: store.path(of: segment))
                for position in positions { try eraser.erase(at: position) }
                // What was changed by ourselves needs not be read again.
                guard var state = try update.segments()[segment], let status = store.status(of: segment),
                    status.size == state.status.size
                else { continue }
                state.status = status
                try update.put(segment, state)
            }
        }
    }

    /// Takes all sessions that are over out of the record, and deletes the segments that nobody writes.
    /// - Returns: how many sessions were taken out, and how many go on and stay.
    public func deleteAll() throws -> (deleted: Int, open: Int) {
        let sessions = try sessions()
        let segments = Dictionary(grouping: store.segments(), by: \.writer)
        for (_, names) in segments where !names.contains(where: store.isBeingWritten) {
            for name in names { try store.remove(name) }
        }
        try Indexer(store: store) { _, _ in }.bring(index)
        for session in try self.sessions() where session.end != nil { try delete(session) }
        let open = try self.sessions().count
        return (sessions.count - open, open)
    }

    /// What the index knows of the segments.
    public func statistics() throws -> Statistics {
        let segments = try index.segments().values
        return Statistics(
            sessions: try index.sessions().count, segments: segments.count,
            bytes: segments.reduce(0) { $0 + $1.status.size }, damaged: segments.reduce(0) { $0 + $1.damaged })
    }

    public struct Statistics: Sendable, Equatable {
        public var sessions: Int
        public var segments: Int
        /// Bytes of all segments.
        public var bytes: Int
        /// Bytes in them that are no block: a disk or a program wrote over them.
        public var damaged: Int
    }

    /// Reads what is recorded from now on.
    public func follow() throws -> Follower {
        Follower(store, read: try index.segments().mapValues(\.read), open: try index.open())
    }
}

/// A session that cannot be found, or not be changed.
public struct ArchiveError: Error, CustomStringConvertible, Sendable {
    public var description: String

    static func unknown(_ text: String, _ why: String) -> ArchiveError {
        ArchiveError(description: "'\(text)': \(why). `mailtee list` shows what is there.")
    }
}

/// A session that is heard among others. A class, since it is large, and a dictionary would move it for each event.
private final class Hearing {
    var replay: Replay<Linter>
    var linter: Linter

    init(_ replay: Replay<Linter>, _ linter: Linter) {
        self.replay = replay
        self.linter = linter
    }
}
