import Message
import Testing

/// A megabyte of what is worst for each reader: the time must be that of the bytes, not of their square.
@Suite(.serialized) struct FloodTests {
    static let size = 250_000
    /// For what takes its time in a debug build.
    static let small = 25_000

    static let floods: [(String, [UInt8])] = [
        ("ESC", [UInt8](repeating: 0x1B, count: size)),
        ("0x80", [UInt8](repeating: 0x80, count: size)),
        ("words", repeated("=?a?b?", size: size)),
        ("words without end", repeated("=?utf-8?b?c")),
        ("words that end far away", repeated("=?utf-8?q?c ") + Array("?=".utf8)),
        ("whole words", repeated("=?utf-8?b?44GC?= ")),
        ("cut words", repeated("=?utf-8?b?44E=?= =?utf-8?b?gg==?= ")),
        ("lost escapes", repeated("$B")),
        ("escapes", repeated("\u{1B}$B$\"\u{1B}(B")),
        ("shifts", repeated("+")),
        ("HZ", repeated("~{")),
        ("e9", [UInt8](repeating: 0xE9, count: small)),
        ("double", repeated("Ã©")),
        ("noise", noise(size)),
    ]

    private static func repeated(_ text: String, size: Int = small) -> [UInt8] {
        let bytes = Array(text.utf8)
        return Array(repeatElement(bytes, count: size / bytes.count).joined())
    }

    @Test(.timeLimit(.minutes(1)), arguments: floods.indices) func isReadInTime(_ index: Int) throws {
        let (name, bytes) = Self.floods[index]
        for charset in ["us-ascii", "shift_jis", "iso-2022-jp", "utf-7"] {
            let read = try #require(Charset(charset).read(bytes), "\(name)")
            #expect(read.wrong.count <= CharsetLimits.ranges)
        }
        _ = CharsetGuess(bytes, declared: .utf8)
        let walk = ISO2022Walk(bytes)
        #expect(walk.pieces.count <= CharsetLimits.pieces)
        #expect(walk.faults.count <= CharsetLimits.faults)
        #expect(walk.pieces.last?.range.upperBound == bytes.count)
        let words = EncodedWords(bytes)
        #expect(words.words.count <= CharsetLimits.words)
        #expect(words.faults.count <= CharsetLimits.faults)
        _ = DoubleEncoding.find(in: bytes)
        #expect(Visible.pieces(bytes, as: .iso2022JP).count <= CharsetLimits.pieces + 1)
    }
}
