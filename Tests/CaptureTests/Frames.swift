/// A TCP segment of a conversation that a test makes up; side 0 is the client.
struct Segment: Equatable {
    var side: Int
    var sequence: UInt32
    var acknowledged: UInt32?
    var flags: UInt8
    var data: [UInt8] = []
    /// Nanoseconds since 1970.
    var at: Int64 = 0

    static let finish: UInt8 = 1
    static let synchronize: UInt8 = 2
    static let reset: UInt8 = 4
    static let push: UInt8 = 8
    static let acknowledge: UInt8 = 16

    var next: UInt32 {
        sequence &+ UInt32(data.count) &+ (flags & (Self.synchronize | Self.finish) != 0 ? 1 : 0)
    }

    /// The TCP header and the data.
    func tcp(ports: (client: UInt16, server: UInt16)) -> [UInt8] {
        let (from, to) = side == 0 ? (ports.client, ports.server) : (ports.server, ports.client)
        let flags = flags | (acknowledged == nil ? 0 : Self.acknowledge)
        return big(from) + big(to) + big(sequence) + big(acknowledged ?? 0) + [0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]
            + data
    }
}

func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

/// A conversation as segments, in the order in which they were said.
struct Talk {
    var segments: [Segment] = []
    private var sequences: [UInt32]
    private var clock: Int64 = 1_700_000_000_000_000_000

    init(
        _ words: [(side: Int, text: String)], first: (UInt32, UInt32) = (1000, 9000), largest: Int = 1460,
        closes: Bool = true
    ) {
        sequences = [first.0, first.1]
        say(0, Segment.synchronize, acknowledges: false)
        say(1, Segment.synchronize)
        say(0, 0)
        for (side, text) in words {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                say(side, Segment.push, Array(rest.prefix(largest)))
                rest = rest.dropFirst(largest)
            }
            say(1 - side, 0)
        }
        guard closes else { return }
        say(1, Segment.finish)
        say(0, Segment.finish)
        say(1, 0)
    }

    mutating func say(_ side: Int, _ flags: UInt8, _ data: [UInt8] = [], acknowledges: Bool = true) {
        clock += 1_000_000
        let segment = Segment(
            side: side, sequence: sequences[side], acknowledged: acknowledges ? sequences[1 - side] : nil, flags: flags,
            data: data, at: clock)
        segments.append(segment)
        sequences[side] = segment.next
    }
}

/// How segments become the frames of a capture.
struct Framing {
    enum Link: UInt16, CaseIterable {
        case null = 0
        case ethernet = 1
        case ppp = 9
        case raw = 101
        case loop = 108
        case linuxCooked = 113
        case linuxCooked2 = 276
    }

    var link = Link.ethernet
    var isV6 = false
    /// Tags of VLANs.
    var vlans = 0
    /// Ethernet carries PPP (RFC 2516).
    var isPPPoE = false
    /// Bytes of IP options, or extension headers of eight bytes each.
    var options = 0
    /// Bytes of each fragment, a multiple of eight; nil leaves packets whole.
    var fragment: Int?
    var ports: (client: UInt16, server: UInt16) = (40_000, 25)

    func frames(_ segment: Segment, number: UInt16) -> [[UInt8]] {
        let tcp = segment.tcp(ports: ports)
        guard let fragment, tcp.count > fragment else { return [framed(ip(tcp, segment.side, number, nil))] }
        return stride(from: 0, to: tcp.count, by: fragment).map { start in
            let part = Array(tcp[start..<min(start + fragment, tcp.count)])
            return framed(ip(part, segment.side, number, (start, start + fragment < tcp.count)))
        }
    }

    private func ip(_ payload: [UInt8], _ side: Int, _ number: UInt16, _ part: (offset: Int, more: Bool)?) -> [UInt8] {
        if isV6 {
            let hosts = [[UInt8](repeating: 0x20, count: 16), [UInt8](repeating: 0x21, count: 16)]
            var headers: [UInt8] = []
            let last: UInt8 = part == nil ? 6 : 44
            for index in 0..<options { headers += [index == options - 1 ? last : 60, 0, 1, 4, 0, 0, 0, 0] }
            if let part {
                headers += [6, 0] + big(UInt16(part.offset) | (part.more ? 1 : 0)) + big(UInt32(number))
            }
            return [0x60, 0, 0, 0] + big(UInt16(headers.count + payload.count)) + [options > 0 ? 60 : last, 64]
                + hosts[side] + hosts[1 - side] + headers + payload
        }
        let hosts: [[UInt8]] = [[10, 0, 0, 1], [192, 0, 2, 25]]
        let head = 20 + options * 4
        let flags = part.map { UInt16($0.offset / 8) | ($0.more ? 0x2000 : 0) } ?? 0x4000
        return [0x40 | UInt8(head / 4), 0] + big(UInt16(head + payload.count)) + big(number) + big(flags) + [
            64, 6, 0, 0,
        ]
            + hosts[side] + hosts[1 - side] + [UInt8](repeating: 1, count: options * 4) + payload
    }

