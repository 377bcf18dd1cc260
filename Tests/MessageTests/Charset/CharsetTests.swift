import Message
import Testing

@Suite struct CharsetTests {
    @Test(arguments: CharsetVectors.all.indices) func isReadAsMeant(_ index: Int) throws {
        let (name, bytes, text) = CharsetVectors.all[index]
        let read = try #require(Charset(name).read(hex(bytes)), "\(name)")
        #expect(read.text == text, "\(name)")
        #expect(read.isValid, "\(name)")
        #expect(Charset(name.uppercased()).decode(hex(bytes)) == text)
    }

    @Test(arguments: CharsetVectors.all.indices) func isReadAlikeWhereverItIsCut(_ index: Int) throws {
        let (name, text, _) = CharsetVectors.all[index]
        let bytes = hex(text)
        let whole = try #require(Charset(name).read(bytes))
        for cut in 0...bytes.count {
            var decoder = try #require(CharsetDecoder(Charset(name)))
            let pieces = decoder.received(Array(bytes[..<cut])) + decoder.received(Array(bytes[cut...]))
            #expect(pieces + decoder.finished() == whole.text, "\(name) at \(cut)")
        }
        var decoder = try #require(CharsetDecoder(Charset(name)))
        let output = bytes.map { decoder.received([$0]) }.joined() + decoder.finished()
        #expect(output == whole.text, "\(name)")
    }

    @Test(arguments: CharsetVectors.all.indices) func endsWherever(_ index: Int) throws {
        let (name, text, _) = CharsetVectors.all[index]
        let bytes = hex(text)
        for cut in 0...bytes.count {
            let read = try #require(Charset(name).read(Array(bytes[..<cut])))
            #expect(read.wrong.allSatisfy { $0.upperBound <= cut && !$0.isEmpty })
            // A cut takes one character, not those before it.
            #expect(read.wrongCount < 5, "\(name) at \(cut): \(read)")
        }
    }

    @Test(
        arguments: [
            ("utf-8", "41 FF 42", "A\u{FFFD}B", [1..<2]),
            ("utf-8", "E3 81", "\u{FFFD}\u{FFFD}", [0..<2]),
            ("utf-8", "C0 80 ED A0 80", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", [0..<5]),
            ("shift_jis", "93 2C FF 0A", "\u{FFFD},\u{FFFD}\n", [0..<1, 2..<3]),
            ("euc-jp", "C6 41 C6 FC", "\u{FFFD}A日", [0..<1]),
            ("euc-kr", "BE C8 FF", "안\u{FFFD}", [2..<3]),
            ("gb18030", "81 30 81 41", "\u{FFFD}0丄", [0..<1]),
            ("big5", "A7 41 80", "你\u{FFFD}", [2..<3]),
            ("iso-2022-jp", "1B 24 42 46 7C 1B 28 42 93 41", "日\u{FFFD}A", [8..<9]),
            ("iso-2022-jp", "41 1B 42", "A\u{FFFD}B", [1..<2]),
            // Shown, but wrong all the same: windows-1252 under another name.
            ("iso-8859-1", "93 61 94", "“a”", [0..<1, 2..<3]),
            ("windows-1252", "81", "\u{FFFD}", [0..<1]),
            ("utf-16be", "D8 00 00 41 00", "\u{FFFD}A\u{FFFD}", [0..<2, 4..<5]),
            ("utf-7", "+ZeU", "日", []),
            ("us-ascii", "", "", []),
        ] as [(String, String, String, [Range<Int>])])
    func tellsWrongBytes(_ name: String, _ bytes: String, _ text: String, _ wrong: [Range<Int>]) throws {
        let bytes = name == "utf-7" ? Array(bytes.utf8) : hex(bytes)
        let read = try #require(Charset(name).read(bytes))
        #expect(read.text == text)
        #expect(read.wrong == wrong)
        #expect(read.wrongCount == wrong.map(\.count).reduce(0, +))
    }

    @Test(arguments: ["us-ascii", "", "unknown-8bit", "x-unknown", "8bit"])
    func whatALabelThatSaysNothingMeansIsGuessed(_ name: String) throws {
        let text = "会議の資料をお送りします。よろしくお願いします。"
        let bytes = CharsetVectors.japanese
        for (charset, hexadecimal) in bytes {
            let read = try #require(Charset(name).read(hex(hexadecimal)))
            #expect(read.text == text, "\(charset)")
            #expect(read.readAs.isSame(as: Charset(charset)))
            let isASCII = name == "us-ascii" || name.isEmpty
            #expect(read.isValid == (!isASCII || charset == "iso-2022-jp"))
        }
        #expect(Charset(name).decode(Array("plain".utf8)) == "plain")
        #expect(Charset(name).decode(hex("63 61 66 E9")) == "café")
    }

    @Test func unknownNamesAreNotRead() {
        for name in ["x-no-such", "UTF-8//IGNORE", "iso-2022-jp/../x", String(repeating: "a", count: 10_000)] {
            #expect(Charset(name).decode([0x41]) == nil)
            #expect(Charset(name).preferredName == nil)
        }
    }

    @Test func namesAreReadAsMailersWriteThem() {
        for (name, preferred) in [
            ("\"UTF-8\"", "UTF-8"), (" utf8 ", "UTF-8"), ("us-ascii*en", "US-ASCII"), ("KS_C_5601-1987", "EUC-KR"),
            ("x-sjis", "Shift_JIS"), ("latin1", "ISO-8859-1"), ("cp1251", "windows-1251"),
            ("iso8859-15", "ISO-8859-15"),
            ("'iso-2022-jp'", "ISO-2022-JP"), ("Windows-31J", "Windows-31J"), ("", "US-ASCII"),
        ] { #expect(Charset(name).preferredName == preferred) }
        #expect(Charset("sjis").isSame(as: Charset("windows-31j")))
        #expect(!Charset("sjis").isSame(as: .eucJP))
        #expect(Charset("x").isSame(as: Charset("X")))
    }
}
