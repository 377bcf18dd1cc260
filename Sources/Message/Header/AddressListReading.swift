import Wire

/// Reads addresses item by item, each up to its comma.
struct AddressListReading {
    /// A word, a quoted string or a special of what stands before an angle bracket, `@` or the end of an item.
    private struct Word {
        var bytes: [UInt8]
        var range: Range<Int>
        var isQuoted = false
        /// Blanks or comments stand before it.
        var isSpaced: Bool
    }

    private struct OpenGroup {
        var name: [UInt8]
        var start: Int
        var members: [Mailbox] = []
    }

    private(set) var addresses: [Address] = []
    private(set) var oddities: [Oddity<AddressOddity>] = []
    private var cursor: HeaderCursor
    private var group: OpenGroup?
    private var count = 0

    // What the present item is so far.
    private var start = 0
    private var words: [Word] = []
    private var comments: [[UInt8]] = []
    private var mailbox: Mailbox?
    /// A group ended here; nothing but a comma is expected.
    private var isBehindGroup = false
    private var isSpaced = false

    init(_ value: [UInt8]) {
        cursor = HeaderCursor(value)
    }

    mutating func read() {
        for (index, byte) in cursor.bytes.enumerated() {
            if byte >= 0x80 { note(.eightBit, index..<(index + 1)) }
            if byte < 0x20 && !byte.isBlank || byte == 0x7F { note(.control, index..<(index + 1)) }
        }
        skipComments()
        start = cursor.index
        guard !cursor.isAtEnd else { return }
        while let byte = cursor.peek {
            guard count < MessageLimits.addresses else {
                note(.tooMany, cursor.index..<cursor.bytes.count)
                break
            }
            step(byte)
        }
        endItem(isLast: true)
        endGroup(isClosed: false)
    }

    private mutating func note(_ kind: AddressOddity, _ range: Range<Int>) {
        let isOncePerField = kind == .eightBit || kind == .control
        if isOncePerField, oddities.contains(where: { $0.kind == kind }) { return }
        if oddities.count < MessageLimits.oddities { oddities.append(Oddity(kind, range)) }
    }

    private mutating func skipComments() {
        isSpaced = false
        while true {
            let before = cursor.index
            cursor.skipBlanks()
            isSpaced = isSpaced || cursor.index > before
            guard cursor.peek == 0x28 else { return }
            let start = cursor.index
            let isClosed = cursor.skipComment()
            if !isClosed { note(.unclosedComment, start..<cursor.index) }
            if comments.count < MessageLimits.oddities {
                comments.append(
                    Array(cursor.bytes[(start + 1)..<max(start + 1, isClosed ? cursor.index - 1 : cursor.index)]))
            }
            isSpaced = true
        }
    }

    private mutating func step(_ byte: UInt8) {
        let here = cursor.index
        switch byte {
        case 0x2C:
            cursor.index += 1
            endItem(isLast: false)
        case 0x3B:
            cursor.index += 1
            if group != nil {
                if mailbox != nil || !words.isEmpty { endItem(isLast: true) }
                endGroup(isClosed: true)
                isBehindGroup = true
            } else {
                note(.separator, here..<(here + 1))
                endItem(isLast: false)
            }
        case Byte.colon where mailbox == nil:
            cursor.index += 1
            beginGroup(here)
        case Byte.less:
            readAngle()
        case 0x40 where mailbox == nil:
            cursor.index += 1
            readDomainOfWords(at: here)
        case Byte.quote:
            let (content, isClosed) = cursor.takeQuoted()
            if !isClosed { note(.unclosedQuote, here..<cursor.index) }
            if content.hasEncodedWord { note(.encodedWordInQuotes, here..<cursor.index) }
            add(Word(bytes: content, range: here..<cursor.index, isQuoted: true, isSpaced: isSpaced))
        default:
            let atom = cursor.take { $0.isAtomText }
            if atom.isEmpty {
                cursor.index += 1
                add(Word(bytes: [byte], range: here..<cursor.index, isSpaced: isSpaced))
            } else {
                add(Word(bytes: Array(atom), range: here..<cursor.index, isSpaced: isSpaced))
            }
        }
        skipComments()
    }

    private mutating func add(_ word: Word) {
        if isBehindGroup || mailbox != nil {
            note(.strayText, word.range)
            return
        }
        words.append(word)
    }

    // MARK: - Groups

