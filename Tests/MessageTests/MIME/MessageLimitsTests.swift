import Message
import Testing
import Wire

struct MessageLimitsTests {
    @Test func partsTenThousandDeep() {
        var text = ""
        for depth in 0..<10_000 { text += "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n" }
        let message = read(wire(text))
        #expect(message.parts.count == MessageLimits.depth + 1)
        #expect(message.parts.last?.depth == MessageLimits.depth)
        #expect(message.defect(.tooDeep)?.part == MessageLimits.depth)
    }

    @Test func messagesTenThousandDeep() {
        let message = read(wire(String(repeating: "Content-Type: message/rfc822\n\n", count: 10_000)))
        #expect(message.parts.count == MessageLimits.depth + 1)
        #expect(message.kinds == [.tooDeep])
    }

    @Test func tenThousandParts() {
        let text =
            "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 10_000) + "--b--\n"
        let message = read(wire(text))
        #expect(message.parts.count == MessageLimits.parts)
        #expect(message.partsBeyond == UInt64(10_001 - MessageLimits.parts))
        #expect(message.kinds == [.tooManyParts])
        #expect(message.root.isClosed)
        #expect(message.parts.last?.text.text == "x")
    }

    @Test func aHeaderOfTenMegabytes() {
        let fields = read(wire(String(repeating: "X-Long-Name: some value\n", count: 100_000) + "\nbody\n"))
        #expect(fields.fields.count == MessageLimits.fields)
        #expect(fields.fieldsBeyond == UInt64(100_000 - MessageLimits.fields))
        #expect(fields.kinds == [.headerBeyondLimit])
        #expect(fields.root.text.text == "body\r\n")

        let line = read(wire("Subject: ") + [UInt8](repeating: 0x61, count: 10_000_000) + wire("\n\nbody\n"))
        #expect(line.fields[0].value.count <= MessageLimits.headerBytes)
        #expect(UInt64(line.fields[0].value.count) + line.fields[0].bytesBeyond == 10_000_001)
        #expect(line.root.text.text == "body\r\n")

        let folded = read(wire("Subject: a\n" + String(repeating: " b\n", count: 300_000) + "\nbody\n"))
        #expect(folded.fields[0].lineCount == 300_001)
        #expect(folded.fields[0].value.count <= MessageLimits.headerBytes)
        #expect(UInt64(folded.fields[0].value.count) + folded.fields[0].bytesBeyond == 600_002)

        let junk = read([UInt8](repeating: 0x61, count: 10_000_000))
        #expect(junk.kinds == [.noEmptyLine])
        #expect(junk.root.octets == 10_000_000)
        #expect(junk.root.text.count == MessageLimits.textPartBytes)
        #expect(junk.root.isTextCut)
    }

    @Test func aContentTypeBehindTenMegabytesOfHeader() {
        let text =
            String(repeating: "X-Long-Name: some value\n", count: 100_000)
            + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n--b--\n"
        #expect(read(wire(text)).tree == "0 multipart/mixed, 1 text/plain")
    }

    @Test(arguments: [1022, 1023, 1024, 1025, 1026, 1027, 3000])
    func longLinesThatAreNoFields(length: Int) {
        let line = [UInt8](repeating: 0x61, count: length)
        for text in ["", "Subject: a\n", "Subject: a\nHello\n"] {
            for end in ["", "\n", "\nTo: b\n\nbody\n", "\nmore\n"] {
                let bytes = wire(text) + line + wire(end)
                let message = readEveryWay(bytes)
                #expect(message.kinds.count == 1)
                #expect(message.root.body.upperBound == UInt64(bytes.count))
            }
        }
    }

    @Test(arguments: [1000, 1019, 1020, 1021, 1022, 1023, 1024, 1025, 1026, 3000])
    func longLinesThatBeginLikeDelimiters(length: Int) {
        let start = wire("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n")
        let line = wire("--b") + [UInt8](repeating: Byte.space, count: length)
        let message = readEveryWay(start + line + wire("\nx\n--b--\n"))
        #expect(message.parts.count == (length + 3 > MessageLimits.delimiterLine ? 2 : 3))
        #expect(message.root.isClosed)
    }

    @Test func textsAreKeptUpToALimit() {
        let line = [UInt8](repeating: 0x61, count: 98) + wire("\n")
        let part = wire("\n--b\n\n") + [[UInt8]](repeating: line, count: 2000).flatMap { $0 }
        let bytes =
            wire("Content-Type: multipart/mixed; boundary=b\n") + [[UInt8]](repeating: part, count: 30).flatMap { $0 }
        let message = read(bytes + wire("--b--\n"))
        #expect(message.parts.count == 31)
        #expect(message.parts[1].text.count == MessageLimits.textPartBytes)
        #expect(message.parts.map(\.text.count).reduce(0, +) == MessageLimits.textBytes)
        #expect(message.parts[30].octets == 199_998)
    }

    @Test func defectsAreKeptUpToALimit() {
        let part = "--b\nContent-Transfer-Encoding: x\nContent-Type: x\n\n{00}{80}\n"
        let message = read(
            wire("Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: part, count: 900) + "--b--\n"))
        #expect(message.defects.count == MessageLimits.defects)
        #expect(message.defectsBeyond > 0)
    }
}
