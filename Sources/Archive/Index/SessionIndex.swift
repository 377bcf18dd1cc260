import Capture
import Conversation

/// The index of a store: what lists, finds and searches sessions without reading the segments. It can be thrown away
/// and made anew from them at any time; whether it lies in SQLite or elsewhere is nobody else's business.
protocol SessionIndex {
    /// All changes of `body`, or none of them.
    func update(_ body: (any IndexUpdate) throws -> Void) throws
    /// Oldest first.
    func sessions() throws -> [SessionSummary]
    /// One by one, oldest first, from `first` on.
    func each(from first: SessionID?, _ body: (SessionSummary) throws -> Void) throws
    /// The judgements that were kept, those left out that other rules made.
    func judgements(of sessions: [SessionID]) throws -> [SessionID: Judgement]
    func keep(_ judgements: [SessionID: Judgement]) throws
    /// The youngest session.
    func latest() throws -> SessionSummary?
    /// A server offered TLS in a session before this one.
    func hasOfferedTLS(_ server: Endpoint, before session: SessionID) throws -> Bool
    /// The sessions whose ids begin or end so, at most `limit` of them.
    func sessions(named text: String, limit: Int) throws -> [SessionSummary]
    /// The sessions that may have what is wanted; those that go on are always among them.
    func candidates(for query: SessionQuery) throws -> [SessionSummary]
    func extents(of session: SessionID) throws -> [Extent]
    func segments() throws -> [SegmentName: IndexedSegment]
    /// The sessions that go on, as they stand in the record.
    func open() throws -> [IndexedSession]
}

/// The changes that may be made to an index.
protocol IndexUpdate {
    func segments() throws -> [SegmentName: IndexedSegment]
    /// Those of one writer.
    func open(writer: String) throws -> [IndexedSession]
    func sessions(in segment: SegmentName) throws -> [IndexedSession]
    /// Puts a session in, or in the place of what was known of it.
    func put(_ session: IndexedSession) throws
    func remove(_ session: SessionID) throws
    func put(_ segment: SegmentName, _ state: IndexedSegment) throws
    func remove(_ segment: SegmentName) throws
    /// Forgets a writer, its segments and its sessions.
    func remove(writer: String) throws
}

/// How far a segment has been read.
struct IndexedSegment: Equatable {
    /// The segment as it was found on the disk.
    var status: SegmentStatus
    /// Bytes that were read: all blocks that were whole.
    var read: Int
    /// Bytes among them that are no block.
    var damaged: Int
    /// Nobody wrote it any more when it was read: where it changes after all, it is another segment.
    var isComplete: Bool
}

/// A session, and where it stands.
struct IndexedSession {
    var summary: SessionSummary
    var writer: String
    /// Its flow while it is open.
    var flow: RecordedFlow?
    var extents: [Extent]
    /// What is kept of a session that is over.
    var details: SessionDetails?
}

/// Packets of a session in one segment, those of other sessions between them.
struct Extent: Equatable {
    var segment: SegmentName
    /// Where the blocks of the first and the last packet begin.
    var first: Int
    var last: Int
}

/// What is asked of a session; it must have all that is not nil.
public struct SessionQuery: Sendable {
    /// In a line as sent or as meant, whatever its case.
    public var text: String?
    /// The verb of a command, in upper case.
    public var verb: String?
    /// The beginning of a reply's code, such as `5` or `550`.
    public var code: String?

    public init(text: String? = nil, verb: String? = nil, code: String? = nil) {
        self.text = text
        self.verb = verb
        self.code = code
    }
}

/// What the index keeps of a session that is over beside its summary.
struct SessionDetails {
    struct Exchange {
        var verb: String
        var code: String?
        var asked: Timestamp
        var latency: Int64?
        var phase: String
    }

    struct Message {
        var direction: Direction
        var offset: UInt64
        /// Bytes on the wire.
        var size: Int
        var isComplete: Bool
        var envelope: Envelope
        var subject: String?
    }

    var exchanges: [Exchange] = []
    var messages: [Message] = []
    /// All lines in lower case, as sent and as meant, in UTF-8; empty where they are not all here.
    var text: [UInt8] = []
    /// False where there was more than the limits allow: a search for words then reads the session itself.
    var hasWholeText = true
    /// The same of `exchanges`.
    var hasAllExchanges = true
}
