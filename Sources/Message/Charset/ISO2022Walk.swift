import Wire

/// The escape sequences of a text in ISO-2022-JP and its relatives, and what of them RFC 1468 does not allow.
public struct ISO2022Walk: Sendable, Equatable {
    public enum Piece: Sendable, Equatable {
        case text(Range<Int>, set: CodedSet)
        case escape(Range<Int>, EscapeSequence)
        /// SO (true) or SI.
        case shift(Range<Int>, out: Bool)
        case lineEnd(Range<Int>)
        /// There were more pieces than are told one by one.
        case rest(Range<Int>)

        public var range: Range<Int> {
            switch self {
            case .text(let range, _), .escape(let range, _), .shift(let range, _), .lineEnd(let range),
                .rest(let range):
                range
            }
        }

        func designates(_ set: CodedSet, asG1: Bool) -> Bool {
            guard case .escape(_, let sequence) = self else { return false }
            return sequence.effect == (asG1 ? .g1(set) : .g0(set))
        }
    }

    public enum FaultKind: Sendable, Equatable {
        /// The line ends in another set than ASCII or JIS Roman; the range is its line end.
        case lineEndsOutsideASCII(CodedSet)
        /// The text ends in another set than ASCII; the range is empty, at the end.
        case textEndsOutsideASCII(CodedSet)
        case unknownEscape(EscapeSequence)
        /// The text ends in an escape sequence.
        case cutEscape
        /// Known, but none of RFC 1468; half-width kana is told as such.
        case notInISO2022JP(EscapeSequence)
        /// `ESC ( I`, or SO.
        case halfWidthKana
        /// A run in a set of two bytes a character ends in the middle of one; the range is its last byte.
        case oddByteCount(CodedSet)
        /// A byte below 0x21 or above 0x7E in a set of two bytes a character.
        case outOfRange(UInt8, CodedSet)
        /// Above 127.
        case eightBit
        /// `$B…(B` or the like without ESC; the text is what they meant.
        case lostEscapes(String)
    }

    public struct Fault: Sendable, Equatable {
        public let kind: FaultKind
        public let range: Range<Int>
    }

    public private(set) var pieces: [Piece] = []
    /// The first `CharsetLimits.faults` in the order of the text.
    public private(set) var faults: [Fault] = []
    public private(set) var faultCount = 0
    /// The set in which the text ends.
    public private(set) var endsIn = CodedSet.ascii

    /// - Parameter bytes: a line, a field or a whole text; each LF, with a CR before it or not, ends a line.
    public init(_ bytes: [UInt8]) {
        var walk = Walk(bytes)
        walk.run()
        (pieces, faults, faultCount) = (walk.pieces, walk.faults, walk.faultCount)
        endsIn = walk.state.set
        guard !bytes.contains(Byte.escape) else { return }
        for lost in LostEscapes.find(bytes) {
            faultCount += 1
            if faults.count < CharsetLimits.faults {
                faults.append(Fault(kind: .lostEscapes(lost.text), range: lost.range))
            }
        }
    }

    /// Escape sequences are there.
    public var hasEscapes: Bool {
        pieces.contains {
            if case .escape(_, let sequence) = $0 { return sequence.set != nil }
            return false
        }
    }

