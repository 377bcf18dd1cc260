import Wire

/// Text that was encoded twice: a program read the bytes of one charset as those of another, and wrote what it saw as
/// UTF-8.
public struct DoubleEncoding: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Bytes of `was` were taken for `readAs`.
        case misread(was: Charset, readAs: Charset)
        /// Escape sequences of this charset stand in a text that is labelled as another.
        case escapesInside(Charset)
        /// The same without their ESC.
        case lostEscapes
    }

    public let kind: Kind
    /// How many times too often it was encoded.
    public let times: Int
    /// Of a text longer than `CharsetLimits.doubleEncoded`, no more than that.
    public let repaired: String
    /// What was repaired, as offsets into the UTF-8 of the text; the first `CharsetLimits.ranges`.
    public let ranges: [Range<Int>]

    /// - Parameter bytes: a text that is UTF-8, or is labelled so.
    /// - Returns: nil where the text is what it says, or is no UTF-8.
    public static func find(in bytes: [UInt8]) -> DoubleEncoding? {
        guard bytes.contains(where: { $0 >= 0x80 || $0 == Byte.escape || $0 == 0x24 }) else { return nil }
        // A text that goes on behind what is looked at shows it there as well as anywhere.
        let sample =
            bytes.count <= CharsetLimits.doubleEncoded ? bytes : whole(bytes.prefix(CharsetLimits.doubleEncoded))
        guard let text = String(validating: sample, as: UTF8.self) else { return nil }
        return escaped(sample) ?? misread(text)
    }

    public static func find(in text: String) -> DoubleEncoding? { find(in: Array(text.utf8)) }

    /// Up to its last line end, or else its last ASCII byte.
    private static func whole(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let end = bytes.lastIndex(of: Byte.lf) ?? bytes.lastIndex { $0 < 0x80 } ?? bytes.startIndex
        return Array(bytes[..<end])
    }

    // MARK: ISO-2022-JP inside

    private static func escaped(_ bytes: [UInt8]) -> DoubleEncoding? {
        guard bytes.contains(Byte.escape) else {
            let lost = LostEscapes.find(bytes)
            guard !lost.isEmpty else { return nil }
            var output = ""
            var index = 0
            for run in lost {
                output += bytes[index..<run.range.lowerBound].text + run.text
                index = run.range.upperBound
            }
            return DoubleEncoding(
                kind: .lostEscapes, times: 1, repaired: output + bytes[index...].text, ranges: lost.map(\.range))
        }
        guard let candidate = CharsetGuess.escaped(bytes) else { return nil }
        var output = ""
        var ranges: [Range<Int>] = []
        var state = ISO2022State()
        for piece in ISO2022Walk(bytes).pieces {
            let range = piece.range
            switch piece {
            case .escape(_, let sequence):
                if sequence.effect == .unknown { output += bytes[range].text } else { state.apply(sequence.effect) }
            case .shift(_, let out): state.shift(out: out)
            case .text(_, let set) where set != .ascii:
                output += set.text(bytes[range])
                if ranges.count < CharsetLimits.ranges { ranges.append(range) }
            case .lineEnd:
                state.lineEnded()
                output += bytes[range].text
            case .text, .rest: output += bytes[range].text
            }
        }
        guard !ranges.isEmpty else { return nil }
        return DoubleEncoding(kind: .escapesInside(candidate.charset), times: 1, repaired: output, ranges: ranges)
    }

    // MARK: bytes taken for others

    private static let misreadings: [Charset] = [
        .windows1252, .shiftJIS, .gb18030, .windows1251, .koi8R, .eucJP, .big5, .eucKR,
    ]

    private static func misread(_ text: String) -> DoubleEncoding? {
        for charset in misreadings {
            guard let first = Undoing(text, readAs: charset) else { continue }
            var last = first
            var times = 1
            while times < CharsetLimits.encodings, let next = Undoing(last.repaired, readAs: charset) {
                last = next
                times += 1
            }
            return DoubleEncoding(
                kind: .misread(was: .utf8, readAs: charset), times: times, repaired: last.repaired,
                ranges: first.ranges)
        }
        return otherThanUTF8(text)
    }

    /// Bytes of a charset that is not UTF-8 were taken for windows-1252.
    private static func otherThanUTF8(_ text: String) -> DoubleEncoding? {
        guard let bytes = Undoing.bytes(text.unicodeScalars, as: .windows1252), bytes.count(where: { $0 >= 0x80 }) >= 4
        else { return nil }
        let guess = CharsetGuess(bytes)
        guard let likeliest = guess.likeliest, likeliest.probability >= 0.98, likeliest.wrongCount == 0,
            !likeliest.charset.isSame(as: .windows1252), !likeliest.charset.isSame(as: .utf8),
            let repaired = likeliest.charset.read(bytes), repaired.isValid
        else { return nil }
        let utf8 = Array(text.utf8)
        var ranges: [Range<Int>] = []
        var start: Int?
        for (index, byte) in utf8.enumerated() {
            if byte >= 0x80 {
                start = start ?? index
            } else if let from = start {
                if ranges.count < CharsetLimits.ranges { ranges.append(from..<index) }
                start = nil
            }
        }
        if let start { ranges.append(start..<utf8.count) }
        return DoubleEncoding(
            kind: .misread(was: likeliest.charset, readAs: .windows1252), times: 1, repaired: repaired.text,
            ranges: ranges)
    }
}

