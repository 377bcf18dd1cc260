#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What stands before a packet in a capture file.
struct FrameHead: Sendable {
    /// Nanoseconds since 1970; nil where the file does not say (a simple packet block).
    var nanoseconds: Int64?
    var link: UInt16
    /// Bytes of the packet as it passed; fewer may be in the file.
    var original: Int
}

/// What is wrong with a capture file, and where.
public struct CaptureDamage: Error, Sendable, Equatable, CustomStringConvertible {
    /// Byte of the file, unpacked where it is compressed.
    public var position: UInt64
    public var cause: String

    public var description: String { "at byte \(position): \(cause)" }
}

/// Reads the packets of a capture file: pcap in its four forms (both byte orders, microseconds and nanoseconds), and
/// pcapng (draft-ietf-opsawg-pcapng) with any number of sections and interfaces.
struct CaptureFileReader: ~Copyable {
    private enum Form {
        case unknown
        case pcap(PcapHead)
        case pcapng(PcapngSection)
    }

    private var input: CaptureInput
    private var form = Form.unknown
    private(set) var packets = 0

    init(_ input: consuming CaptureInput) {
        self.input = input
    }

    /// Where the next packet stands in the file, unpacked where it is compressed.
    var position: UInt64 { input.position }

    /// Gives the next packet to `body`.
    /// - Returns: false at the end of the file.
    /// - Throws: where the file goes on in a way that cannot be read. What was given before is good.
    mutating func next(_ body: (FrameHead, Span<UInt8>) -> Void) throws(CaptureDamage) -> Bool {
        while true {
            switch form {
            case .unknown: guard try readHead() else { return false }
            case .pcap(let head): return try nextRecord(head, body)
            case .pcapng(let section):
                switch try nextBlock(section, body) {
                case .packet: return true
                case .passed: continue
                case .end: return false
                }
            }
        }
    }

    private func damage(_ cause: String) -> CaptureDamage {
        CaptureDamage(position: input.position, cause: cause)
    }

    /// The input ends within what was begun, or could not be read.
    private func cutOff(_ what: String) -> CaptureDamage {
        if input.failure != 0 { return damage("it cannot be read on: " + String(cString: strerror(input.failure))) }
        if input.isDamaged { return damage("its compression is damaged or cut off here") }
        return damage("the file ends in the middle of \(what)")
    }

    private func isAtEnd() throws(CaptureDamage) -> Bool {
        if input.available == 0, input.failure == 0, !input.isDamaged { return true }
        throw cutOff("a packet")
    }

    private mutating func readHead() throws(CaptureDamage) -> Bool {
        guard input.fill(4) else {
            if input.available == 0, input.failure == 0, !input.isDamaged { throw damage("the file is empty") }
            throw cutOff("its head")
        }
        let magic = input.buffer.span.extracting(input.range).little32(0)
        if magic == Pcapng.sectionHeader {
            form = .pcapng(PcapngSection())
            return true
        }
        guard let kind = PcapHead.Kind(magic: magic) else {
            throw damage("this is neither pcap nor pcapng: it begins with \(Self.hexadecimal(magic))")
        }
        guard input.fill(24) else { throw cutOff("its head") }
        form = .pcap(PcapHead(kind, input.buffer.span.extracting(input.range)))
        input.skip(24)
        return true
    }

    private static func hexadecimal(_ littleEndian: UInt32) -> String {
        (0..<4).map { index in
            let digits = String(littleEndian >> (8 * UInt32(index)) & 0xFF, radix: 16)
            return (digits.utf8.count == 1 ? "0" : "") + digits
        }.joined(separator: " ")
    }

    // MARK: - pcap

    private mutating func nextRecord(
        _ head: PcapHead, _ body: (FrameHead, Span<UInt8>) -> Void
    ) throws(CaptureDamage) -> Bool {
        let size = head.recordHead
        guard input.fill(size) else { return try !isAtEnd() }
        let record = head.record(input.buffer.span.extracting(input.range))
        guard record.captured <= ImportLimits.block else {
            throw damage("a packet of \(record.captured) bytes stands here, which cannot be")
        }
        guard input.fill(size + record.captured) else { throw cutOff("a packet of \(record.captured) bytes") }
        packets += 1
        body(
            FrameHead(nanoseconds: record.nanoseconds, link: head.link, original: record.original),
            input.buffer.span.extracting(input.range).extracting(size..<(size + record.captured)))
        input.skip(size + record.captured)
        return true
    }

    // MARK: - pcapng

    private enum Block {
        case packet
        case passed
        case end
    }

    private mutating func nextBlock(
        _ section: PcapngSection, _ body: (FrameHead, Span<UInt8>) -> Void
    ) throws(CaptureDamage) -> Block {
        guard input.fill(12) else { return try isAtEnd() ? .end : .passed }
        var section = section
        let (type, length) = try blockHead(&section)
        guard length >= 12, length % 4 == 0, length <= ImportLimits.block else {
            throw damage("a block of \(length) bytes stands here, which cannot be")
        }
        guard input.fill(length) else { throw cutOff("a block of \(length) bytes") }
        let packet = try content(type, length, &section)
        form = .pcapng(section)
        if let packet {
            packets += 1
            body(packet.head, input.buffer.span.extracting(input.range).extracting(packet.data))
        }
        input.skip(length)
        return packet == nil ? .passed : .packet
    }

    /// The packet in the block that begins here, if it holds one; what else it says is kept in the section.
    private func content(
        _ type: UInt32, _ length: Int, _ section: inout PcapngSection
    ) throws(CaptureDamage) -> (head: FrameHead, data: Range<Int>)? {
        let block = input.buffer.span.extracting(input.range).extracting(0..<length)
        guard Int(section.word32(block, length - 4)) == length else {
            throw damage("a block begins here with the length \(length) and does not end with it")
        }
        guard type == Pcapng.interfaceDescription else { return section.packet(type, block) }
        guard section.interfaces.count < ImportLimits.interfaces else {
            throw damage("more than \(ImportLimits.interfaces) interfaces")
        }
        section.addInterface(block)
        return nil
    }

    /// The type of the next block and its length; a section header begins a section.
    private func blockHead(_ section: inout PcapngSection) throws(CaptureDamage) -> (type: UInt32, length: Int) {
        let bytes = input.buffer.span.extracting(input.range)
        if bytes.little32(0) == Pcapng.sectionHeader {
            guard let order = PcapngSection(byteOrder: bytes) else {
                throw damage("a section begins here without its byte-order magic")
            }
            section = order
        }
        return (section.word32(bytes, 0), Int(section.word32(bytes, 4)))
    }
}
