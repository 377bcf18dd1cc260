import Wire

/// Scans that look at eight bytes together.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Passes over bytes that are no control characters.
    /// - Parameter eightBit: told of octets above 127 among them: where the first is, and how many there are, as often
    ///   as some are found.
    /// - Returns: the index of the first control character, or the end.
    @inline(__always)
    static func text(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, eightBit: (_ at: Int, _ count: UInt64) -> Void
    ) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            var high = word & highs
            // The lowest bit that is set is that of the first byte below 0x20; what is above it may be borrowed.
            let controls = (word &- ones &* 0x20) & ~word & highs
            if high | controls == 0 {
                index += 8
                continue
            }
            let passed = controls == 0 ? 8 : controls.trailingZeroBitCount / 8
            if passed < 8 { high &= (1 << UInt64(passed * 8)) - 1 }
            if high != 0 { eightBit(index + high.trailingZeroBitCount / 8, UInt64(high.nonzeroBitCount)) }
            index += passed
            if passed < 8 { return index }
        }
        while index < bytes.count, bytes[index] >= 0x20 {
            if bytes[index] >= 0x80 { eightBit(index, 1) }
            index += 1
        }
        return index
    }

    /// Counts octets above 127, and NUL.
    static func count(
        _ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64, eightBit: inout MessageOctets.Found,
        nul: inout MessageOctets.Found
    ) {
        var index = 0
        while true {
            index = text(bytes, from: index) { eightBit.add(offset + UInt64($0), count: $1) }
            guard index < bytes.count else { return }
            if bytes[index] == 0 { nul.add(offset + UInt64(index)) }
            index += 1
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension ByteScan {
    static func lineFeed(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let found = memchr(base + start, Int32(Byte.lf), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
}
