import CZlib
import Inflate
import Testing

@Suite struct InflateTests {
    /// `hello hello hello hello\n`, by Python's zlib: raw, zlib and gzip.
    private static let text = [UInt8]("hello hello hello hello\n".utf8)
    private static let raw: [UInt8] = [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9, 0x00]
    private static let zlib: [UInt8] = [
        0x78, 0xDA, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9, 0x00, 0x70, 0xBE, 0x08, 0xBB,
    ]
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40,
        0x27, 0xB9, 0x00, 0x00, 0x88, 0x59, 0x0B, 0x18, 0x00, 0x00, 0x00,
    ]

    @Test(arguments: [(Inflate.Format.raw, raw), (.zlib, zlib), (.gzip, gzip)])
    func givesOutTheSameHoweverItIsCut(_ format: Inflate.Format, _ packed: [UInt8]) {
        for size in 1...packed.count {
            for limit in [1, 7, 1000] {
                let inflate = Inflate(format)
                var output: [UInt8] = []
                for start in stride(from: 0, to: packed.count, by: size) {
                    let piece = Array(packed[start..<min(start + size, packed.count)])
                    var next = 0
                    var before = -1
                    while next < piece.count || output.count > before {
                        before = output.count
                        next = inflate.feed(piece.span, from: next, into: &output, limit: limit)
                        if inflate.state != .open { break }
                    }
                }
                #expect(output == Self.text)
                #expect(inflate.state == (format == .gzip ? .open : .ended))
            }
        }
    }

    @Test func severalMembersFollowEachOther() {
        let inflate = Inflate(.gzip)
        var output: [UInt8] = []
        let packed = Self.gzip + Self.gzip
        #expect(inflate.feed(packed.span, into: &output, limit: 1000) == packed.count)
        #expect(output == Self.text + Self.text)
    }

    @Test func whatIsNoneIsToldAndWhatCameBeforeIsKept() {
        let inflate = Inflate(.gzip)
        var output: [UInt8] = []
        _ = inflate.feed((Self.gzip + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).span, into: &output, limit: 1000)
        #expect(inflate.state == .damaged)
        #expect(output == Self.text)
    }

    @Test func aSmallInputOfAGreatOutputIsGivenOutByTheLimit() {
        let inflate = Inflate(.zlib)
        var output: [UInt8] = []
        var packed = [UInt8](repeating: 0, count: 1 << 20)
        var length = UInt(packed.count)
        #expect(compress(&packed, &length, [UInt8](repeating: 0x61, count: 10_000_000), 10_000_000) == Z_OK)
        packed.removeLast(packed.count - Int(length))
        var next = 0
        var total = 0
        while inflate.state == .open {
            output = []
            next = inflate.feed(packed.span, from: next, into: &output, limit: 1 << 16)
            #expect(output.count <= 1 << 16)
            total += output.count
        }
        #expect(total == 10_000_000)
    }
}
