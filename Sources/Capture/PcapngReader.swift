import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A packet of a capture file.
public struct CapturedPacket: Sendable {
    /// Where its block begins in the file.
    public var position: Int
    public var nanoseconds: Int64
    public var comment: [UInt8]?
    public var data: [UInt8]
}

/// Reads a segment block by block, from any block on, also while it grows. Bytes that are no block are passed by up to
/// the next that is, and counted; a block that is not whole yet is waited for.
public struct PcapngReader: ~Copyable {
    /// No block of ours is longer: a packet of 64 KiB and two comments.
    static let maximumBlock = 1 << 20
    private static let window = 1 << 20

    private let file: Int32
    private var buffer: [UInt8] = []
    /// Where `buffer` begins in the file, and how much of it is read.
    private var bufferStart: Int
    private var index = 0
    /// Bytes that were no block.
    public private(set) var damaged = 0
    /// True for a file that grows no more: a block that is not whole never will be, and what stands behind is looked for.
    public var isComplete = false

    /// - Returns: nil where the file cannot be opened; errno tells why.
    public init?(path: String, from position: Int = 0) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        self.file = file
        bufferStart = position
        if position > 0 { lseek(file, off_t(position), SEEK_SET) }
    }

    deinit { close(file) }

    /// Where the next block begins.
    public var position: Int { bufferStart + index }

    /// The next packet, or nil at the end of what is there.
    public mutating func next() -> CapturedPacket? {
        while true {
            guard fill(12) else { return nil }
            let type = word(0)
            let length = Int(word(4))
            guard length >= 12, length % 4 == 0, length <= Self.maximumBlock else {
                guard skipDamage() else { return nil }
                continue
            }
            let isWhole = fill(length)
            if !isWhole, !isComplete { return nil }
            guard isWhole, Int(word(length - 4)) == length else {
                guard skipDamage() else { return nil }
                continue
            }
            let position = position
            defer { index += length }
            if type == Pcapng.enhancedPacket, let packet = packet(length: length, at: position) { return packet }
        }
    }

    private func packet(length: Int, at position: Int) -> CapturedPacket? {
        guard length >= 32 else { return nil }
        let captured = Int(word(20))
        guard captured <= length - 32 else { return nil }
        let time = UInt64(word(12)) << 32 | UInt64(word(16))
        let start = index + 28
        var comment: [UInt8]?
        var option = start + (captured + 3) / 4 * 4
        let end = index + length - 4
        while option + 4 <= end {
            let code = UInt16(buffer[option]) | UInt16(buffer[option + 1]) << 8
            let size = Int(buffer[option + 2]) | Int(buffer[option + 3]) << 8
            guard code != 0, option + 4 + size <= end else { break }
            if code == 1, comment == nil { comment = Array(buffer[(option + 4)..<(option + 4 + size)]) }
            option += 4 + (size + 3) / 4 * 4
        }
        return CapturedPacket(
            position: position, nanoseconds: Int64(bitPattern: time), comment: comment,
            data: Array(buffer[start..<(start + captured)]))
    }

    private func word(_ offset: Int) -> UInt32 {
        let at = index + offset
        return UInt32(buffer[at]) | UInt32(buffer[at + 1]) << 8 | UInt32(buffer[at + 2]) << 16
            | UInt32(buffer[at + 3]) << 24
    }

    /// Goes on to the next place where a block may begin. False at the end.
    private mutating func skipDamage() -> Bool {
        repeat {
            index += 1
            damaged += 1
            guard fill(12) else {
                damaged += buffer.count - index
                index = buffer.count
                return false
            }
        } while !(word(0) == Pcapng.enhancedPacket && word(8) == 0 && (32...Self.maximumBlock).contains(Int(word(4))))
        return true
    }

    /// Makes sure that `count` bytes from the index on are in the buffer.
    private mutating func fill(_ count: Int) -> Bool {
        while buffer.count - index < count {
            if index > Self.window / 2 {
                buffer.removeFirst(index)
                bufferStart += index
                index = 0
            }
            let had = buffer.count
            let got = withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { space -> Int in
                let got = read(file, space.baseAddress, space.count)
                if got > 0 { buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: space[..<got])) }
                return got
            }
            if got <= 0 || buffer.count == had { return false }
        }
        return true
    }
}
