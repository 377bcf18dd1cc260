import Testing
import Wire

@Suite struct TextTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ])
    func base64BothWays(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(Array(encoded.utf8)) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zg=", "Zg==Zg==", "Z===", "Zm9v!", "====", "=Zm9"])
    func base64ThatIsNone(_ text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test func picturesShowWhatATerminalMustNotObey() {
        #expect(Picture.of([0x1B, 0x5B, 0x41, 0x00, 0x7F]) == "␛[A␀␡")
        #expect(Picture.of([0xFF, 0x41, 0xE3, 0x81, 0x82, 0xC0, 0x80]) == "\\xFFAあ\\xC0\\x80")
        #expect(Picture.of("a\u{202E}b\u{9B}".utf8) == "a\\u{202E}b\\u{9B}")
    }

    @Test func jsonIsReadAsItIsWritten() {
        let value = JSON.members([
            "a": .string("\u{1}\"\\\n\u{2028}あ"), "b": .array([.integer(-3), .bool(true), .null]), "c": nil,
            "d": .members(["e": .string("")]),
        ])
        #expect(JSON.parse(Array(value.text.utf8)) == value)
        #expect(JSON.parse(Array(#"{"x":"\ud83d\ude00\u0041"}"#.utf8))?["x"]?.string == "😀A")
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "\"", "nul", "1 2", "1e400", String(repeating: "[", count: 100_000)])
    func jsonThatIsNone(_ text: String) {
        #expect(JSON.parse(Array(text.utf8)) == nil)
    }

    @Test func dotStuffingBothWaysHoweverCut() {
        let message = Array(".\r\n..\r\na\r\n.b\n.c".utf8)
        for split in 0...message.count {
            var stuffing = DotStuffing()
            var wire: [UInt8] = []
            stuffing.feed(Array(message[..<split]).span, into: &wire)
            stuffing.feed(Array(message[split...]).span, into: &wire)
            stuffing.finish(into: &wire)
            for cut in 0...wire.count {
                var unstuffing = DotUnstuffing()
                var back: [UInt8] = []
                unstuffing.feed(Array(wire[..<cut]).span, into: &back)
                unstuffing.feed(Array(wire[cut...]).span, into: &back)
                #expect(back == message + [13, 10])
            }
        }
    }

    /// A message that ends with a bare LF, as one that came in chunks may: its end is found all the same.
    @Test(arguments: ["a\n", "\n", "a\r\n\n", "a\r", "", ".", ".\r"]) func whatIsStuffedEnds(_ message: String) {
        let bytes = Array(message.utf8)
        for split in 0...bytes.count {
            var stuffing = DotStuffing()
            var wire: [UInt8] = []
            stuffing.feed(Array(bytes[..<split]).span, into: &wire)
            stuffing.feed(Array(bytes[split...]).span, into: &wire)
            stuffing.finish(into: &wire)
            var end = DotEnd()
            #expect(end.scan(wire.span, from: 0) == wire.count)
        }
    }

    /// A dot alone on a line that is not the end, since CRLF is not on both sides of it.
    @Test(arguments: [("a\n.\r\nb", "a\n\r\nb"), ("a\r\n.\nb", "a\r\n\nb"), ("a\n.\n.\r\n", "a\n\n\r\n")])
    func nothingButDotsIsTakenOut(_ body: String, _ expected: String) {
        let wire = Array((body + "\r\n.\r\n").utf8)
        for cut in 0...wire.count {
            var unstuffing = DotUnstuffing()
            var back: [UInt8] = []
            unstuffing.feed(Array(wire[..<cut]).span, into: &back)
            unstuffing.feed(Array(wire[cut...]).span, into: &back)
            #expect(back == Array((expected + "\r\n").utf8))
        }
    }

    @Test func highOctetsAreFoundAnywhere() {
        for count in 0...20 {
            #expect(![UInt8](repeating: 0x7F, count: count).hasHighOctets)
            for index in 0..<count {
                var bytes = [UInt8](repeating: 0x7F, count: count)
                bytes[index] = 0x80
                #expect(bytes.hasHighOctets)
            }
        }
    }
}
