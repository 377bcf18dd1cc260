import Conversation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    private let addresses: PerDirection<[UInt8]>
    private let ports: PerDirection<UInt16>
    /// The sequence number of the next byte of each side.
    private var sequence = PerDirection<UInt32>(1)
    private var identification: UInt16 = 0

    init(facts: SessionFacts, clientPort: UInt16) {
        let client = Self.address(facts.client)
        let server = Self.address(facts.server)
        let isV6 = client.count == 16 || server.count == 16
        addresses = PerDirection(
            client: isV6 ? Self.mapped(client) : client, server: isV6 ? Self.mapped(server) : server)
        let serverPort: UInt16 =
            if let port = facts.dialect.wellKnownPort { port } else if case .address(_, let port) = facts.server {
                port
            } else { 7 }
        ports = PerDirection(client: clientPort, server: serverPort)
    }

    var headerLength: Int { addresses.client.count == 16 ? 60 : 40 }

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
        let total = headerLength + length
        let isSynchronizing = flags & Self.synchronize != 0
        let number = isSynchronizing ? sequence[direction] &- 1 : sequence[direction]
        let acknowledged = flags & Self.acknowledge != 0 ? sequence[direction.other] : 0
        var commentBytes: [UInt8]?
        if let comment {
            var bytes: [UInt8] = []
            comment.write(to: &bytes)
            commentBytes = bytes
        }
        identification &+= 1
        Pcapng.appendPacket(to: &output, at: time.nanoseconds, length: total, comment: commentBytes) { output in
            appendIP(to: &output, from: direction, total: total)
            appendTCP(to: &output, from: direction, flags: flags, sequence: number, acknowledged: acknowledged)
            payload(&output)
        }
        sequence[direction] &+= UInt32(truncatingIfNeeded: length) &+ (flags & Self.finish != 0 ? 1 : 0)
    }

    private func appendIP(to output: inout [UInt8], from direction: Direction, total: Int) {
        let source = addresses[direction]
        let destination = addresses[direction.other]
        if source.count == 16 {
            output += [0x60, 0, 0, 0]
            big(UInt16(total - 40), to: &output)
            output += [6, 64]
            output += source
            output += destination
            return
        }
        let start = output.count
        output += [0x45, 0]
        big(UInt16(total), to: &output)
        big(identification, to: &output)
        output += [0x40, 0, 64, 6, 0, 0]
        output += source
        output += destination
        var sum: UInt32 = 0
        for index in stride(from: start, to: start + 20, by: 2) {
            sum += UInt32(output[index]) << 8 | UInt32(output[index + 1])
        }
        while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
        let checksum = ~UInt16(truncatingIfNeeded: sum)
        output[start + 10] = UInt8(checksum >> 8)
        output[start + 11] = UInt8(checksum & 0xFF)
    }

    private func appendTCP(
        to output: inout [UInt8], from direction: Direction, flags: UInt8, sequence: UInt32, acknowledged: UInt32
    ) {
        big(ports[direction], to: &output)
        big(ports[direction.other], to: &output)
        big(sequence, to: &output)
        big(acknowledged, to: &output)
        output += [0x50, flags]
        big(UInt16.max, to: &output)
        // No checksum: it would cost a pass over every byte, and readers of captures do not check it by default since
        // network cards fill it in after the capture.
        output += [0, 0, 0, 0]
    }

    private func big<Value: FixedWidthInteger>(_ value: Value, to output: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { output.append(contentsOf: $0) }
    }

    /// The four or sixteen bytes of an endpoint's address; 127.0.0.1 where it has none.
    static func address(_ endpoint: Endpoint) -> [UInt8] {
        guard case .address(let host, _) = endpoint else { return [127, 0, 0, 1] }
        var v4 = in_addr()
        if inet_pton(AF_INET, host, &v4) == 1 { return withUnsafeBytes(of: &v4) { Array($0) } }
        var v6 = in6_addr()
        let bare = host.split(separator: "%", maxSplits: 1).first.map(String.init) ?? host
        if inet_pton(AF_INET6, bare, &v6) == 1 { return withUnsafeBytes(of: &v6) { Array($0) } }
        return [127, 0, 0, 1]
    }

    /// An IPv4 address as an IPv6 one (RFC 4291 §2.5.5.2).
    private static func mapped(_ address: [UInt8]) -> [UInt8] {
        address.count == 16 ? address : [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + address
    }
}
