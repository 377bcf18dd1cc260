import Wire

/// Reads `; name=value; name*0*=…` and joins the pieces.
struct ParameterReading {
    private struct Piece {
        var name: String
        /// The number behind the first asterisk; nil where there is none.
        var section: UInt64?
        /// An asterisk at the end: percent-encoded.
        var isExtended: Bool
        var isQuoted: Bool
        var value: [UInt8]
        var range: Range<Int>
    }

    private(set) var oddities: [Oddity<ParameterOddity>] = []
    private(set) var parameters: [Parameter] = []

    mutating func note(_ kind: ParameterOddity, _ range: Range<Int>) {
        if oddities.count < MessageLimits.oddities { oddities.append(Oddity(kind, range)) }
    }

    /// - Parameter cursor: at the first semicolon, or at the end.
    mutating func read(_ cursor: inout HeaderCursor) {
        var pieces: [Piece] = []
        while cursor.skip(0x3B) {
            cursor.skipComments()
            let start = cursor.index
            if cursor.isAtEnd || cursor.peek == 0x3B {
                note(.emptyParameter, start..<start)
                continue
            }
            guard let piece = piece(&cursor) else { continue }
            guard pieces.count < MessageLimits.parameters else {
                note(.tooMany, start..<cursor.index)
                break
            }
            pieces.append(piece)
        }
        join(pieces)
    }

    private mutating func piece(_ cursor: inout HeaderCursor) -> Piece? {
        let start = cursor.index
        let name = cursor.take { $0 != Byte.equals && $0 != 0x3B && $0 != Byte.quote }.trimmed
        guard cursor.peek == Byte.equals, !name.isEmpty else {
            if cursor.peek == Byte.quote { _ = cursor.takeQuoted() }
            _ = cursor.take { $0 != 0x3B }
            note(.noValue, start..<cursor.index)
            return nil
        }
        cursor.index += 1
        let afterEquals = cursor.index
        cursor.skipBlanks()
        if name.endIndex != afterEquals - 1 || cursor.index != afterEquals {
            note(.blankAroundEquals, (afterEquals - 1)..<afterEquals)
        }
        let valueStart = cursor.index
        let isQuoted = cursor.peek == Byte.quote
        let value = isQuoted ? quoted(&cursor) : unquoted(&cursor)
        if value.contains(where: { $0 >= 0x80 }) { note(.eightBit, valueStart..<cursor.index) }
        if value.hasEncodedWord { note(.encodedWord, valueStart..<cursor.index) }
        let (base, section, isExtended) = split(name)
        return Piece(
            name: base, section: section, isExtended: isExtended, isQuoted: isQuoted, value: value,
            range: start..<cursor.index)
    }

    private mutating func quoted(_ cursor: inout HeaderCursor) -> [UInt8] {
        let start = cursor.index
        let (content, isClosed) = cursor.takeQuoted()
        if !isClosed { note(.unclosedQuote, start..<cursor.index) }
        cursor.skipComments()
        let behind = cursor.index
        let text = cursor.take { $0 != 0x3B }
        if !text.isEmpty { note(.textBehindValue, behind..<cursor.index) }
        return content
    }

    /// Takes all up to the next semicolon; a comment counts as one only behind a blank and at the end, since names such
    /// as `report (1).pdf` are sent without quotes.
    private mutating func unquoted(_ cursor: inout HeaderCursor) -> [UInt8] {
        let start = cursor.index
        var end: Int?
        var isBehindBlank = true
        while let byte = cursor.peek, byte != 0x3B {
            let here = cursor.index
            if byte == 0x28, isBehindBlank {
                var comment = cursor
                if comment.skipComment() {
                    comment.skipBlanks()
                    cursor.index = comment.index
                    if comment.isAtEnd || comment.peek == 0x3B { end = here }
                } else {
                    // Without an end it is none; to look for one again would cost a pass each time.
                    _ = cursor.take { $0 != 0x3B }
                }
                isBehindBlank = true
                continue
            }
            isBehindBlank = byte.isBlank
            cursor.index += 1
        }
        let value = cursor.bytes[start..<(end ?? cursor.index)].trimmed
        if !value.allSatisfy({ $0.isTokenText || $0 >= 0x80 }) || value.isEmpty {
            note(value.isEmpty ? .noValue : .unquotedSpecial, start..<cursor.index)
        }
        return Array(value)
    }

    /// `name*0*` (RFC 2231 §4.1).
    private func split(_ name: ArraySlice<UInt8>) -> (String, UInt64?, Bool) {
        var rest = name
        let isExtended = rest.last == Byte.star && rest.count > 1
        if isExtended { rest.removeLast() }
        if let star = rest.lastIndex(of: Byte.star), star > rest.startIndex, rest.endIndex - star < 8,
            let section = ASCII.number(rest[(star + 1)...])
        {
            return (ASCII.lowercased(rest[..<star]), section, isExtended)
        }
        return (ASCII.lowercased(rest), nil, isExtended)
    }

