import Message
import Testing
import Wire

struct EncodingTests {
    @Test(arguments: [
        ("a=3Db", "a=b", [] as [EncodingFaults.Kind]), ("a=\nb", "ab", []), ("a=", "a", []), ("a\n", "a\r\n", []),
        ("a=\t \nb", "ab", [.trailingBlank]), ("a \n \nb ", "a\r\n\r\nb", [.trailingBlank]), ("=3d", "=", [.lowerCase]),
        ("=3", "=3", [.escape]), ("=3=3D", "=3=", [.escape]), ("==3D", "==", [.escape]), ("= x", "= x", [.escape]),
        ("a{0D}b", "a\rb", [.rawByte]), ("", "", []),
    ])
    func quotedPrintable(text: String, content: String, faults: [EncodingFaults.Kind]) {
        let decoded = QuotedPrintable.decode(wire(text))
        #expect(decoded.bytes.text == content)
        #expect(decoded.faults.list.map(\.kind) == faults)
    }

    @Test func everyByteEncoded() {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = (UInt8.min...UInt8.max).flatMap { [Byte.equals, digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        #expect(QuotedPrintable.decode(bytes).bytes == Array(UInt8.min...UInt8.max))
    }

    @Test(arguments: [
        ("", "", [] as [EncodingFaults.Kind]), ("YWJj", "abc", []), ("YW\nJj", "abc", []), ("YWI=\n", "ab", []),
        ("YW Jj", "abc", [.foreignByte]), ("YWI=YWI=", "abab", [.padInside]), ("YQ=YWJj", "aabc", [.padInside]),
        ("Y", "", [.length]), ("YW", "a", [.length]), ("YWI", "ab", [.length]), ("=", "", [.length]),
        ("YWJj====", "abc", [.length]), ("YQ=", "a", [.length]),
    ])
    func base64(text: String, content: String, faults: [EncodingFaults.Kind]) {
        let decoded = Base64Body.decode(wire(text))
        #expect(decoded.bytes.text == content)
        #expect(decoded.faults.list.map(\.kind) == faults)
    }

    @Test func base64OfAnyLength() {
        for length in 0..<200 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let text = Array(Base64.encode(bytes).utf8)
            for cut in stride(from: 1, through: 77, by: 19) {
                var lines: [UInt8] = []
                for start in stride(from: 0, to: text.count, by: cut) {
                    lines += text[start..<min(text.count, start + cut)] + [Byte.cr, Byte.lf]
                }
                let decoded = Base64Body.decode(lines)
                #expect(decoded.bytes == bytes)
                #expect(decoded.faults.list.allSatisfy { $0.kind == .longLine })
            }
        }
    }

    @Test(arguments: [
        ("a \nb\n", false, ["0 a b"]), ("a \nb\n", true, ["0 ab"]), ("a\nb\n", false, ["0 a", "0 b"]),
        ("> a \n> b\n>> c \nd\n", false, ["1 a b", "2 c ", "0 d"]), (" >x\n  y\n", false, ["0 >x", "0  y"]),
        ("a\n-- \nb\n", false, ["0 a", "0 -- ", "0 b"]), ("a \n-- \nb", false, ["0 a ", "0 -- ", "0 b"]),
        ("\n", false, ["0 "]), ("", false, []), (" \n", false, ["0 "]),
    ])
    func formatFlowed(text: String, delSp: Bool, paragraphs: [String]) {
        let read = FormatFlowed.paragraphs(wire(text), delSp: delSp)
        #expect(read.map { "\($0.quoteDepth) \($0.text.text)" } == paragraphs)
    }

    @Test func signatureOfTNEF() {
        #expect(TNEF.isSignature([0x78, 0x9F, 0x3E, 0x22, 0x00]))
        #expect(!TNEF.isSignature([0x78, 0x9F, 0x3E]))
    }
}
