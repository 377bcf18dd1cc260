import Message
import Testing
import Wire

struct MessageReaderRandomTests {
    private static let pieces = [
        "\n", "\n", "\n\n", "{0D}", "{0A}", "--a\n", "--b\n", "--a--\n", "--b--\n", "--a", "-", "--", ".", "..\n", " ",
        "\t",
        "Content-Type: multipart/mixed; boundary=a\n", "Content-Type: multipart/digest; boundary=\"b\"\n",
        "Content-Type: message/rfc822\n", "Content-Type: text/plain; charset*0*=utf-8''x; charset*2=y\n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
        "Content-Disposition: attachment; filename=x (1).txt\n", "Subject: x\n", "Subject : {E9}{1B}\n", "no field\n",
        "bad name: x\n", " folded\n", "  \n", "From x\n", "YWJj", "YWI=", "=", "=3d", "=C3", "{00}", "{FF}", "text",
        "\n\n--a\n\n", "\n\n--b\n",
    ].map { wire($0) }

    /// Whatever comes: no trap, the same however it is cut, all ranges within the message.
    @Test(arguments: 0..<8)
    func anything(seed: UInt64) {
        var random = Random(state: seed)
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<(random.next() % 25) { bytes += Self.pieces.randomElement(using: &random) ?? [] }
            let dotStuffed = random.next() % 2 == 0
            let hasHeader = random.next() % 8 != 0
            let complete = random.next() % 4 != 0
            let whole = read(bytes, dotStuffed: dotStuffed, hasHeader: hasHeader, complete: complete)
            let single = read(
                bytes, cuts: Array(0..<bytes.count), dotStuffed: dotStuffed, hasHeader: hasHeader, complete: complete)
            #expect(Bool(single == whole), "\(bytes.text.debugDescription)")
            let first = bytes.isEmpty ? 0 : Int(random.next() % UInt64(bytes.count))
            let second = first + (bytes.count > first ? Int(random.next() % UInt64(bytes.count - first)) : 0)
            let cut = read(
                bytes, cuts: [first, second], dotStuffed: dotStuffed, hasHeader: hasHeader, complete: complete)
            #expect(Bool(cut == whole), "\(bytes.text.debugDescription) cut at \(first), \(second)")
            let end = UInt64(bytes.count)
            for part in whole.parts {
                #expect(part.header.upperBound <= part.body.lowerBound && part.body.upperBound <= end)
                #expect(part.octets <= UInt64(part.body.count))
                for field in part.fields {
                    #expect(field.range.upperBound <= end)
                    #expect(field.value.indices.allSatisfy { bytes[Int(field.place(of: $0))] == field.value[$0] })
                }
                if let parent = part.parent {
                    #expect(whole.parts[parent].body.lowerBound <= part.header.lowerBound)
                    #expect(whole.parts[parent].body.upperBound >= part.body.upperBound)
                }
            }
            for defect in whole.defects { #expect(defect.range.upperBound <= end && defect.count > 0) }
            if single != whole || cut != whole { return }
        }
    }
}
