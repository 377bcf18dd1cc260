/// A hash of bytes that come in pieces, the same in each run (FNV-1a, 64 bits).
struct FNV1a: Sendable, Equatable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func hash(_ bytes: Span<UInt8>) {
        var value = value
        for index in bytes.indices { value = (value ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
        self.value = value
    }

    static func of(_ bytes: [UInt8]) -> UInt64 {
        var hash = FNV1a()
        hash.hash(bytes.span)
        return hash.value
    }
}
