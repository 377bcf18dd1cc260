import Message
import Testing
import Wire

/// The same, said as plainly as can be: of the whole message, one line after the other.
private struct NaiveOctets {
    var count = 0, lines = 0, stuffed = 0
    var unstuffed: [Int] = [], eightBit: [Int] = [], nul: [Int] = [], bareCR: [Int] = [], bareLF: [Int] = []
    var lax: [Int] = [], over998: [Int] = [], over78: [Int] = []
    var longest = 0, endsLine = true, endsEmptyLine = false

    init(_ bytes: [UInt8], dotStuffed: Bool) {
        var start = 0
        var before = "crlf"
        while start < bytes.count {
            let lf = bytes[start...].firstIndex(of: Byte.lf)
            let isCRLF = lf.map { $0 > start && bytes[$0 - 1] == Byte.cr } ?? false
            let end = (lf ?? bytes.count) - (isCRLF ? 1 : 0)
            var content = start
            // A dot whose next byte has not come may stuff the line or not.
            if dotStuffed, bytes[start] == Byte.dot {
                if start + 1 == bytes.count { return }
                if bytes[start + 1] == Byte.dot {
                    stuffed += 1
                    content += 1
                } else {
                    unstuffed.append(start)
                }
            }
            var pieces: [(start: Int, range: Range<Int>, end: String?)] = []
            var piece = content
            for index in content..<end where bytes[index] == Byte.cr && index + 1 < bytes.count {
                bareCR.append(index)
                pieces.append((piece == content ? start : piece, piece..<index, "cr"))
                piece = index + 1
            }
            pieces.append((piece == content ? start : piece, piece..<end, lf == nil ? nil : isCRLF ? "crlf" : "lf"))
            for (start, range, end) in pieces {
                if let end {
                    if bytes[range].elementsEqual([Byte.dot]) {
                        if end == "cr" ? before == "cr" : before != "crlf" || end != "crlf" { lax.append(start) }
                    }
                    before = end
                }
            }
            for index in content..<end {
                if bytes[index] == 0 { nul.append(index) }
                if bytes[index] >= 0x80 { eightBit.append(index) }
            }
            count += (lf.map { $0 + 1 } ?? bytes.count) - content
            if let lf {
                lines += 1
                if !isCRLF { bareLF.append(lf) }
                let length = end - content
                if length > 998 { over998.append(start) }
                if length > 78 { over78.append(start) }
                longest = max(longest, length)
                endsEmptyLine = length == 0
                endsLine = true
                start = lf + 1
            } else {
                endsLine = false
                start = bytes.count
            }
        }
    }

    func matches(_ octets: MessageOctets) -> Bool {
        func same(_ found: MessageOctets.Found, _ places: [Int]) -> Bool {
            Int(found.count) == places.count && found.first.map { Int($0) } == places.first
        }
        return count == Int(octets.count) && lines == Int(octets.lines) && stuffed == Int(octets.stuffedDots)
            && longest == Int(octets.longestLine) && endsLine == octets.endsLine
            && endsEmptyLine == octets.endsEmptyLine && same(octets.unstuffedDots, unstuffed)
            && same(octets.eightBit, eightBit) && same(octets.nul, nul) && same(octets.bareCR, bareCR)
            && same(octets.bareLF, bareLF) && same(octets.laxEnd, lax) && same(octets.over998, over998)
            && same(octets.over78, over78)
    }
}

private func octets(_ bytes: [UInt8], dotStuffed: Bool, cuts: [Int] = []) -> MessageOctets {
    var octets = MessageOctets(dotStuffed: dotStuffed)
    var start = 0
    for cut in cuts + [bytes.count] {
        octets.received(bytes.span.extracting(start..<cut))
        start = cut
    }
    return octets
}

struct MessageOctetsTests {
    @Test(arguments: [true, false])
    func equalsThePlainCount(dotStuffed: Bool) {
        var random = Random(state: dotStuffed ? 1 : 2)
        let rare: [UInt8] = [0x0D, 0x0A, 0x2E, 0x00, 0x80, 0xFF, 0x09, 0x1F, 0x20, 0x7F]
        for round in 0..<6000 {
            let length = Int(random.next() % 60)
            // From text with few controls to nothing but dots and line ends.
            let density = UInt64([2, 6, 20][round % 3])
            var bytes: [UInt8] = []
            for _ in 0..<length {
                let isRare = random.next() % density < 2
                bytes.append(isRare ? rare[Int(random.next() % UInt64(round % 2 == 0 ? 3 : rare.count))] : 0x61)
            }
            let whole = octets(bytes, dotStuffed: dotStuffed)
            let plain = NaiveOctets(bytes, dotStuffed: dotStuffed)
            #expect(plain.matches(whole), "\(bytes.map { String($0, radix: 16) }) \(whole) \(plain)")
            let cut = bytes.isEmpty ? 0 : Int(random.next() % UInt64(bytes.count))
            #expect(octets(bytes, dotStuffed: dotStuffed, cuts: [cut]) == whole)
            #expect(octets(bytes, dotStuffed: dotStuffed, cuts: Array(0..<bytes.count)) == whole)
            if !plain.matches(whole) { return }
        }
    }

    @Test func longLines() {
        for length in [77, 78, 79, 80, 998, 999, 100_000] {
            let bytes = [UInt8](repeating: 0x61, count: length) + [0x0D, 0x0A]
            let counted = octets(bytes, dotStuffed: false)
            #expect(counted.longestLine == UInt64(length))
            #expect(counted.over78.count == (length > 78 ? 1 : 0))
            #expect(counted.over998.count == (length > 998 ? 1 : 0))
        }
    }

    @Test(arguments: [
        ("a{0D}.{0D}b", 1, 2), ("a{0D}.\n", 1, 2), ("a{0A}.{0A}", 1, 2), ("a{0A}.\n", 1, 2), ("a\n.{0A}", 1, 3),
        ("a\n.\n", 0, 0), ("a{0D}.b\n", 0, 0), ("a{0D}..\n", 0, 0),
    ])
    func dotsThatSomeTakeForTheEnd(text: String, count: UInt64, first: UInt64) {
        let bytes = wire(text)
        for cut in 0...bytes.count {
            let counted = octets(bytes, dotStuffed: false, cuts: [cut])
            #expect(counted.laxEnd.count == count)
            #expect(counted.laxEnd.first == (count > 0 ? first : nil))
        }
    }

    @Test func aDotBehindCRLeavesTheLineItsLength() {
        let bytes = [UInt8](repeating: 0x61, count: 1000) + wire("{0D}.b\n")
        #expect(octets(bytes, dotStuffed: false).longestLine == 1003)
    }
}
