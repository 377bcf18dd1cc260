import Conversation
import Wire

/// One event of one session, as it stands in a record.
public struct RecordedEvent: Sendable {
    public var session: SessionID
    public var at: Timestamp
    /// Where it stands in its segment.
    public var position: Int
    public var event: SessionEvent<ArraySlice<UInt8>>

    public init(session: SessionID, at: Timestamp, position: Int, event: SessionEvent<ArraySlice<UInt8>>) {
        self.session = session
        self.at = at
        self.position = position
        self.event = event
    }
}

/// The TCP connection as which an open session stands in the record of one writer.
public struct RecordedFlow: Sendable, Hashable {
    public var client: FlowEnd
    public var server: FlowEnd

    public init(client: FlowEnd, server: FlowEnd) {
        self.client = client
        self.server = server
    }
}

/// Address and port of one end of it, as they stand in its packets; an IPv4 address in its first four bytes.
public struct FlowEnd: Sendable, Hashable {
    public var high: UInt64
    public var low: UInt64
    public var port: UInt16

    public init(high: UInt64, low: UInt64, port: UInt16) {
        self.high = high
        self.low = low
        self.port = port
    }
}

/// Reads the sessions out of the segments of one writer, in their order.
public struct RecordReader {
    /// The sessions that were introduced and have not ended, by their flows.
    public private(set) var open: [RecordedFlow: SessionID]

    /// - Parameter open: the sessions that were open where the reading begins.
    public init(open: [RecordedFlow: SessionID] = [:]) {
        self.open = open
    }

    /// A count of bytes that are missing; nil where it says none, or more than a session has: sums of such cannot be made.
    private static func gap(_ json: JSON?) -> Int? {
        json?.integer.flatMap { (1...(1 << 40)).contains($0) ? Int($0) : nil }
    }

    /// The session that goes on inside TLS in the connection that this introduces.
    private static func inside(_ comment: JSON) -> SessionID? {
        comment["inside"]?.string.flatMap { SessionID($0) }
    }

    /// The session that the packet belongs to; to be asked before `events(of:)` is, which may end the session.
    public func session(of packet: CapturedPacket) -> SessionID? {
        guard let segment = TCPSegment(packet.data) else { return nil }
        if let comment = packet.comment.flatMap({ JSON.parse($0) }) {
            if let facts = SessionFacts(json: comment) { return facts.id }
            if let id = Self.inside(comment) { return id }
        }
        return open[segment.asSaidByClient] ?? open[segment.asSaidByServer]
    }

    /// The events that a packet stands for; none where it belongs to no session that was introduced.
    public mutating func events(of packet: CapturedPacket) -> [RecordedEvent] {
        guard let segment = TCPSegment(packet.data) else { return [] }
        let comment = packet.comment.flatMap { JSON.parse($0) }
        func recorded(_ id: SessionID, _ event: SessionEvent<ArraySlice<UInt8>>) -> RecordedEvent {
            RecordedEvent(
                session: id, at: Timestamp(nanoseconds: packet.nanoseconds), position: packet.position, event: event)
        }
        if let comment, let facts = SessionFacts(json: comment) {
            let isKnown = open.updateValue(facts.id, forKey: segment.asSaidByClient) == facts.id
            let before = isKnown ? nil : comment["continues"]
            let missing: [RecordedEvent] = Direction.allCases.compactMap { direction in
                Self.gap(before?[direction.rawValue]).map { recorded(facts.id, .lost(direction, count: $0)) }
            }
            let tls = isKnown ? [] : comment["tls"]?.array?.compactMap(TLSFacts.init(json:)) ?? []
            let isCompressed = !isKnown && comment[SessionTrack.compression] != nil
            return [recorded(facts.id, .opened(facts))] + tls.map { recorded(facts.id, .tls($0)) }
                + (isCompressed ? [recorded(facts.id, .compressed)] : []) + missing
        }
        if let comment, let id = Self.inside(comment) {
            let flow = segment.asSaidByClient
            if let port = comment["outside"]?.integer.flatMap(UInt16.init(exactly:)) {
                var outside = flow
                outside.client.port = port
                if open[outside] == id { open[outside] = nil }
            }
            open[flow] = id
            return []
        }
        let direction: Direction
        let flow: RecordedFlow
        let id: SessionID
        if let found = open[segment.asSaidByClient] {
            (direction, flow, id) = (.client, segment.asSaidByClient, found)
        } else if let found = open[segment.asSaidByServer] {
            (direction, flow, id) = (.server, segment.asSaidByServer, found)
        } else {
            return []
        }
        var events: [RecordedEvent] = []
        if !segment.payload.isEmpty {
            events.append(recorded(id, .bytes(direction, packet.data[segment.payload])))
        }
        guard let comment else { return events }
        if let direction = comment["halfClosed"]?.string.flatMap(Direction.init(rawValue:)) {
            events.append(recorded(id, .halfClosed(direction)))
        }
        if let lost = comment["lost"], let count = Self.gap(lost["count"]),
            let direction = lost["from"]?.string.flatMap(Direction.init(rawValue:))
        {
            events.append(recorded(id, .lost(direction, count: count)))
        }
        if let facts = comment["tls"].flatMap({ TLSFacts(json: $0) }) { events.append(recorded(id, .tls(facts))) }
        if comment[SessionTrack.compression] != nil { events.append(recorded(id, .compressed)) }
        for kind in [Note.Kind.stderr, .remark] {
            if let text = comment[kind.rawValue]?.string { events.append(recorded(id, .note(Note(kind, text)))) }
        }
        if let end = comment["end"]?.string {
            events.append(recorded(id, .closed(SessionEnd(text: end))))
            open[flow] = nil
        }
        return events
    }
}

/// The parts of an IP packet with a TCP segment in it.
struct TCPSegment {
    let source: FlowEnd
    let destination: FlowEnd
    let payload: Range<Int>

    var asSaidByClient: RecordedFlow { RecordedFlow(client: source, server: destination) }
    var asSaidByServer: RecordedFlow { RecordedFlow(client: destination, server: source) }

    /// - Returns: nil where `packet` is not that, or is cut off.
    init?(_ packet: [UInt8]) {
        guard let first = packet.first else { return nil }
        func big(_ range: Range<Int>) -> UInt64 {
            packet[range].reduce(0) { $0 << 8 | UInt64($1) }
        }
        let headerLength: Int
        switch first >> 4 {
        case 4:
            headerLength = Int(first & 15) * 4
            guard headerLength >= 20, packet.count >= headerLength + 20, packet[9] == 6 else { return nil }
        case 6:
            headerLength = 40
            guard packet.count >= 60, packet[6] == 6 else { return nil }
        default: return nil
        }
        let dataOffset = Int(packet[headerLength + 12] >> 4) * 4
        guard dataOffset >= 20, headerLength + dataOffset <= packet.count else { return nil }
        func end(v4: Int, v6: Int, port: Int) -> FlowEnd {
            let port = UInt16(big((headerLength + port)..<(headerLength + port + 2)))
            return first >> 4 == 4
                ? FlowEnd(high: big(v4..<(v4 + 4)) << 32, low: 0, port: port)
                : FlowEnd(high: big(v6..<(v6 + 8)), low: big((v6 + 8)..<(v6 + 16)), port: port)
        }
        source = end(v4: 12, v6: 8, port: 0)
        destination = end(v4: 16, v6: 24, port: 2)
        payload = (headerLength + dataOffset)..<packet.count
    }
}
