import Message
import Testing

@Suite struct ISO2022WalkTests {
    private func walk(_ text: String) -> ISO2022Walk { ISO2022Walk(Array(text.replacingESC.utf8)) }

    @Test func escapesHaveNames() {
        let walk = walk("A<ESC>$BF|K\\<ESC>(B.\r\n")
        #expect(walk.faults.isEmpty)
        #expect(walk.hasEscapes)
        #expect(
            walk.pieces.map(\.told) == [
                "ASCII 0..<1", "ESC $ B 1..<4", "JIS X 0208-1983 4..<8", "ESC ( B 8..<11", "ASCII 11..<12",
                "end 12..<14",
            ])
    }

    @Test(arguments: [
        ("plain\r\n", [String]()),
        ("<ESC>$BF|<ESC>(J\r\n<ESC>(B", []),
        ("<ESC>$@F|<ESC>(B", []),
        ("<ESC>$BF|\r\nK\\<ESC>(B", ["lineEndsOutsideASCII jis1983 5..<7"]),
        ("<ESC>$BF|", ["textEndsOutsideASCII jis1983 5..<5"]),
        ("<ESC>$BF|<ESC>(J", ["textEndsOutsideASCII jisRoman 8..<8"]),
        ("<ESC>(I123<ESC>(B", ["halfWidthKana 0..<3"]),
        ("\u{0E}123\u{0F}", ["halfWidthKana 0..<1"]),
        ("<ESC>$BF|K<ESC>(B", ["oddByteCount jis1983 5..<6"]),
        ("<ESC>$BF| K\\<ESC>(B", ["outOfRange 32 jis1983 5..<6"]),
        ("<ESC>$BF|\t\tK\\<ESC>(B", ["outOfRange 9 jis1983 5..<7"]),
        ("<ESC>[31mred", ["unknownEscape ESC [ 0..<2"]),
        ("a<ESC>", ["cutEscape 1..<2"]),
        ("a<ESC>$", ["cutEscape 1..<3"]),
        ("<ESC>$(D0!<ESC>(B", ["notInISO2022JP ESC $ ( D 0..<4"]),
        ("<ESC>&@<ESC>$BF|<ESC>(B", []),
        ("<ESC>.A<ESC>NA", ["notInISO2022JP ESC . A 0..<3", "notInISO2022JP ESC N 3..<5"]),
        ("$B$3$s$K$A$O(B yes", ["lostEscapes こんにちは 0..<14"]),
        ("cost $B12(B) $A", []),
        ("é", ["eightBit 0..<2"]),
        ("<ESC>$Bé<ESC>(B", ["eightBit 3..<5"]),
    ]) func faultsAreFound(_ text: String, _ faults: [String]) {
        let walk = walk(text)
        #expect(walk.faults.map(\.told) == faults)
        #expect(walk.faultCount == faults.count)
    }

    @Test func piecesCoverTheText() {
        for (_, text, _) in CharsetVectors.all {
            let bytes = hex(text)
            var end = 0
            for piece in ISO2022Walk(bytes).pieces {
                #expect(piece.range.lowerBound == end)
                end = piece.range.upperBound
            }
            #expect(end == bytes.count)
        }
    }
}

extension String {
    var replacingESC: String { split(separator: "<ESC>", omittingEmptySubsequences: false).joined(separator: "\u{1B}") }
}

extension ISO2022Walk.Piece {
    fileprivate var told: String {
        switch self {
        case .text(let range, let set): "\(set.title) \(range)"
        case .escape(let range, let sequence): "\(sequence.name) \(range)"
        case .shift(let range, let out): "\(out ? "SO" : "SI") \(range)"
        case .lineEnd(let range): "end \(range)"
        case .rest(let range): "rest \(range)"
        }
    }
}

extension ISO2022Walk.Fault {
    fileprivate var told: String {
        let kind =
            switch kind {
            case .lineEndsOutsideASCII(let set): "lineEndsOutsideASCII \(set)"
            case .textEndsOutsideASCII(let set): "textEndsOutsideASCII \(set)"
            case .unknownEscape(let sequence): "unknownEscape \(sequence.name)"
            case .cutEscape: "cutEscape"
            case .notInISO2022JP(let sequence): "notInISO2022JP \(sequence.name)"
            case .halfWidthKana: "halfWidthKana"
            case .oddByteCount(let set): "oddByteCount \(set)"
            case .outOfRange(let byte, let set): "outOfRange \(byte) \(set)"
            case .eightBit: "eightBit"
            case .lostEscapes(let text): "lostEscapes \(text)"
            }
        return "\(kind) \(range)"
    }
}
