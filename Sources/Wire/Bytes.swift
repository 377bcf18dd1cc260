#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes that mail protocols give a meaning to.
public enum Byte {
    public static let nul: UInt8 = 0x00
    public static let tab: UInt8 = 0x09
    public static let lf: UInt8 = 0x0A
    public static let cr: UInt8 = 0x0D
    public static let escape: UInt8 = 0x1B
    public static let space: UInt8 = 0x20
    public static let quote: UInt8 = 0x22
    public static let star: UInt8 = 0x2A
    public static let plus: UInt8 = 0x2B
    public static let hyphen: UInt8 = 0x2D
    public static let dot: UInt8 = 0x2E
    public static let colon: UInt8 = 0x3A
    public static let less: UInt8 = 0x3C
    public static let equals: UInt8 = 0x3D
    public static let greater: UInt8 = 0x3E
    /// `X`, what stands in a record in the place of each byte of a secret.
    public static let mask: UInt8 = 0x58
}

extension UInt8 {
    @inlinable public var isDigit: Bool { self &- 0x30 < 10 }
    @inlinable public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// The upper-case form of an ASCII letter; any other byte unchanged.
    @inlinable public var uppercased: UInt8 { self &- 0x61 < 26 ? self & 0xDF : self }
    /// The lower-case form of an ASCII letter; any other byte unchanged.
    @inlinable public var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    /// SP or HT.
    @inlinable public var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension Span where Element == UInt8 {
    /// The index of the first `byte` at or after `start`, or nil. One pass by `memchr`, the fastest scan to be had.
    @inlinable public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start >= 0, start < count else { return nil }
        let length = count - start
        return withUnsafeBufferPointer { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            guard let found = memchr(base + start, Int32(byte), length) else { return nil }
            return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
        }
    }

    /// A copy of the bytes of `range`, which must lie within the span.
    @inlinable public func copy(_ range: Range<Int>) -> [UInt8] {
        withUnsafeBufferPointer { Array($0[range]) }
    }
}

extension Array where Element == UInt8 {
    /// Appends the bytes of `range` of a span.
    @inlinable public mutating func append(_ span: Span<UInt8>, _ range: Range<Int>) {
        span.withUnsafeBufferPointer { append(contentsOf: $0[range]) }
    }

    /// There are octets above 127 in it. Eight are looked at together.
    public var hasHighOctets: Bool {
        withUnsafeBytes { bytes in
            var index = 0
            while index + 8 <= bytes.count {
                if bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
                    return true
                }
                index += 8
            }
            return bytes[index...].contains { $0 >= 0x80 }
        }
    }

    /// The bytes read as UTF-8, each byte that is not shown as U+FFFD.
    @inlinable public var text: String { String(decoding: self, as: UTF8.self) }
}

extension ArraySlice where Element == UInt8 {
    @inlinable public var text: String { String(decoding: self, as: UTF8.self) }
}