    private mutating func beginGroup(_ colon: Int) {
        if group != nil {
            note(.nestedGroup, start..<(colon + 1))
        } else {
            group = OpenGroup(name: phrase(words[...]), start: start)
        }
        words = []
        comments = []
        start = cursor.index
    }

    private mutating func endGroup(isClosed: Bool) {
        guard let ended = group else { return }
        if !isClosed { note(.unclosedGroup, ended.start..<cursor.index) }
        addresses.append(.group(name: ended.name, members: ended.members, range: ended.start..<cursor.index))
        group = nil
        words = []
        mailbox = nil
    }

    // MARK: - Items

    private mutating func endItem(isLast: Bool) {
        let end = cursor.index
        defer {
            words = []
            comments = []
            mailbox = nil
            isBehindGroup = false
            start = end
        }
        if isBehindGroup { return }
        if mailbox == nil, words.isEmpty {
            // A group may be empty; a list that ends where an item is expected has an empty one.
            if !isLast || group == nil { note(.emptyItem, start..<end) }
            return
        }
        var item = mailbox ?? mailboxOfWords()
        item.comments = comments
        append(item)
    }

    private mutating func append(_ item: Mailbox) {
        count += 1
        if group != nil { group?.members.append(item) } else { addresses.append(.mailbox(item)) }
    }

    /// Words alone: a local name, or a display name without an address.
    private mutating func mailboxOfWords() -> Mailbox {
        let range = (words.first?.range.lowerBound ?? start)..<(words.last?.range.upperBound ?? start)
        note(.noDomain, range)
        var item = Mailbox(range: range)
        if words.contains(where: \.isQuoted) || words.dropFirst().contains(where: \.isSpaced) {
            noteSpecials(words[...])
            item.phrase = phrase(words[...])
        } else {
            item.localPart = words.flatMap(\.bytes)
        }
        return item
    }

    private func phrase(_ words: ArraySlice<Word>) -> [UInt8] {
        var phrase: [UInt8] = []
        for (index, word) in words.enumerated() {
            if index > 0, word.isSpaced { phrase.append(Byte.space) }
            phrase += word.bytes
        }
        return phrase
    }

    private mutating func noteSpecials(_ words: ArraySlice<Word>) {
        for word in words where !word.isQuoted && word.bytes.count == 1 {
            if word.bytes[0] == Byte.dot {
                note(.dotInName, word.range)
            } else if !word.bytes[0].isAtomText {
                note(.specialInName, word.range)
            }
        }
    }

    /// `@` behind words: those that stand together are a local part.
    private mutating func readDomainOfWords(at sign: Int) {
        var first = words.count
        while first > 0 {
            first -= 1
            // A blank before a dot or behind one does not part what belongs together (RFC 5322 §4.4).
            let isDot = words[first].bytes == [Byte.dot] || (first > 0 && words[first - 1].bytes == [Byte.dot])
            if words[first].isSpaced, !isDot { break }
        }
        let local = words[first...]
        var item = Mailbox(range: (local.first?.range.lowerBound ?? sign)..<cursor.index)
        if first > 0 {
            note(.strayText, (words[0].range.lowerBound)..<(words[first - 1].range.upperBound))
            item.phrase = phrase(words[..<first])
        }
        let isSpacedInside = isSpaced || local.dropFirst().contains { $0.isSpaced }
        item.localPart = local.flatMap(\.bytes)
        if item.localPart.isEmpty { note(.noLocalPart, item.range) }
        if local.contains(where: {
            !$0.isQuoted && $0.bytes.count == 1 && !$0.bytes[0].isAtomText && $0.bytes[0] != Byte.dot
        }) {
            note(.specialInName, item.range)
        }
        let (domain, isSpaced) = readDomain(inAngle: false)
        item.range = item.range.lowerBound..<cursor.index
        finish(&item, domain, isSpaced: isSpaced || isSpacedInside, isQuoted: local.contains { $0.isQuoted })
        words = []
        // `a@b.c <a@b.c>`: what seemed an address is a name without quotes.
        skipComments()
        if cursor.peek == Byte.less {
            note(.specialInName, sign..<(sign + 1))
            words = [Word(bytes: Array(cursor.bytes[item.range].trimmed), range: item.range, isSpaced: false)]
        } else {
            mailbox = item
        }
    }

