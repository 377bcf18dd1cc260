/// A section of a pcapng file: its byte order and its interfaces.
struct PcapngSection: Sendable {
    struct Interface: Sendable {
        var link: UInt16
        var snapLength: Int
        /// Units of a timestamp in a second.
        var unitsPerSecond: UInt64
        /// Seconds to be added to each timestamp.
        var offset: Int64
    }

    private let isBigEndian: Bool
    private(set) var interfaces: [Interface] = []

    /// Before the first section is read.
    init() {
        isBigEndian = false
    }

    /// - Parameter byteOrder: the first twelve bytes of a section header block.
    /// - Returns: nil where its magic is none.
    init?(byteOrder bytes: Span<UInt8>) {
        if bytes.little32(8) == Pcapng.byteOrderMagic {
            isBigEndian = false
        } else if bytes.big32(8) == Pcapng.byteOrderMagic {
            isBigEndian = true
        } else {
            return nil
        }
    }

    func word32(_ bytes: Span<UInt8>, _ offset: Int) -> UInt32 {
        isBigEndian ? bytes.big32(offset) : bytes.little32(offset)
    }

    func word16(_ bytes: Span<UInt8>, _ offset: Int) -> UInt16 {
        isBigEndian ? bytes.big16(offset) : bytes.little16(offset)
    }

    /// - Parameter block: a whole interface description block.
    mutating func addInterface(_ block: Span<UInt8>) {
        guard block.count >= 20 else {
            // Its number is taken all the same; link type 0xFFFF is nobody's.
            return interfaces.append(Interface(link: .max, snapLength: 0, unitsPerSecond: 1_000_000, offset: 0))
        }
        var interface = Interface(
            link: word16(block, 8), snapLength: Int(word32(block, 12)), unitsPerSecond: 1_000_000, offset: 0)
        var index = 16
        while index + 4 <= block.count - 4 {
            let (code, length) = (word16(block, index), Int(word16(block, index + 2)))
            guard code != 0, index + 4 + length <= block.count - 4 else { break }
            switch (code, length) {
            case (9, 1):
                let value = block[index + 4]
                let exponent = value & 0x7F
                if value & 0x80 != 0, exponent < 64 {
                    interface.unitsPerSecond = 1 << UInt64(exponent)
                } else if value & 0x80 == 0, exponent < 20 {
                    interface.unitsPerSecond = (0..<exponent).reduce(1) { power, _ in power * 10 }
                }
            case (14, 8):
                let (first, second) = (UInt64(word32(block, index + 4)), UInt64(word32(block, index + 8)))
                interface.offset = Int64(bitPattern: isBigEndian ? first << 32 | second : second << 32 | first)
            default: break
            }
            index += 4 + (length + 3) / 4 * 4
        }
        interfaces.append(interface)
    }

    /// The packet in a block.
    /// - Returns: nil where it holds none, or says something that cannot be.
    func packet(_ type: UInt32, _ block: Span<UInt8>) -> (head: FrameHead, data: Range<Int>)? {
        switch type {
        case Pcapng.enhancedPacket where block.count >= 32:
            return packet(Int(word32(block, 8)), block)
        case Pcapng.packet where block.count >= 32:
            return packet(Int(word16(block, 8)), block)
        case Pcapng.simplePacket where block.count >= 16:
            guard let interface = interfaces.first else { return nil }
            let original = Int(word32(block, 8))
            let limit = interface.snapLength > 0 ? interface.snapLength : .max
            let captured = min(original, limit, block.count - 16)
            return (FrameHead(nanoseconds: nil, link: interface.link, original: original), 12..<(12 + captured))
        default: return nil
        }
    }

    private func packet(_ number: Int, _ block: Span<UInt8>) -> (head: FrameHead, data: Range<Int>)? {
        guard number < interfaces.count else { return nil }
        let captured = Int(word32(block, 20))
        guard captured <= block.count - 32 else { return nil }
        let interface = interfaces[number]
        let units = UInt64(word32(block, 12)) << 32 | UInt64(word32(block, 16))
        let head = FrameHead(
            nanoseconds: Self.nanoseconds(units, interface), link: interface.link, original: Int(word32(block, 24)))
        return (head, 28..<(28 + captured))
    }

    private static func nanoseconds(_ units: UInt64, _ interface: Interface) -> Int64 {
        let (seconds, rest) = units.quotientAndRemainder(dividingBy: interface.unitsPerSecond)
        let (high, low) = rest.multipliedFullWidth(by: 1_000_000_000)
        // `rest` is less than the divisor, so that the quotient is less than a billion.
        let fraction = interface.unitsPerSecond.dividingFullWidth((high, low)).quotient
        let whole = Int64(clamping: seconds).addingReportingOverflow(interface.offset)
        let limit = Int64.max / 1_000_000_000 - 1
        return max(-limit, min(whole.overflow ? limit : whole.partialValue, limit)) * 1_000_000_000 + Int64(fraction)
    }
}
