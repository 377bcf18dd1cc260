import Wire

/// Reads a text of any size as it comes, cut anywhere, at the same cost for each byte and a bounded memory.
public struct CharsetDecoder: Sendable {
    /// Which charset the bytes are read by; another than the declared one where that says nothing of bytes above 127.
    public private(set) var readAs: Charset
    /// Offsets of the bytes that are none of the declared charset's, joined where they touch; the first
    /// `CharsetLimits.ranges`.
    public private(set) var wrong: [Range<Int>] = []
    /// All such bytes.
    public private(set) var wrongCount = 0

    private var reader: any CharacterReader
    /// Bytes above 127 are wrong whatever they mean.
    private let marksEightBit: Bool
    /// Nothing told the charset so far, and what is held began with a byte that could.
    private var isUndecided: Bool
    private var held: [UInt8] = []
    /// The last bytes before those that are held.
    private var context: [UInt8] = []
    private var offset = 0
    /// Behind the last wrong byte.
    private var notedTo = 0

    private static let contextLength = 32

    /// - Returns: nil where the charset is not known.
    public init?(_ charset: Charset) {
        guard let entry = charset.entry, let reader = entry.reading.reader else { return nil }
        self.reader = reader
        readAs = charset
        isUndecided = charset.saysNothing
        marksEightBit = entry.reading == .ascii
    }

    /// Bytes of a character that is not whole yet.
    var heldCount: Int { held.count }

    public mutating func received(_ bytes: [UInt8]) -> String {
        guard isUndecided else { return decode(bytes, isLast: false) }
        var rest = bytes[...]
        var output = ""
        if held.isEmpty {
            let plain = rest.prefix { $0 < 0x80 && $0 != Byte.escape }
            output = plain.text
            context = Array(
                (context.suffix(Self.contextLength) + plain.suffix(Self.contextLength)).suffix(Self.contextLength))
            offset += plain.count
            rest = rest[plain.endIndex...]
        }
        let kept = rest.prefix(CharsetLimits.held - held.count)
        held += kept
        guard held.count == CharsetLimits.held else { return output }
        decide()
        return output + decode(Array(rest[kept.endIndex...]), isLast: false)
    }

    /// No byte follows.
    public mutating func finished() -> String {
        if isUndecided, !held.isEmpty { decide() }
        return decode([], isLast: true)
    }

    private mutating func decide() {
        isUndecided = false
        let guess = CharsetGuess(context + held)
        let charset =
            guess.likeliest?.charset ?? (guess.candidates.first.map { $0.wrongCount == 0 ? $0.charset : .windows1252 })
            ?? .windows1252
        guard let reader = charset.entry?.reading.reader, !charset.saysNothing else { return }
        self.reader = reader
        readAs = charset
    }

    private mutating func decode(_ bytes: [UInt8], isLast: Bool) -> String {
        let input = held.isEmpty ? bytes : held + bytes
        var output = [UInt8]()
        output.reserveCapacity(input.count + input.count / 2 + 8)
        var index = 0
        loop: while index < input.count {
            if reader.readsASCII {
                let start = index
                while index < input.count, input[index] &- 0x20 < 0x5F { index += 1 }
                output += input[start..<index]
                guard index < input.count else { break }
            }
            let length: Int
            switch reader.next(input, at: index, isLast: isLast) {
            case .scalar(let scalar, let count):
                output.append(scalar: scalar)
                length = count
            case .sequence(let scalars, let count):
                for scalar in scalars { output.append(scalar: scalar) }
                length = count
            case .odd(let scalar, let count):
                output.append(scalar: scalar)
                note(offset + index, count)
                length = count
            case .wrong(let count):
                output.append(scalar: 0xFFFD)
                // A shift that ends in the middle of a character: its last byte is the wrong one.
                if count == 0 { note(offset + index - 1, 1) } else { note(offset + index, count) }
                length = count
            case .shift(let count): length = count
            case .more: break loop
            }
            if marksEightBit {
                for place in index..<(index + length) where input[place] >= 0x80 { note(offset + place, 1) }
            }
            index += length
        }
        offset += index
        held = Array(input[index...])
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func note(_ start: Int, _ length: Int) {
        let end = start + length
        // Some bytes are wrong in more than one way.
        let from = max(start, notedTo)
        guard from < end else { return }
        wrongCount += end - from
        if let last = wrong.last, last.upperBound == from {
            wrong[wrong.count - 1] = last.lowerBound..<end
        } else if wrong.count < CharsetLimits.ranges {
            wrong.append(from..<end)
        }
        notedTo = end
    }
}

extension [UInt8] {
    mutating func append(scalar value: UInt32) {
        if value < 0x80 {
            append(UInt8(truncatingIfNeeded: value))
        } else if let scalar = Unicode.Scalar(value) {
            append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
