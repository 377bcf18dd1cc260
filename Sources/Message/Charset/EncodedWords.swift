import Wire

/// The encoded words of a header field's body, what they say together, and what is wrong with them.
///
/// The text is as it was meant: a character that a mailer cut between two words is put together again, a word with a
/// blank in it or without its padding is read all the same. What readers by the letter of RFC 2047 make of it is not
/// told; that they differ is what the faults say.
public struct EncodedWords: Sendable, Equatable {
    /// Where the words stand (RFC 2047 §5).
    public enum Place: Sendable {
        /// Subject, Comments and the like: quotes mean nothing.
        case unstructured
        /// Addresses and parameters: words may not stand in quoted strings.
        case structured
        /// Inside a quoted string, all of it.
        case quotedString
    }

    public enum Encoding: Sendable, Equatable {
        case b, q
        case other(String)
    }

    public struct Word: Sendable, Equatable {
        /// From `=?` to `?=`.
        public let range: Range<Int>
        public let charset: Charset
        /// RFC 2231 §5: `=?us-ascii*en?Q?…?=`.
        public let language: String?
        public let encoding: Encoding
        /// Nil where the encoding is unknown.
        public let bytes: [UInt8]?
        /// By itself; nil where encoding or charset are unknown.
        public let text: String?
    }

    public enum FaultKind: Sendable, Equatable {
        /// More octets than 75 (RFC 2047 §2).
        case tooLong(Int)
        /// The word ends within a character that goes on in the next one (RFC 2047 §5).
        case characterCut
        /// This byte stands before or behind the word instead of a blank (RFC 2047 §5).
        case notSeparated(UInt8)
        /// The word ends in another set of ISO-2022-JP than ASCII (RFC 2047 §3, RFC 1468).
        case notBackInASCII(CodedSet)
        case unknownCharset(String)
        case unknownEncoding(String)
        case badBase64
        case badQ
        case blankInside
        case inQuotedString
        case emptyText
        /// Bytes that are none of the word's charset, so many.
        case wrongBytes(Int)
        /// `=?charset?B?` and no `?=` behind it.
        case unterminated
        /// 8-bit bytes outside a word; `charset` is what they seem to be.
        case rawEightBit(Charset)
        /// Escape sequences outside a word.
        case rawEscapes
    }

    public struct Fault: Sendable, Equatable {
        public let kind: FaultKind
        public let range: Range<Int>
        /// Its index in `words`; nil for what stands outside of words.
        public let word: Int?
    }

    public private(set) var words: [Word] = []
    /// The body unfolded, with all words decoded that can be.
    public private(set) var text = ""
    /// In the order of the body; the first `CharsetLimits.faults`.
    public private(set) var faults: [Fault] = []
    public private(set) var faultCount = 0
    /// Escape sequences stand in the body raw, or 8-bit bytes that are not UTF-8, so that it does not look like its
    /// text.
    public private(set) var hidesRaw = false

    /// - Parameter body: what stands behind the colon of a field, folded or not.
    public init(_ body: [UInt8], in place: Place = .unstructured) {
        var scanner = WordScanner(body)
        let found = scanner.words()
        words = found.map(\.word)
        read(body, found, isQuoted: Self.quotes(body, found, place))
        for start in scanner.unterminated { fault(.unterminated, start, nil) }
        faults.sort { $0.range.lowerBound < $1.range.lowerBound }
    }

    private mutating func fault(_ kind: FaultKind, _ range: Range<Int>, _ word: Int?) {
        faultCount += 1
        if faults.count < CharsetLimits.faults { faults.append(Fault(kind: kind, range: range, word: word)) }
    }

    // MARK: words

    private mutating func read(_ body: [UInt8], _ found: [WordScanner.Found], isQuoted: [Bool]) {
        var plainStart = 0
        var index = 0
        while index < found.count {
            let isFirst = index == 0
            plain(
                body, plainStart..<found[index].word.range.lowerBound,
                isBetweenWords: !isFirst && isRead(index - 1) && isRead(index))
            var end = index + 1
            while end < found.count, isJoined(body, end - 1, end) { end += 1 }
            for place in index..<end { check(body, found[place], place, isQuoted: isQuoted[place]) }
            group(index..<end, body)
            index = end
            plainStart = found[end - 1].word.range.upperBound
        }
        plain(body, plainStart..<body.count, isBetweenWords: false)
    }