    private mutating func finish(_ item: inout Mailbox, _ domain: [UInt8], isSpaced: Bool, isQuoted: Bool) {
        if isSpaced { note(.blankInAddress, item.range) }
        if domain.isEmpty { note(.noDomain, item.range) } else { item.domain = domain }
        if !isQuoted && item.localPart.hasMisplacedDot || domain.hasMisplacedDot { note(.misplacedDot, item.range) }
        if domain.first != 0x5B, domain.contains(where: { !$0.isAtomText && $0 != Byte.dot }) {
            note(.badDomain, item.range)
        }
        if !isQuoted && item.localPart.hasEncodedWord || domain.hasEncodedWord {
            note(.encodedWordInAddress, item.range)
        }
    }

    /// - Returns: the domain, and whether there were blanks or comments in it.
    private mutating func readDomain(inAngle: Bool) -> (domain: [UInt8], isSpaced: Bool) {
        var domain: [UInt8] = []
        skipComments()
        var isSpacedInside = isSpaced
        while let byte = cursor.peek {
            if byte == 0x2C || byte == 0x3B || byte == Byte.less || byte == Byte.greater || byte == Byte.quote { break }
            if byte == 0x5B, domain.isEmpty {
                let start = cursor.index
                domain += cursor.take { $0 != 0x5D && $0 != Byte.greater && $0 != 0x2C }
                if cursor.skip(0x5D) { domain.append(0x5D) } else { note(.unclosedLiteral, start..<cursor.index) }
            } else {
                domain.append(byte)
                cursor.index += 1
            }
            let end = cursor.index
            let isDot = byte == Byte.dot
            skipComments()
            guard isSpaced, let next = cursor.peek, next != 0x2C, next != 0x3B, next != Byte.less, next != Byte.greater
            else { continue }
            // Behind a blank the domain goes on only where a dot says so.
            if !isDot, next != Byte.dot, !inAngle {
                cursor.index = end
                break
            }
            isSpacedInside = true
        }
        return (domain, isSpacedInside)
    }

    // MARK: - Angle brackets

    private mutating func readAngle() {
        let here = cursor.index
        if mailbox != nil || isBehindGroup {
            // Two addresses without a comma between.
            note(.separator, here..<(here + 1))
            endItem(isLast: true)
            isBehindGroup = false
            start = here
        }
        noteSpecials(words[...])
        var item = Mailbox(phrase: words.isEmpty ? nil : phrase(words[...]), range: start..<start)
        let first = words.first?.range.lowerBound ?? here
        let before = comments
        words = []
        cursor.index += 1
        skipComments()
        var isSpacedInside = isSpaced
        if cursor.peek == 0x40 || cursor.peek == 0x2C { readRoute(&item) }
        var isQuoted = false
        while let byte = cursor.peek, byte != 0x40, byte != Byte.greater, byte != 0x2C, byte != Byte.less {
            if byte == Byte.quote {
                let start = cursor.index
                let (content, isClosed) = cursor.takeQuoted()
                if !isClosed { note(.unclosedQuote, start..<cursor.index) }
                item.localPart += content
                isQuoted = true
            } else {
                item.localPart.append(byte)
                cursor.index += 1
            }
            skipComments()
            isSpacedInside = isSpacedInside || isSpaced
        }
        var domain: [UInt8] = []
        if cursor.skip(0x40) {
            let (read, isSpaced) = readDomain(inAngle: true)
            domain = read
            isSpacedInside = isSpacedInside || isSpaced
        }
        let isClosed = cursor.skip(Byte.greater)
        item.range = first..<cursor.index
        comments = before
        if !isClosed { note(.unclosedAngle, here..<cursor.index) }
        if item.localPart.isEmpty, !isQuoted, domain.isEmpty {
            note(.emptyAddress, here..<cursor.index)
            if isSpacedInside { note(.blankInAddress, item.range) }
        } else {
            if item.localPart.isEmpty, !isQuoted { note(.noLocalPart, item.range) }
            finish(&item, domain, isSpaced: isSpacedInside, isQuoted: isQuoted)
        }
        mailbox = item
    }

    /// `@a,@b:` (RFC 5322 §4.4).
    private mutating func readRoute(_ item: inout Mailbox) {
        let start = cursor.index
        while let byte = cursor.peek, byte == 0x40 || byte == 0x2C {
            cursor.index += 1
            skipComments()
            let host = cursor.take { $0.isAtomText || $0 == Byte.dot || $0 == 0x5B || $0 == 0x5D }
            if !host.isEmpty { item.route.append(Array(host)) }
            skipComments()
        }
        _ = cursor.skip(Byte.colon)
        skipComments()
        note(.route, start..<cursor.index)
    }
}
