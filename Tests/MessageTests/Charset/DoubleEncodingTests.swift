import Message
import Testing

@Suite struct DoubleEncodingTests {
    /// Made by Python: `text.encode(was).decode(readAs)`.
    @Test(arguments: DoubleVectors.all.indices) func isRepaired(_ index: Int) throws {
        let (was, readAs, seen, text) = DoubleVectors.all[index]
        let found = try #require(DoubleEncoding.find(in: seen), "\(was) \(readAs) \(seen)")
        #expect(found.repaired == text, "\(was) \(readAs)")
        guard case .misread(let really, let taken) = found.kind else {
            Issue.record("\(found.kind)")
            return
        }
        #expect(really.isSame(as: Charset(was)))
        #expect(taken.isSame(as: Charset(readAs)))
        #expect(found.times == 1)
        #expect(!found.ranges.isEmpty)
    }

    @Test(arguments: GuessVectors.all.indices) func rightTextIsLeftAlone(_ index: Int) {
        #expect(DoubleEncoding.find(in: GuessVectors.all[index].text) == nil)
    }

    @Test(arguments: [
        "plain", "", "«CAFÉ»", "Å”", "São João, NÃO É", "100 € – 5°", "Ãéà", "Ελλάδα", "ÀÉÎÕÜ", "שלום", "مرحبا", "😀👍",
        "½ ¼ ©2024",
        "costs $B12(B)",
    ]) func whatLooksAlikeIsLeftAlone(_ text: String) {
        #expect(DoubleEncoding.find(in: text) == nil)
    }

    @Test func whatIsRightBesideItStays() throws {
        let found = try #require(DoubleEncoding.find(in: "日本 cafÃ© naïve"))
        #expect(found.repaired == "日本 café naïve")
        #expect(found.ranges == [10..<14])
    }

    @Test func severalTimes() throws {
        let found = try #require(DoubleEncoding.find(in: "cafÃƒÂ© rÃƒÂ©sumÃƒÂ©"))
        #expect(found.repaired == "café résumé")
        #expect(found.times == 2)
    }

    @Test func escapesInside() throws {
        let found = try #require(DoubleEncoding.find(in: "é \u{1B}$BF|K\\\u{1B}(B!"))
        #expect(found.repaired == "é 日本!")
        #expect(found.kind == .escapesInside(.iso2022JP))
        let lost = try #require(DoubleEncoding.find(in: "x $B$3$s$K$A$O(B"))
        #expect(lost.repaired == "x こんにちは")
        #expect(lost.kind == .lostEscapes)
    }

    @Test func bytesThatAreNoUTF8AreNot() {
        #expect(DoubleEncoding.find(in: [0x93, 0xFA]) == nil)
    }
}