    private func isRead(_ index: Int) -> Bool { words[index].text != nil }

    /// Two words of one charset with nothing but blanks between them, which are no text (RFC 2047 §6.2).
    private func isJoined(_ body: [UInt8], _ first: Int, _ second: Int) -> Bool {
        isRead(first) && isRead(second) && words[first].charset.isSame(as: words[second].charset)
            && Self.isBlank(body[words[first].range.upperBound..<words[second].range.lowerBound])
    }

    private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0.isBlank || $0 == Byte.cr || $0 == Byte.lf }
    }

    /// The text of words of one charset that follow each other.
    private mutating func group(_ range: Range<Int>, _ body: [UInt8]) {
        guard isRead(range.lowerBound) else {
            for word in range { text += Self.unfolded(body[words[word].range]).text }
            return
        }
        let charset = words[range.lowerBound].charset
        var index = range.lowerBound
        while index < range.upperBound {
            // Words that are cut in a character, up to the one in which it ends.
            var end = index
            while end + 1 < range.upperBound, goesOn(end, to: end + 1, charset) { end += 1 }
            if end > index {
                let joined = Array(words[index...end].compactMap(\.bytes).joined())
                text += charset.decode(joined) ?? ""
            } else {
                text += words[index].text ?? ""
            }
            index = end + 1
        }
    }

    /// Word `first` ends within a character, or in a set of two bytes, in which `second` goes on.
    private func goesOn(_ first: Int, to second: Int, _ charset: Charset) -> Bool {
        guard let one = words[first].bytes, let two = words[second].bytes else { return false }
        if charset.entry?.reading == .iso2022 {
            let set = ISO2022Walk(one).endsIn
            guard set.bytesPerCharacter == 2 || set == .halfWidthKana else { return false }
            // A word that was written to stand alone calls its set before anything else.
            let head = two.prefix { $0 != Byte.escape }
            guard !head.isEmpty, head.count < two.count else { return false }
            guard case .sequence(let sequence) = EscapeSequence.read(two, at: head.count) else { return false }
            return sequence.effect == .g0(.ascii) || sequence.effect == .g0(.jisRoman)
        }
        guard let tail = Self.cutTail(one, charset), let alone = charset.read(two) else { return false }
        guard let joined = charset.read(Array(tail) + two) else { return false }
        return joined.wrongCount < alone.wrongCount + tail.count && joined.wrong.first?.lowerBound != 0
    }

    /// The bytes at the end that may begin a character.
    private static func cutTail(_ bytes: [UInt8], _ charset: Charset) -> ArraySlice<UInt8>? {
        guard var decoder = CharsetDecoder(charset) else { return nil }
        _ = decoder.received(bytes)
        let length = decoder.heldCount
        return length > 0 && length < 8 ? bytes.suffix(length) : nil
    }

    private mutating func check(_ body: [UInt8], _ found: WordScanner.Found, _ index: Int, isQuoted: Bool) {
        let word = found.word
        let range = word.range
        if range.count > 75 { fault(.tooLong(range.count), range, index) }
        if let before = range.lowerBound > 0 ? body[range.lowerBound - 1] : nil, !Self.separates(before, 0x28) {
            // Two words that touch are told once, by the first.
            let isTold = index > 0 && words[index - 1].range.upperBound == range.lowerBound
            if !isTold, !(isQuoted && before == Byte.quote) { fault(.notSeparated(before), range, index) }
        }
        if range.upperBound < body.count, !Self.separates(body[range.upperBound], 0x29),
            !(isQuoted && body[range.upperBound] == Byte.quote)
        {
            fault(.notSeparated(body[range.upperBound]), range, index)
        }
        if isQuoted { fault(.inQuotedString, range, index) }
        if found.hasBlank { fault(.blankInside, range, index) }
        if found.isEmpty { fault(.emptyText, range, index) }
        if case .other(let name) = word.encoding { fault(.unknownEncoding(name), range, index) }
        if !word.charset.isKnown || word.charset.name.isEmpty {
            fault(.unknownCharset(word.charset.name), range, index)
        }
        if !found.isClean { fault(word.encoding == .b ? .badBase64 : .badQ, range, index) }
        guard let bytes = word.bytes, let text = word.charset.read(bytes) else { return }
        let isCut =
            index + 1 < words.count && isJoined(body, index, index + 1) && goesOn(index, to: index + 1, word.charset)
        let isRest = index > 0 && isJoined(body, index - 1, index) && goesOn(index - 1, to: index, word.charset)
        if word.charset.entry?.reading == .iso2022 {
            let walk = ISO2022Walk(bytes)
            if isCut, walk.faults.contains(where: { $0.isOdd }) { fault(.characterCut, range, index) }
            if walk.endsIn != .ascii { fault(.notBackInASCII(walk.endsIn), range, index) }
        } else if isCut {
            fault(.characterCut, range, index)
        }
        if !text.isValid, !isCut, !isRest { fault(.wrongBytes(text.wrongCount), range, index) }
    }

    private static func separates(_ byte: UInt8, _ parenthesis: UInt8) -> Bool {
        byte.isBlank || byte == Byte.cr || byte == Byte.lf || byte == parenthesis
    }

    // MARK: what stands between them

    private mutating func plain(_ body: [UInt8], _ range: Range<Int>, isBetweenWords: Bool) {
        let bytes = body[range]
        if isBetweenWords, Self.isBlank(bytes) { return }
        let isEightBit = bytes.contains { $0 >= 0x80 }
        let isEscaped = bytes.contains(Byte.escape)
        guard isEightBit || isEscaped else {
            text += Self.unfolded(bytes).text
            return
        }
        let unfolded = Self.unfolded(bytes)
        let decoded = Charset.usASCII.read(unfolded)
        text += decoded?.text ?? unfolded.text
        let charset = decoded?.readAs ?? .windows1252
        var start: Int?
        if isEightBit {
            for index in range {
                if body[index] >= 0x80 {
                    start = start ?? index
                } else if !(0x40...0x7E).contains(body[index]) || charset == .utf8, let from = start {
                    fault(.rawEightBit(charset), from..<index, nil)
                    start = nil
                }
            }
            if let start { fault(.rawEightBit(charset), start..<range.upperBound, nil) }
        }
        if isEscaped, let first = bytes.firstIndex(of: Byte.escape) {
            fault(.rawEscapes, first..<range.upperBound, nil)
        }
        if isEscaped || charset != .utf8 { hidesRaw = true }
    }

    /// Without the line ends before blanks (RFC 5322 §2.2.3).
    private static func unfolded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(Byte.lf) else { return Array(bytes) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == Byte.lf { continue }
            if byte == Byte.cr, index + 1 < bytes.endIndex, bytes[index + 1] == Byte.lf { continue }
            output.append(byte)
        }
        return output
    }

    /// For each word whether it stands in a quoted string.
    private static func quotes(_ body: [UInt8], _ found: [WordScanner.Found], _ place: Place) -> [Bool] {
        switch place {
        case .unstructured: return [Bool](repeating: false, count: found.count)
        case .quotedString: return [Bool](repeating: true, count: found.count)
        case .structured: break
        }
        var output: [Bool] = []
        output.reserveCapacity(found.count)
        var isQuoted = false
        var comments = 0
        var index = 0
        for word in found.map(\.word.range) {
            while index < word.lowerBound {
                switch body[index] {
                case 0x5C where isQuoted || comments > 0: index += 1
                case Byte.quote where comments == 0: isQuoted.toggle()
                case 0x28 where !isQuoted: comments += 1
                case 0x29 where !isQuoted: comments = max(0, comments - 1)
                default: break
                }
                index += 1
            }
            output.append(isQuoted)
            index = max(index, word.upperBound)
        }
        return output
    }
}

extension ISO2022Walk.Fault {
    fileprivate var isOdd: Bool {
        if case .oddByteCount = kind { return true }
        return false
    }
}
