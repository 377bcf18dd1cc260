import Testing
import Wire

@Suite struct LineTests {
    private func lines(_ text: String, limit: Int, piece: Int) -> [String] {
        var buffer = LineBuffer(limit: limit)
        var result: [String] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let part = Array(bytes[start..<min(start + piece, bytes.count)])
            start += part.count
            var index = 0
            while index < part.count {
                let (next, end) = buffer.take(part.span, from: index)
                index = next
                if let end {
                    result.append("\(buffer.bytes.text)|\(end.rawValue)|\(buffer.length)")
                    buffer.reset()
                }
            }
        }
        return result
    }

    @Test func endsAreToldApartHoweverTheBytesAreCut() {
        for piece in 1...12 {
            #expect(
                lines("ab\r\nc\n\r\n\n\r\r\n", limit: 10, piece: piece) == [
                    "ab|crlf|4", "c|lf|2", "|crlf|2", "|lf|1", "\r|crlf|3",
                ])
        }
    }

    @Test func longLinesAreCountedNotKept() {
        for piece in 1...12 {
            #expect(lines("abcdefgh\r\nx\n", limit: 4, piece: piece) == ["abcd|crlf|10", "x|lf|2"])
            #expect(lines("abcd\r\nabcde\n", limit: 4, piece: piece) == ["abcd|crlf|6", "abcd|lf|6"])
        }
    }
}
