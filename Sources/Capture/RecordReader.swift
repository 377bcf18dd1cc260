import Conversation
import Wire

/// One event of one session, as it stands in a record.
public struct RecordedEvent: Sendable {
    public var session: SessionID
    public var at: Timestamp
    /// Where it stands in its segment.
    public var position: Int
    public var event: SessionEvent<[UInt8]>
}

/// Reads the sessions out of the segments of one writer, in their order.
public struct RecordReader {
    private struct FlowKey: Hashable {
        var client: [UInt8]
        var server: [UInt8]
    }

    private struct Flow {
        var id: SessionID
        /// The addresses and ports of the client, as they stand in a packet that it sends.
        var client: [UInt8]
    }

    private var flows: [FlowKey: Flow] = [:]

    public init() {}

    /// The session that the packet belongs to; to be asked before `events(of:)` is, which may end the session.
    public func session(of packet: CapturedPacket) -> SessionID? {
        guard let segment = TCPSegment(packet.data) else { return nil }
        if let comment = packet.comment.flatMap({ JSON.parse($0) }), let facts = SessionFacts(json: comment) {
            return facts.id
        }
        return flows[FlowKey(client: segment.source, server: segment.destination)]?.id
            ?? flows[FlowKey(client: segment.destination, server: segment.source)]?.id
    }

    /// The events that a packet stands for; none where it belongs to no session that was introduced.
    public mutating func events(of packet: CapturedPacket) -> [RecordedEvent] {
        guard let segment = TCPSegment(packet.data) else { return [] }
        let at = Timestamp(nanoseconds: packet.nanoseconds)
        let comment = packet.comment.flatMap { JSON.parse($0) }
        func recorded(_ id: SessionID, _ event: SessionEvent<[UInt8]>) -> RecordedEvent {
            RecordedEvent(session: id, at: at, position: packet.position, event: event)
        }
        if let comment, let facts = SessionFacts(json: comment) {
            let key = FlowKey(client: segment.source, server: segment.destination)
            flows[key] = Flow(id: facts.id, client: segment.source)
            return [recorded(facts.id, .opened(facts))]
        }
        let isClient = flows[FlowKey(client: segment.source, server: segment.destination)] != nil
        let key =
            isClient
            ? FlowKey(client: segment.source, server: segment.destination)
            : FlowKey(client: segment.destination, server: segment.source)
        guard let flow = flows[key] else { return [] }
        var events: [RecordedEvent] = []
        if !segment.payload.isEmpty {
            events.append(
                recorded(flow.id, .bytes(isClient ? .client : .server, Array(packet.data[segment.payload]))))
        }
        guard let comment else { return events }
        if let direction = comment["halfClosed"]?.string.flatMap(Direction.init(rawValue:)) {
            events.append(recorded(flow.id, .halfClosed(direction)))
        }
        if let lost = comment["lost"], let direction = lost["from"]?.string.flatMap(Direction.init(rawValue:)) {
            events.append(recorded(flow.id, .lost(direction, count: Int(clamping: lost["count"]?.integer ?? 0))))
        }
        for kind in [Note.Kind.stderr, .remark] {
            if let text = comment[kind.rawValue]?.string { events.append(recorded(flow.id, .note(Note(kind, text)))) }
        }
        if let end = comment["end"]?.string {
            events.append(recorded(flow.id, .closed(SessionEnd(text: end))))
            flows[key] = nil
        }
        return events
    }
}

/// The parts of an IP packet with a TCP segment in it.
struct TCPSegment {
    /// Address and port, as they stand in the packet.
    var source: [UInt8]
    var destination: [UInt8]
    var payload: Range<Int>

    /// - Returns: nil where `packet` is not that, or is cut off.
    init?(_ packet: [UInt8]) {
        guard let first = packet.first else { return nil }
        let headerLength: Int
        let addresses: (Range<Int>, Range<Int>)
        switch first >> 4 {
        case 4:
            headerLength = Int(first & 15) * 4
            guard headerLength >= 20, packet.count >= headerLength + 20, packet[9] == 6 else { return nil }
            addresses = (12..<16, 16..<20)
        case 6:
            headerLength = 40
            guard packet.count >= 60, packet[6] == 6 else { return nil }
            addresses = (8..<24, 24..<40)
        default: return nil
        }
        let dataOffset = Int(packet[headerLength + 12] >> 4) * 4
        guard dataOffset >= 20, headerLength + dataOffset <= packet.count else { return nil }
        source = Array(packet[addresses.0]) + packet[headerLength..<(headerLength + 2)]
        destination = Array(packet[addresses.1]) + packet[(headerLength + 2)..<(headerLength + 4)]
        payload = (headerLength + dataOffset)..<packet.count
    }
}

extension SessionEnd {
    /// The inverse of `text`.
    public init(text: String) {
        switch text {
        case "client-closed": self = .closed(first: .client)
        case "server-closed": self = .closed(first: .server)
        case "client-reset": self = .reset(by: .client)
        case "server-reset": self = .reset(by: .server)
        case "stopped": self = .stopped
        default:
            if text.hasPrefix("unreachable: ") {
                self = .unreachable(String(text.dropFirst(13)))
            } else {
                self = .failed(text.hasPrefix("failed: ") ? String(text.dropFirst(8)) : text)
            }
        }
    }
}
