/// Finds the IP packet in a frame, by the link type of its interface (https://www.tcpdump.org/linktypes.html).
enum LinkLayer {
    /// - Returns: where the IP header begins; nil where the frame carries none, or its head is cut off.
    static func ipStart(_ frame: Span<UInt8>, link: UInt16) -> Int? {
        switch link {
        case null, loop: return afterFamily(frame, link)
        case ethernet: return afterEtherType(frame, at: 12)
        case raw, rawBSD, rawOpenBSD, ipv4, ipv6: return 0
        case linuxCooked: return afterEtherType(frame, at: 14)
        // The type comes first there, and the packet after twenty bytes.
        case linuxCooked2: return frame.count >= 20 ? tagged(frame, type: frame.big16(0), start: 20) : nil
        case ppp: return frame.count >= 4 ? afterPPP(frame, at: frame.big16(0) == 0xFF03 ? 2 : 0) : nil
        default: return nil
        }
    }

    /// Whether packets of this link type can be read at all.
    static func isKnown(_ link: UInt16) -> Bool {
        [
            null, loop, ethernet, raw, rawBSD, rawOpenBSD, ipv4, ipv6, linuxCooked, linuxCooked2, ppp,
        ].contains(link)
    }

    private static let null: UInt16 = 0
    private static let ethernet: UInt16 = 1
    private static let ppp: UInt16 = 9
    private static let rawBSD: UInt16 = 12
    private static let rawOpenBSD: UInt16 = 14
    private static let raw: UInt16 = 101
    private static let loop: UInt16 = 108
    private static let linuxCooked: UInt16 = 113
    private static let ipv4: UInt16 = 228
    private static let ipv6: UInt16 = 229
    private static let linuxCooked2: UInt16 = 276

    /// The address family in the byte order of the machine that captured; it is small, so that the order shows.
    private static func afterFamily(_ frame: Span<UInt8>, _ link: UInt16) -> Int? {
        guard frame.count >= 4 else { return nil }
        let family = min(frame.big32(0), frame.little32(0))
        // AF_INET, and AF_INET6 of NetBSD, FreeBSD, Darwin and Linux.
        return [2, 24, 28, 30, 10].contains(family) ? 4 : nil
    }

    private static func afterEtherType(_ frame: Span<UInt8>, at offset: Int) -> Int? {
        guard frame.count >= offset + 2 else { return nil }
        return tagged(frame, type: frame.big16(offset), start: offset + 2)
    }

    /// Passes by VLAN tags (IEEE 802.1Q, 802.1ad) and the head of PPPoE (RFC 2516).
    private static func tagged(_ frame: Span<UInt8>, type: UInt16, start: Int) -> Int? {
        var (type, start) = (type, start)
        for _ in 0..<4 {
            switch type {
            case 0x0800, 0x86DD: return start
            case 0x8100, 0x88A8, 0x9100:
                guard frame.count >= start + 4 else { return nil }
                type = frame.big16(start + 2)
                start += 4
            case 0x8864: return frame.count >= start + 8 ? afterPPP(frame, at: start + 6) : nil
            default: return nil
            }
        }
        return nil
    }

    private static func afterPPP(_ frame: Span<UInt8>, at offset: Int) -> Int? {
        guard frame.count >= offset + 2 else { return nil }
        return [0x0021, 0x0057].contains(frame.big16(offset)) ? offset + 2 : nil
    }
}
