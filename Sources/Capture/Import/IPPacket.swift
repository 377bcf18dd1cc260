/// What an IP header says (RFC 791 §3.1, RFC 8200 §3, §4).
struct IPPacket {
    /// Two hosts; each an IPv6 address, or an IPv4 one in its first four bytes.
    struct Hosts: Hashable, Sendable {
        var source: (high: UInt64, low: UInt64)
        var destination: (high: UInt64, low: UInt64)

        static func == (a: Hosts, b: Hosts) -> Bool {
            a.source == b.source && a.destination == b.destination
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(source.high)
            hasher.combine(source.low)
            hasher.combine(destination.high)
            hasher.combine(destination.low)
        }
    }

    struct Fragment: Sendable {
        var identification: UInt32
        /// Bytes of the datagram that come before it.
        var offset: Int
        var hasMore: Bool
    }

    var isV6: Bool
    var hosts: Hosts
    /// The number of what it carries, behind all extension headers.
    var carried: UInt8
    /// Where that stands in the frame, as far as it is there.
    var payload: Range<Int>
    /// Bytes of it that passed and are not in the frame, since the capture cut it off.
    var missing: Int
    var fragment: Fragment?

    static let tcp: UInt8 = 6

    /// - Returns: nil where no IP packet stands there, or too little of it.
    init?(_ frame: Span<UInt8>, at start: Int) {
        guard start < frame.count else { return nil }
        switch frame[start] >> 4 {
        case 4: self.init(v4: frame, at: start)
        case 6: self.init(v6: frame, at: start)
        default: return nil
        }
    }

    private init?(v4 frame: Span<UInt8>, at start: Int) {
        let there = frame.count - start
        let head = Int(frame[start] & 15) * 4
        guard head >= 20, there >= head else { return nil }
        let said = Int(frame.big16(start + 2))
        // A network card that cuts packets itself lets the system leave the length out.
        let total = said == 0 ? there : said
        guard total >= head else { return nil }
        isV6 = false
        hosts = Hosts(
            source: (UInt64(frame.big32(start + 12)) << 32, 0),
            destination: (UInt64(frame.big32(start + 16)) << 32, 0))
        carried = frame[start + 9]
        payload = (start + head)..<(start + min(total, there))
        missing = max(0, total - there)
        let flags = frame.big16(start + 6)
        if flags & 0x3FFF != 0 {
            fragment = Fragment(
                identification: UInt32(frame.big16(start + 4)), offset: Int(flags & 0x1FFF) * 8,
                hasMore: flags & 0x2000 != 0)
        }
    }

    private init?(v6 frame: Span<UInt8>, at start: Int) {
        let there = frame.count - start
        guard there >= 40 else { return nil }
        let said = Int(frame.big16(start + 4))
        let total = said == 0 ? there : said + 40
        isV6 = true
        hosts = Hosts(
            source: (frame.big64(start + 8), frame.big64(start + 16)),
            destination: (frame.big64(start + 24), frame.big64(start + 32)))
        var next = frame[start + 6]
        var index = start + 40
        let end = start + min(total, there)
        // Extension headers, RFC 8200 §4.1; no packet has more than a few.
        for _ in 0..<16 {
            guard fragment == nil || fragment?.offset == 0 else { break }
            switch next {
            case 0, 43, 60, 135, 139, 140:
                guard index + 8 <= end else { return nil }
                next = frame[index]
                index += (Int(frame[index + 1]) + 1) * 8
            case 51:
                guard index + 8 <= end else { return nil }
                next = frame[index]
                index += (Int(frame[index + 1]) + 2) * 4
            case 44:
                guard index + 8 <= end else { return nil }
                let bits = frame.big16(index + 2)
                // A packet in one piece may carry this header as well (RFC 6946).
                if bits & 0xFFF9 != 0 {
                    fragment = Fragment(
                        identification: frame.big32(index + 4), offset: Int(bits & 0xFFF8), hasMore: bits & 1 != 0)
                }
                next = frame[index]
                index += 8
                if fragment != nil {
                    carried = next
                    guard index <= end else { return nil }
                    payload = index..<end
                    missing = max(0, total - there)
                    return
                }
                continue
            default:
                carried = next
                guard index <= end else { return nil }
                payload = index..<end
                missing = max(0, total - there)
                return
            }
            guard index <= end else { return nil }
        }
        return nil
    }
}
