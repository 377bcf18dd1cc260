import Message
import Testing

@Suite struct VisibleTests {
    private func told(_ bytes: [UInt8], _ charset: String) -> [String] {
        Visible.pieces(bytes, as: Charset(charset)).map { "\($0.raw)=\($0.text)" }
    }

    @Test func escapesStandBesideTheirText() {
        let bytes = Array("A\u{1B}$BF|K\\\u{1B}(B\r\n".utf8)
        #expect(told(bytes, "iso-2022-jp") == ["A=A", "␛$B=", "F|K\\=日本", "␛(B=", "␍␊="])
        guard case .escape(let sequence) = Visible.pieces(bytes, as: .iso2022JP)[1].kind else {
            Issue.record("no escape")
            return
        }
        #expect(sequence.name == "ESC $ B")
        #expect(sequence.set?.title == "JIS X 0208-1983")
    }

    @Test func eightBitIsHexadecimal() {
        #expect(
            told(hex("41 93FA 967B FF"), "shift_jis") == ["A=A", "\\x93\\xFA\\x96\\x7B=日本"].map { $0.replacing7B } + [
                "\\xFF=\u{FFFD}"
            ])
        #expect(told(hex("C3A9"), "us-ascii") == ["\\xC3\\xA9=é"])
        #expect(told(hex("41C3"), "x-nope") == ["A=A", "\\xC3=\u{FFFD}"])
        #expect(told(hex("93"), "iso-8859-1") == ["\\x93=“"])
        #expect(told(Array("+ZeU-".utf8), "utf-7") == ["+Ze=", "U=日", "-="])
    }

    @Test func nothingReachesTheTerminal() {
        #expect(Visible.raw([0x00, 0x1B, 0x7F, 0x80, 0x41]) == "␀␛␡\\x80A")
        // The characters that turn a line around are shown as their numbers.
        #expect(told(Array("\u{202E}".utf8), "utf-8") == ["\\xE2\\x80\\xAE=\\u{202E}"])
    }

    @Test func piecesCoverTheText() {
        for (name, text, _) in CharsetVectors.all {
            let bytes = hex(text)
            var end = 0
            for piece in Visible.pieces(bytes, as: Charset(name)) {
                #expect(piece.range.lowerBound == end)
                end = piece.range.upperBound
            }
            #expect(end == bytes.count)
        }
    }
}

extension String {
    fileprivate var replacing7B: String {
        split(separator: "\\x7B", omittingEmptySubsequences: false).joined(separator: "{")
    }
}
