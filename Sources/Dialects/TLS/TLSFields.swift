/// The fields of a structure in the presentation language of TLS (RFC 8446 §3), read one after another. Each is nil
/// where the structure ends too early for it.
struct TLSFields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isEmpty: Bool { rest.isEmpty }

    mutating func uint8() -> UInt8? { rest.popFirst() }

    mutating func uint16() -> UInt16? {
        guard let high = rest.first, let low = rest.dropFirst().first else { return nil }
        rest = rest.dropFirst(2)
        return UInt16(high) << 8 | UInt16(low)
    }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A vector with a length of one byte.
    mutating func vector8() -> ArraySlice<UInt8>? {
        uint8().flatMap { bytes(Int($0)) }
    }

    /// A vector with a length of two bytes.
    mutating func vector16() -> ArraySlice<UInt8>? {
        uint16().flatMap { bytes(Int($0)) }
    }

    /// All that is left, as numbers of two bytes each; half of one at the end is not told.
    mutating func allUInt16() -> [UInt16] {
        var values: [UInt16] = []
        while let value = uint16() { values.append(value) }
        return values
    }
}