/// A text whose UTF-8 was read as something else, read as it should have been, where that makes it less strange.
private struct Undoing {
    let repaired: String
    let ranges: [Range<Int>]

    init?(_ text: String, readAs charset: Charset) {
        var output = ""
        var ranges: [Range<Int>] = []
        var offset = 0
        for piece in Self.pieces(text, charset) {
            let piece = String(piece)
            let length = piece.utf8.count
            if let better = Self.undone(piece, charset) {
                output += better
                if ranges.count < CharsetLimits.ranges { ranges.append(offset..<(offset + length)) }
            } else {
                output += piece
            }
            offset += length
        }
        guard !ranges.isEmpty else { return nil }
        repaired = output
        self.ranges = ranges
    }

    /// What is tried by itself, so that what is right beside it stays: runs of characters that are not ASCII where each
    /// of them was a byte, else lines, since a byte that was taken for a lead has taken the one behind it along.
    private static func pieces(_ text: String, _ charset: Charset) -> [String.UnicodeScalarView.SubSequence] {
        let scalars = text.unicodeScalars
        let isByBytes = charset == .windows1252
        var pieces: [String.UnicodeScalarView.SubSequence] = []
        var start = scalars.startIndex
        var wasASCII: Bool?
        for index in scalars.indices {
            let isASCII = isByBytes ? scalars[index].isASCII : scalars[index] == "\n"
            if let wasASCII, wasASCII != isASCII {
                pieces.append(scalars[start..<index])
                start = index
            }
            wasASCII = isASCII
        }
        pieces.append(scalars[start...])
        return pieces
    }

    private static func undone(_ piece: String, _ charset: Charset) -> String? {
        let scalars = piece.unicodeScalars
        guard scalars.contains(where: { !$0.isASCII }), let bytes = bytes(scalars, as: charset) else { return nil }
        // Characters that a program could not make out are lost; the rest still tells.
        let lost = scalars.count { $0 == "\u{FFFD}" }
        guard let text = Charset.utf8.read(bytes), text.wrongCount <= 3 * lost else { return nil }
        let good = text.text.unicodeScalars.count { !$0.isASCII && $0 != "\u{FFFD}" }
        guard good > lost * 2 else { return nil }
        return cost(text.text) + 3 < cost(piece) ? text.text : nil
    }

    private static func cost(_ text: String) -> Double {
        LanguageModel.Language.allCases.map { LanguageModel.of($0).cost(text.unicodeScalars) }.min() ?? 0
    }

    /// - Returns: nil where a character is none of the charset's.
    static func bytes(_ scalars: String.UnicodeScalarView, as charset: Charset) -> [UInt8]? {
        guard let codes = codes[charset] else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(scalars.count * 2)
        for scalar in scalars {
            if scalar.isASCII {
                output.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if let code = codes[scalar.value] {
                output += code
            } else if charset == .windows1252, scalar.value <= 0xFF {
                // What Latin-1 has there, and windows-1252 where it has nothing.
                output.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if scalar == "\u{FFFD}", charset != .windows1252 {
                output.append(0xFF)
            } else {
                return nil
            }
        }
        return output
    }

    private static let codes: [Charset: [UInt32: [UInt8]]] = [
        .windows1252: CodeTable.named("CP1252")?.codes() ?? [:],
        .shiftJIS: CodeTable.named("CP932")?.codes() ?? [:],
        .gb18030: CodeTable.chinese?.codes() ?? [:],
        .windows1251: CodeTable.named("CP1251")?.codes() ?? [:],
        .koi8R: CodeTable.named("KOI8-R")?.codes() ?? [:],
        .eucJP: CodeTable.eucJP?.codes() ?? [:],
        .big5: CodeTable.big5?.codes() ?? [:],
        .eucKR: CodeTable.named("UHC")?.codes() ?? [:],
    ]
}

extension CodedSet {
    /// Bytes of this set, with U+FFFD for those that are none.
    func text(_ bytes: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let isPair = bytesPerCharacter == 2 && index + 1 < bytes.endIndex && byte > 0x20
            let entry =
                byte <= 0x20 ? .scalar(UInt32(byte)) : isPair ? character(byte, bytes[index + 1]) : character(byte)
            switch entry {
            case .scalar(let scalar): output.append(scalar: scalar)
            case .sequence(let scalars): for scalar in scalars { output.append(scalar: scalar) }
            case .none, .lead: output.append(scalar: 0xFFFD)
            }
            index += isPair ? 2 : 1
        }
        return output.text
    }
}
