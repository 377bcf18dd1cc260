import Conversation
import NIOCore
import Wire

/// Reads captures that others made and records the conversations in them, as if they had passed through a tap.
///
///     file ─▶ frame ─▶ IP (fragments) ─▶ TCP (each side in order, both in one order) ─▶ session ─▶ record
public final class Importer {
    /// What was found so far.
    public struct Counts: Sendable, Equatable {
        public var packets = 0
        public var connections = 0
        /// Connections that became sessions of the record.
        public var sessions = 0
        /// Connections that speak none of the protocols that are followed.
        public var others = 0
        /// Packets of link types that cannot be read, by those.
        public var unknownLinks: [UInt16: Int] = [:]
        /// Datagrams that never became whole.
        public var lostDatagrams = 0

        public init() {}
    }

    private struct Key: Hashable {
        var lower: FlowEnd
        var higher: FlowEnd
    }

    /// A connection as its packets make it.
    private final class Connection {
        var tcp = TCPConnection()
        /// nil once it is over.
        var session: ImportedSession?
        /// The sequence number of the client's SYN.
        let start: UInt32?
        var answered = false
        var lastPacket = 0
        let clientSide: Int

        init(_ session: ImportedSession, start: UInt32?, clientSide: Int) {
            self.session = session
            self.start = start
            self.clientSide = clientSide
        }
    }

    public private(set) var counts = Counts()
    private var connections: [Key: Connection] = [:]
    private var fragments = Fragments()
    private var waitingBytes = 0
    private let tape: Tape

    /// - Parameter report: told in words where the record cannot be written.
    public init(
        to store: Store, segmentSize: Int = RecorderLimits.segment, report: @escaping @Sendable (String) -> Void
    ) {
        tape = Tape(store, segmentSize: segmentSize, report: report)
    }

    /// The ids of the sessions that were recorded, in their order.
    public var sessions: [SessionID] { tape.sessions }

    /// Reads one capture to its end.
    /// - Parameters:
    ///   - file: a descriptor to read from; it stays open.
    ///   - whenIdle: called where the file has no more for now, after all that was read is recorded; true waits for
    ///     more. nil takes that for the end.
    ///   - progress: told from time to time how many bytes (unpacked) have been read.
    /// - Throws: `CaptureDamage` where the file cannot be read on. What was read before is recorded.
    public func read(
        file: Int32, whenIdle: (() -> Bool)? = nil, progress: (UInt64) -> Void = { _ in }
    ) throws(CaptureDamage) {
        let tape = tape
        let idle: (() -> Bool)? = whenIdle.map { whenIdle in
            {
                tape.flush()
                return whenIdle()
            }
        }
        var reader = CaptureFileReader(CaptureInput(file: file, whenIdle: idle))
        var told: UInt64 = 0
        defer { endFile() }
        while try reader.next({ take($0, $1) }) {
            guard reader.position - told >= 16 << 20 else { continue }
            told = reader.position
            progress(told)
        }
    }

    /// Writes what is left. Nothing can be read after.
    public func finish() {
        tape.finish()
    }

    /// What is still open breaks off where its capture ends.
    private func endFile() {
        for connection in connections.values.sorted(by: { $0.lastPacket < $1.lastPacket }) { end(connection) }
        connections = [:]
        counts.lostDatagrams += fragments.lost
        fragments = Fragments()
        waitingBytes = 0
        tape.flush()
    }

    private func end(_ connection: Connection) {
        guard var session = connection.session else { return }
        connection.tcp.giveUp(at: .max, into: &session)
        session.breakOff(answered: connection.answered)
        close(connection)
    }

    /// What comes late for it is not taken for another one.
    private func close(_ connection: Connection) {
        if connection.session?.isRecorded == true { counts.sessions += 1 }
        if connection.session?.isForeign == true { counts.others += 1 }
        connection.session = nil
    }

    // MARK: - Packets