    private var protocolOfPPP: [UInt8] { [0x00, isV6 ? 0x57 : 0x21] }

    private func framed(_ packet: [UInt8]) -> [UInt8] {
        let type: [UInt8] = isV6 ? [0x86, 0xDD] : [0x08, 0x00]
        switch link {
        case .raw: return packet
        case .ppp: return [0xFF, 0x03] + protocolOfPPP + packet
        case .null: return little(UInt32(isV6 ? 30 : 2)) + packet
        case .loop: return big(UInt32(isV6 ? 24 : 2)) + packet
        case .ethernet:
            let tags = (0..<vlans).flatMap {
                [$0 == 0 && vlans > 1 ? 0x88 : 0x81, $0 == 0 && vlans > 1 ? 0xA8 : 0, 0, 7]
            }
            if isPPPoE {
                let session: [UInt8] = [0x88, 0x64, 0x11, 0, 0, 1] + big(UInt16(packet.count + 2))
                return [UInt8](repeating: 2, count: 12) + session + protocolOfPPP + packet
            }
            return [UInt8](repeating: 2, count: 12) + tags.map(UInt8.init) + type + packet
        case .linuxCooked: return [UInt8](repeating: 0, count: 14) + type + packet
        case .linuxCooked2: return type + [UInt8](repeating: 0, count: 18) + packet
        }
    }
}

/// The forms of a capture file.
enum FileForm: CaseIterable {
    case pcapMicro, pcapNano, pcapMicroBig, pcapNanoBig, pcapng, pcapngBig, pcapngNano, pcapngSimple, pcapngOld

    private var isBig: Bool { self == .pcapMicroBig || self == .pcapNanoBig || self == .pcapngBig }

    func file(_ frames: [(bytes: [UInt8], at: Int64)], link: UInt16, snap: Int = 262_144) -> [UInt8] {
        let isBig = isBig
        func word<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { isBig ? big(number) : little(number) }
        switch self {
        case .pcapMicro, .pcapNano, .pcapMicroBig, .pcapNanoBig:
            let isNano = self == .pcapNano || self == .pcapNanoBig
            var file = word(UInt32(isNano ? 0xA1B2_3C4D : 0xA1B2_C3D4)) + word(UInt16(2)) + word(UInt16(4))
            file += word(UInt32(0)) + word(UInt32(0)) + word(UInt32(snap)) + word(UInt32(link))
            for (bytes, at) in frames {
                let fraction = at % 1_000_000_000 / (isNano ? 1 : 1000)
                let kept = bytes.prefix(snap)
                file += word(UInt32(at / 1_000_000_000)) + word(UInt32(fraction)) + word(UInt32(kept.count))
                file += word(UInt32(bytes.count)) + kept
            }
            return file
        case .pcapng, .pcapngBig, .pcapngNano, .pcapngSimple, .pcapngOld:
            func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
                let body = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
                let length = word(UInt32(12 + body.count))
                return word(type) + length + body + length
            }
            var file = block(
                0x0A0D_0D0A, word(UInt32(0x1A2B_3C4D)) + word(UInt16(1)) + word(UInt16(0)) + word(Int64(-1)))
            let resolution: [UInt8] = self == .pcapngNano ? word(UInt16(9)) + word(UInt16(1)) + [9, 0, 0, 0] : []
            let end: [UInt8] = resolution.isEmpty ? [] : [0, 0, 0, 0]
            file += block(1, word(link) + word(UInt16(0)) + word(UInt32(snap)) + resolution + end)
            for (bytes, at) in frames {
                let units = UInt64(at) / (self == .pcapngNano ? 1 : 1000)
                let kept = Array(bytes.prefix(snap))
                let time = word(UInt32(units >> 32)) + word(UInt32(truncatingIfNeeded: units))
                let lengths = word(UInt32(kept.count)) + word(UInt32(bytes.count))
                switch self {
                case .pcapngSimple: file += block(3, word(UInt32(bytes.count)) + kept)
                case .pcapngOld: file += block(2, word(UInt16(0)) + word(UInt16(0)) + time + lengths + kept)
                default: file += block(6, word(UInt32(0)) + time + lengths + kept)
                }
            }
            return file
        }
    }
}