    private mutating func join(_ pieces: [Piece]) {
        var groups: [String: [Piece]] = [:]
        var order: [String] = []
        for piece in pieces {
            if groups[piece.name] == nil { order.append(piece.name) }
            groups[piece.name, default: []].append(piece)
        }
        for name in order {
            if let group = groups[name], let parameter = parameter(name, group) { parameters.append(parameter) }
        }
    }

    /// Where a parameter is given plainly and with RFC 2231 as well, the latter counts: the other is for old readers.
    private mutating func parameter(_ name: String, _ group: [Piece]) -> Parameter? {
        var sections: [Piece] = []
        var numbers: Set<UInt64> = []
        var extended: Piece?
        var plain: Piece?
        for piece in group {
            switch (piece.section, piece.isExtended) {
            case (let section?, _):
                if numbers.insert(section).inserted {
                    sections.append(piece)
                } else {
                    note(.repeated, piece.range)
                }
            case (nil, true):
                if extended == nil { extended = piece } else { note(.repeated, piece.range) }
            case (nil, false):
                if plain == nil { plain = piece } else { note(.repeated, piece.range) }
            }
        }
        sections.sort { ($0.section ?? 0) < ($1.section ?? 0) }
        if let at = sections.indices.first(where: { sections[$0].section != UInt64($0) }) {
            note(.gap, sections[at].range)
        }
        if let extended { return joined(name, [extended]) }
        if !sections.isEmpty { return joined(name, sections) }
        guard let plain else { return nil }
        return Parameter(
            name: name, value: plain.value, charset: nil, language: nil, range: plain.range, isExtended: false,
            isQuoted: plain.isQuoted)
    }

    private mutating func joined(_ name: String, _ pieces: [Piece]) -> Parameter? {
        guard let first = pieces.first else { return nil }
        var parameter = Parameter(
            name: name, value: [], charset: nil, language: nil, range: first.range, isExtended: true,
            isQuoted: first.isQuoted)
        for (index, piece) in pieces.enumerated() {
            var value = piece.value[...]
            if piece.isExtended, index == 0 {
                let marks = value.indices.lazy.filter { value[$0] == 0x27 }.prefix(2)
                if let language = marks.first, let text = marks.dropFirst().first {
                    parameter.charset = value[..<language].text
                    parameter.language = value[(language + 1)..<text].text
                    value = value[(text + 1)...]
                }
            }
            if piece.isExtended, index == 0 || !pieces[0].isExtended, parameter.charset?.isEmpty ?? true,
                oddities.last?.kind != .withoutCharset
            {
                note(.withoutCharset, piece.range)
            }
            if piece.isExtended {
                decodePercent(value, into: &parameter.value, piece)
            } else {
                parameter.value += value
            }
        }
        if parameter.charset?.isEmpty == true { parameter.charset = nil }
        if parameter.language?.isEmpty == true { parameter.language = nil }
        return parameter
    }

    private mutating func decodePercent(_ raw: ArraySlice<UInt8>, into output: inout [UInt8], _ piece: Piece) {
        var index = raw.startIndex
        while index < raw.endIndex {
            let byte = raw[index]
            index += 1
            guard byte == 0x25 else {
                output.append(byte)
                continue
            }
            if index + 1 < raw.endIndex, let high = raw[index].hexadecimal, let low = raw[index + 1].hexadecimal {
                output.append(high << 4 | low)
                index += 2
            } else {
                note(.badPercent, piece.range)
                output.append(byte)
            }
        }
    }
}

extension Collection where Element == UInt8, Index == Int {
    /// `=?charset?B?text?=` stands somewhere in it (RFC 2047 §2).
    var hasEncodedWord: Bool {
        var index = startIndex
        while index + 1 < endIndex {
            if self[index] == Byte.equals, self[index + 1] == 0x3F {
                var marks = 1
                var at = index + 2
                var isWord = true
                while at < endIndex, !self[at].isBlank {
                    if self[at] == 0x3F {
                        marks += 1
                        if marks == 3, ![0x42, 0x62, 0x51, 0x71].contains(self[at - 1]) || self[at - 2] != 0x3F {
                            isWord = false
                            break
                        }
                        if marks == 4 { return isWord && at + 1 < endIndex && self[at + 1] == Byte.equals }
                    }
                    at += 1
                }
                // What ends no word may begin one.
                index = Swift.max(at - 1, index + 2)
            } else {
                index += 1
            }
        }
        return false
    }
}