    private func take(_ head: FrameHead, _ frame: Span<UInt8>) {
        counts.packets += 1
        guard let start = LinkLayer.ipStart(frame, link: head.link) else {
            if !LinkLayer.isKnown(head.link) { counts.unknownLinks[head.link, default: 0] += 1 }
            return
        }
        guard let packet = IPPacket(frame, at: start), packet.carried == IPPacket.tcp else { return }
        let time = head.nanoseconds ?? 0
        guard let fragment = packet.fragment else {
            guard let segment = TCPPacket(frame, packet.payload, hosts: packet.hosts, missing: packet.missing) else {
                return
            }
            return take(segment, frame, isV6: packet.isV6, at: time)
        }
        if let whole = fragments.add(packet, fragment, frame.extracting(packet.payload)),
            let segment = TCPPacket(whole.span, 0..<whole.count, hosts: packet.hosts, missing: 0)
        {
            take(segment, whole.span, isV6: packet.isV6, at: time)
        }
    }

    private func take(_ packet: TCPPacket, _ bytes: Span<UInt8>, isV6: Bool, at time: Int64) {
        let isLower = packet.source < packet.destination
        let side = isLower ? 0 : 1
        let key =
            isLower
            ? Key(lower: packet.source, higher: packet.destination)
            : Key(lower: packet.destination, higher: packet.source)
        guard let connection = connection(key, packet, side: side, isV6: isV6, at: time) else { return }
        connection.lastPacket = counts.packets
        guard var session = connection.session else { return }
        if side != connection.clientSide { connection.answered = true }
        let waited = connection.tcp.waitingBytes
        connection.tcp.take(packet, of: side, bytes, at: time, into: &session)
        if packet.isReset {
            connection.tcp.giveUp(at: time, into: &session)
            session.reset(by: side, at: time)
            close(connection)
        } else if connection.tcp.hasEnded {
            session.breakOff(answered: connection.answered)
            close(connection)
        }
        waitingBytes += connection.tcp.waitingBytes - waited
        if waitingBytes > ImportLimits.allOutOfOrder { giveUpWaiting(at: time) }
    }

    /// The connection that a packet belongs to; nil where it belongs to none that matters.
    private func connection(
        _ key: Key, _ packet: TCPPacket, side: Int, isV6: Bool, at time: Int64
    ) -> Connection? {
        let opens = packet.isSynchronizing && packet.acknowledged == nil
        if let known = connections[key] {
            // The same ends again: another connection, unless it is the first packet once more.
            guard opens, known.start != packet.sequence || known.clientSide != side else { return known }
            end(known)
        } else if !opens, !packet.isSynchronizing, packet.payload.isEmpty {
            // Nothing is said, and nothing will hang on it.
            return nil
        }
        if connections.count >= ImportLimits.connections { makeRoom() }
        counts.connections += 1
        let isAnswer = packet.isSynchronizing && packet.acknowledged != nil
        let client = opens ? side : isAnswer ? 1 - side : Self.probableClient(key)
        let session = ImportedSession(
            (key.lower, key.higher), isV6: isV6, client: client, sawStart: packet.isSynchronizing, at: time, tape)
        let connection = Connection(session, start: opens ? packet.sequence : nil, clientSide: client)
        connections[key] = connection
        return connection
    }

    /// Servers have the lower port, as a rule.
    private static func probableClient(_ key: Key) -> Int {
        key.lower.port < key.higher.port ? 1 : 0
    }

    /// Forgets those that are over, and ends those that have been silent longest: half of what there is, so that it is
    /// rarely done.
    private func makeRoom() {
        let last = connections.values.map(\.lastPacket).sorted()
        let limit = last[last.count / 2]
        for (key, connection) in connections where connection.lastPacket <= limit {
            end(connection)
            connections[key] = nil
        }
    }

    private func giveUpWaiting(at time: Int64) {
        for connection in connections.values where connection.tcp.waitingBytes > 0 {
            guard var session = connection.session else { continue }
            connection.tcp.giveUp(at: time, into: &session)
        }
        waitingBytes = 0
    }
}

extension FlowEnd: Comparable {
    public static func < (a: FlowEnd, b: FlowEnd) -> Bool {
        (a.high, a.low, a.port) < (b.high, b.low, b.port)
    }
}
