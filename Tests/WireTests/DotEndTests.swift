import Testing
import Wire

@Suite struct DotEndTests {
    /// Feeds `text` in two pieces and gives the index after the end, counted over both.
    private func end(_ text: String, splitAt split: Int) -> (end: Int?, lenient: Bool) {
        let bytes = Array(text.utf8)
        var scanner = DotEnd()
        if let end = scanner.scan(bytes.span.extracting(0..<split), from: 0) { return (end, false) }
        let rest = Array(bytes[split...])
        if let end = scanner.scan(rest.span, from: 0) { return (split + end, false) }
        return (nil, scanner.lenientEnd)
    }

    @Test(arguments: [
        (".\r\n", 3), ("a\r\n.\r\n", 6), ("a\r\n..\r\n.\r\nQUIT\r\n", 10), ("\r\n.\r\n", 5), (".a\r\n.\r\n", 7),
        ("a\n.\n\r\n.\r\n", 9), ("a\r\n.\n.\r\n\r\n.\r\n", 13), ("a\r\r\n.\r\n", 7),
    ])
    func strictEnd(_ text: String, _ expected: Int) {
        for split in 0...text.utf8.count {
            let found = end(text, splitAt: split)
            #expect(
                found.end == expected || (split >= expected && found.end == expected),
                "\(text.debugDescription) at \(split)")
        }
    }

    @Test(arguments: ["a\n.\n", "a\n.\r\n", "a\r\n.\n"])
    func lenientEnd(_ text: String) {
        for split in 0...text.utf8.count {
            let found = end(text, splitAt: split)
            #expect(found.end == nil)
            #expect(found.lenient, "\(text.debugDescription) at \(split)")
        }
    }

    @Test(arguments: ["a\r\n..\r\n", "a\n.\nb", ".x\r\n", "a\r.\r\n", ""])
    func noEnd(_ text: String) {
        for split in 0...text.utf8.count {
            let found = end(text, splitAt: split)
            #expect(found.end == nil)
            #expect(!found.lenient)
        }
    }
}
