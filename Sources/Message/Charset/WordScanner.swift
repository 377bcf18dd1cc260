import Wire

/// Finds encoded words, also those that are not quite ones.
struct WordScanner {
    struct Found {
        let word: EncodedWords.Word
        let isClean: Bool
        let hasBlank: Bool
        let isEmpty: Bool
    }

    private let body: [UInt8]
    /// The next `?=` at or behind the place last asked for; it only ever moves on.
    private var end = 0
    private(set) var unterminated: [Range<Int>] = []

    init(_ body: [UInt8]) {
        self.body = body
    }

    mutating func words() -> [Found] {
        var words: [Found] = []
        var index = 0
        while index + 1 < body.count, words.count < CharsetLimits.words {
            guard body[index] == Byte.equals, body[index + 1] == 0x3F else {
                index += 1
                continue
            }
            if let found = word(at: index) {
                words.append(found)
                index = found.word.range.upperBound
            } else {
                index += 2
            }
        }
        return words
    }

    /// `=?charset?encoding?text?=` (RFC 2047 §2).
    private mutating func word(at start: Int) -> Found? {
        guard let charsetEnd = token(from: start + 2, limit: CharsetLimits.name + 32), charsetEnd > start + 2,
            let encodingEnd = token(from: charsetEnd + 1, limit: 16), encodingEnd > charsetEnd + 1
        else { return nil }
        let label = body[(start + 2)..<charsetEnd]
        let encoding: EncodedWords.Encoding =
            switch ASCII.uppercased(body[(charsetEnd + 1)..<encodingEnd]) {
            case "B": .b
            case "Q": .q
            case let other: .other(other)
            }
        let charset = Charset(label.prefix { $0 != Byte.star }.text)
        let textStart = encodingEnd + 1
        guard let textEnd = terminator(from: textStart), !hasBeginning(textStart..<textEnd) else {
            if charset.isKnown, unterminated.count < CharsetLimits.ranges {
                if case .other = encoding { return nil }
                let rest = body[textStart...].prefix(CharsetLimits.word)
                unterminated.append(start..<(rest.firstIndex { $0 <= 0x20 } ?? rest.endIndex))
            }
            return nil
        }
        let raw = body[textStart..<textEnd]
        let hasBlank = raw.contains { $0.isBlank || $0 == Byte.cr || $0 == Byte.lf }
        // Where blanks are in it, it is one only if nothing else makes it doubtful.
        if hasBlank {
            if case .other = encoding { return nil }
            guard charset.isKnown else { return nil }
        }
        let decoded: (bytes: [UInt8], isClean: Bool)? =
            switch encoding {
            case .b: WordEncoding.base64(raw.filter { !($0.isBlank || $0 == Byte.cr || $0 == Byte.lf) }[...])
            case .q: WordEncoding.q(hasBlank ? Self.unfolded(raw)[...] : raw)
            case .other: nil
            }
        let star = label.firstIndex(of: Byte.star)
        let word = EncodedWords.Word(
            range: start..<(textEnd + 2), charset: charset, language: star.map { label[($0 + 1)...].text },
            encoding: encoding, bytes: decoded?.bytes, text: decoded.flatMap { charset.decode($0.bytes) })
        return Found(word: word, isClean: decoded?.isClean ?? true, hasBlank: hasBlank, isEmpty: raw.isEmpty)
    }

    /// Up to the next `?`, over bytes that may stand in a token (RFC 2047 §2).
    private func token(from start: Int, limit: Int) -> Int? {
        var index = start
        while index < body.count, index - start <= limit, body[index] > 0x20, body[index] < 0x7F {
            if body[index] == 0x3F { return index }
            if body[index] == Byte.equals { return nil }
            index += 1
        }
        return nil
    }

    private mutating func terminator(from start: Int) -> Int? {
        if end < start { end = start }
        while end + 1 < body.count, body[end] != 0x3F || body[end + 1] != Byte.equals { end += 1 }
        guard end + 1 < body.count, end - start <= CharsetLimits.word else { return nil }
        return end
    }

    /// Another word begins before this one ends.
    private func hasBeginning(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index + 1 < range.upperBound {
            if body[index] == Byte.equals, body[index + 1] == 0x3F { return true }
            index += 1
        }
        return false
    }

    /// A line end in a word, and the blank behind it, are no part of its text.
    private static func unfolded(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var isBehindLine = false
        for byte in raw {
            if byte == Byte.cr || byte == Byte.lf {
                isBehindLine = true
            } else if isBehindLine, byte.isBlank {
                isBehindLine = false
            } else {
                isBehindLine = false
                output.append(byte)
            }
        }
        return output
    }
}