    private struct Walk {
        let bytes: [UInt8]
        var state = ISO2022State()
        var pieces: [Piece] = []
        var faults: [Fault] = []
        var faultCount = 0
        private var index = 0
        /// Where the run of text began that is not told yet.
        private var start = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func run() {
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case Byte.escape: escape()
                case 0x0E, 0x0F:
                    endText()
                    add(.shift(index..<(index + 1), out: byte == 0x0E))
                    if byte == 0x0E, state.g1 == nil { fault(.halfWidthKana, index..<(index + 1)) }
                    state.shift(out: byte == 0x0E)
                    index += 1
                    start = index
                case Byte.lf: lineEnd(at: index, length: 1)
                case Byte.cr where index + 1 < bytes.count && bytes[index + 1] == Byte.lf: lineEnd(at: index, length: 2)
                default: index += 1
                }
            }
            endText()
            if state.g0 != .ascii || state.isShifted {
                fault(.textEndsOutsideASCII(state.set), bytes.count..<bytes.count)
            }
        }

        private mutating func escape() {
            endText()
            switch EscapeSequence.read(bytes, at: index) {
            case .cut(let length):
                fault(.cutEscape, index..<(index + length))
                start = index
                index += length
            case .sequence(let sequence):
                let range = index..<(index + sequence.bytes.count)
                add(.escape(range, sequence))
                if sequence.effect == .unknown {
                    fault(.unknownEscape(sequence), range)
                } else if sequence.set == .halfWidthKana {
                    fault(.halfWidthKana, range)
                } else if !sequence.isInISO2022JP, sequence.effect != .revision {
                    fault(.notInISO2022JP(sequence), range)
                }
                state.apply(sequence.effect)
                index = range.upperBound
                start = index
                if sequence.effect == .singleShift, let set = state.g2 {
                    let end = min(index + set.bytesPerCharacter, bytes.count)
                    if index < end { add(.text(index..<end, set: set)) }
                    index = end
                    start = end
                }
            }
        }

        private mutating func lineEnd(at place: Int, length: Int) {
            endText()
            let range = place..<(place + length)
            if state.isShifted || (state.g0 != .ascii && state.g0 != .jisRoman) {
                // SO ends with its line by itself (RFC 1557 §2).
                if !state.isShifted || state.g1 == nil { fault(.lineEndsOutsideASCII(state.set), range) }
            }
            add(.lineEnd(range))
            state.lineEnded()
            index = range.upperBound
            start = index
        }

        /// The run of text up to here.
        private mutating func endText() {
            guard start < index else { return }
            let set = state.set
            add(.text(start..<index, set: set))
            if set.bytesPerCharacter == 1 { oneByte(start..<index) } else { twoBytes(start..<index, set) }
            start = index
        }

        private mutating func oneByte(_ range: Range<Int>) {
            var begin: Int?
            for place in range {
                if bytes[place] >= 0x80 {
                    begin = begin ?? place
                } else if let from = begin {
                    fault(.eightBit, from..<place)
                    begin = nil
                }
            }
            if let begin { fault(.eightBit, begin..<range.upperBound) }
        }

        private mutating func twoBytes(_ range: Range<Int>, _ set: CodedSet) {
            var place = range.lowerBound
            while place < range.upperBound {
                let byte = bytes[place]
                if byte >= 0x80 {
                    let end = bytes[place..<range.upperBound].firstIndex { $0 < 0x80 } ?? range.upperBound
                    fault(.eightBit, place..<end)
                    place = end
                } else if !(0x21...0x7E).contains(byte) {
                    let end = bytes[place..<range.upperBound].firstIndex { $0 != byte } ?? range.upperBound
                    fault(.outOfRange(byte, set), place..<end)
                    place = end
                } else if place + 1 < range.upperBound, (0x21...0x7E).contains(bytes[place + 1]) {
                    place += 2
                } else {
                    fault(.oddByteCount(set), place..<(place + 1))
                    place += 1
                }
            }
        }

        private mutating func add(_ piece: Piece) {
            if pieces.count < CharsetLimits.pieces {
                pieces.append(piece)
            } else if let last = pieces.last {
                let from = if case .rest(let range) = last { range.lowerBound } else { last.range.lowerBound }
                pieces[pieces.count - 1] = .rest(from..<piece.range.upperBound)
            }
        }

        private mutating func fault(_ kind: FaultKind, _ range: Range<Int>) {
            faultCount += 1
            if faults.count < CharsetLimits.faults { faults.append(Fault(kind: kind, range: range)) }
        }
    }
}

/// `$B…(B`: what is left where something on the way took the ESC off.
enum LostEscapes {
    struct Run: Equatable {
        /// From the `$` to the `B` or `J` that ends it.
        let range: Range<Int>
        let text: String
    }

    static func find(_ bytes: [UInt8]) -> [Run] {
        var runs: [Run] = []
        // The next `(B` or `(J` at or behind a place, for even and odd places: they only ever move on.
        var ends = [0, 0]
        var index = 0
        while index + 5 < bytes.count, runs.count < CharsetLimits.ranges {
            guard bytes[index] == 0x24, bytes[index + 1] == 0x42 || bytes[index + 1] == 0x40 else {
                index += 1
                continue
            }
            let parity = index & 1
            if ends[parity] < index + 2 {
                var end = index + 2
                while end + 1 < bytes.count, isPair(bytes, at: end), !isReturn(bytes, at: end) { end += 2 }
                ends[parity] = end
            }
            let end = ends[parity]
            guard end + 1 < bytes.count, isReturn(bytes, at: end), end > index + 2,
                let text = meant(Array(bytes[(index + 2)..<end]))
            else {
                index += 1
                continue
            }
            runs.append(Run(range: index..<(end + 2), text: text))
            index = end + 2
        }
        return runs
    }

    private static func isPair(_ bytes: [UInt8], at index: Int) -> Bool {
        (0x21...0x7E).contains(bytes[index]) && (0x21...0x7E).contains(bytes[index + 1])
    }

    private static func isReturn(_ bytes: [UInt8], at index: Int) -> Bool {
        bytes[index] == 0x28 && (bytes[index + 1] == 0x42 || bytes[index + 1] == 0x4A)
    }

    /// - Returns: nil where the bytes don't read like Japanese, as those of a price or a program do not.
    private static func meant(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= CharsetLimits.word else { return nil }
        let escaped = [Byte.escape, 0x24, 0x42] + bytes + [Byte.escape, 0x28, 0x42]
        guard let text = Charset.iso2022JP.read(escaped), text.isValid else { return nil }
        let count = text.text.unicodeScalars.count
        let cost = LanguageModel.of(.japanese).cost(text.text.unicodeScalars)
        return cost <= Double(count) * (count < 2 ? 5 : 7.5) ? text.text : nil
    }
}
