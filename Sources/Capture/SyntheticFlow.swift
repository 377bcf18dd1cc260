import Conversation
import Wire

/// The TCP connection as which a session stands in a segment: addresses, ports and sequence numbers of its own making.
///
/// Where the real server port is not the protocol's own, the synthetic one is, since tshark knows a protocol by its port
/// alone; peers without an address stand as 127.0.0.1.
struct SyntheticFlow: Sendable {
    /// The most that one packet carries: an IPv4 packet is at most 65,535 bytes long.
    static let maximumPayload = 65_000
    static let finish: UInt8 = 0x01
    static let synchronize: UInt8 = 0x02
    static let reset: UInt8 = 0x04
    static let push: UInt8 = 0x08
    static let acknowledge: UInt8 = 0x10

    private let templates: PerDirection<[UInt8]>
    private let templateSums: PerDirection<UInt32>
    /// The sequence number of the next byte of each side.
    private var sequence: PerDirection<UInt32>
    private var identification: UInt16 = 0
    let clientPort: UInt16

    init(facts: SessionFacts, clientPort: UInt16) {
        self.clientPort = clientPort
        let client = Self.address(facts.client)
        let server = Self.address(facts.server)
        let isV6 = client.count == 16 || server.count == 16
        let from = isV6 ? Self.mapped(client) : client
        let to = isV6 ? Self.mapped(server) : server
        let serverPort: UInt16 =
            if let port = facts.dialect.wellKnownPort { port } else if case .address(_, let port) = facts.server {
                port
            } else { 7 }
        templates = PerDirection(
            client: Self.template(from: from, clientPort, to: to, serverPort),
            server: Self.template(from: to, serverPort, to: from, clientPort))
        // Each session begins elsewhere: where a client's port is used again, readers tell the connections apart by this.
        let first = facts.id.text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        sequence = PerDirection(first &+ 1)
        templateSums = PerDirection(client: Self.sum(templates.client), server: Self.sum(templates.server))
    }

    private var headerLength: Int { templates.client.count }

    /// Passes by bytes that are not recorded.
    mutating func skip(_ count: Int, from direction: Direction) {
        sequence[direction] &+= UInt32(truncatingIfNeeded: count)
    }

    /// These bytes were counted and did not reach the disk; they will be passed by once more.
    mutating func takeBack(_ counts: PerDirection<UInt64>) {
        sequence.client &-= UInt32(truncatingIfNeeded: counts.client)
        sequence.server &-= UInt32(truncatingIfNeeded: counts.server)
    }

    /// Appends one packet of `direction`; `payload` appends `length` bytes.
    mutating func appendPacket(
        to output: inout [UInt8], from direction: Direction, flags: UInt8, at time: Timestamp, length: Int = 0,
        comment: JSON? = nil, payload: (inout [UInt8]) -> Void = { _ in }
    ) {
        var commentBytes: [UInt8]?
        if let comment {
            var bytes: [UInt8] = []
            comment.write(to: &bytes)
            commentBytes = bytes
        }
        Pcapng.appendPacket(
            to: &output, at: time.nanoseconds, length: headerLength + length, comment: commentBytes
        ) { output in
            appendHeader(to: &output, from: direction, flags: flags, length: length)
            payload(&output)
        }
        identification &+= 1
        sequence[direction] &+= UInt32(truncatingIfNeeded: length) &+ (flags & Self.finish != 0 ? 1 : 0)
    }

    private func appendHeader(to output: inout [UInt8], from direction: Direction, flags: UInt8, length: Int) {
        let start = output.count
        let template = templates[direction]
        output += template
        let isSynchronizing = flags & Self.synchronize != 0
        let number = isSynchronizing ? sequence[direction] &- 1 : sequence[direction]
        let acknowledged = flags & Self.acknowledge != 0 ? sequence[direction.other] : 0
        output.withUnsafeMutableBytes { all in
            let header = UnsafeMutableRawBufferPointer(rebasing: all[start...])
            func put<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
                header.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
            }
            let tcp = template.count - 20
            if tcp == 20 {
                let total = UInt16(template.count + length)
                put(total, at: 2)
                put(identification, at: 4)
                put(Self.checksum(templateSums[direction] + UInt32(total) + UInt32(identification)), at: 10)
            } else {
                put(UInt16(20 + length), at: 4)
            }
            put(number, at: tcp + 4)
            put(acknowledged, at: tcp + 8)
            put(flags, at: tcp + 13)
        }
    }

    /// IP and TCP headers as they are in each packet of a direction, with zeros for what differs from one to the next.
    ///
    /// No TCP checksum: it would cost a pass over every byte, and readers of captures do not check it by default since
    /// network cards fill it in after the capture.
    private static func template(from source: [UInt8], _ sourcePort: UInt16, to destination: [UInt8], _ port: UInt16)
        -> [UInt8]
    {
        var header: [UInt8] =
            source.count == 16
            ? [0x60, 0, 0, 0, 0, 0, 6, 64] + source + destination
            : [0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0] + source + destination
        for port in [sourcePort, port] { header += [UInt8(port >> 8), UInt8(port & 0xFF)] }
        header += [0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0, 0xFF, 0xFF, 0, 0, 0, 0]
        return header
    }

    /// The sum of the 16-bit words of the IPv4 header in a template (RFC 791 §3.1).
    private static func sum(_ template: [UInt8]) -> UInt32 {
        stride(from: 0, to: 20, by: 2).reduce(0) { $0 + (UInt32(template[$1]) << 8 | UInt32(template[$1 + 1])) }
    }

    private static func checksum(_ sum: UInt32) -> UInt16 {
        var sum = sum
        while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
        return ~UInt16(truncatingIfNeeded: sum)
    }

    /// The four or sixteen bytes of an endpoint's address; 127.0.0.1 where it has none.
    static func address(_ endpoint: Endpoint) -> [UInt8] {
        guard case .address(let host, _) = endpoint else { return [127, 0, 0, 1] }
        let bare = host.split(separator: "%", maxSplits: 1).first.map(String.init) ?? host
        return AddressText.bytes(bare) ?? [127, 0, 0, 1]
    }

    /// An IPv4 address as an IPv6 one (RFC 4291 §2.5.5.2).
    private static func mapped(_ address: [UInt8]) -> [UInt8] {
        address.count == 16 ? address : [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + address
    }
}
