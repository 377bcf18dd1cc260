import Wire

/// Walks over the value of a header field: tokens, quoted strings, comments (RFC 5322 §3.2). Never goes back, so that
/// a value of any size costs what its length does.
struct HeaderCursor {
    let bytes: [UInt8]
    var index: Int

    init(_ bytes: [UInt8], from index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    var isAtEnd: Bool { index >= bytes.count }
    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    func peek(_ distance: Int) -> UInt8? { index + distance < bytes.count ? bytes[index + distance] : nil }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    mutating func skipBlanks() {
        while index < bytes.count, bytes[index].isBlank || bytes[index] == Byte.cr || bytes[index] == Byte.lf {
            index += 1
        }
    }

    /// Passes over blanks and comments (CFWS).
    /// - Returns: where the contents of the last comment are, and whether each had its end.
    @discardableResult
    mutating func skipComments() -> (comment: Range<Int>?, isClosed: Bool) {
        var comment: Range<Int>?
        var isClosed = true
        while true {
            skipBlanks()
            guard peek == 0x28 else { return (comment, isClosed) }
            let start = index
            isClosed = skipComment()
            comment = (start + 1)..<max(start + 1, isClosed ? index - 1 : index)
        }
    }

    /// Passes over a comment, which may hold others (RFC 5322 §3.2.2), however deep.
    /// - Returns: false where its end is missing.
    mutating func skipComment() -> Bool {
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x28: depth += 1
            case 0x29:
                depth -= 1
                if depth == 0 { return true }
            case 0x5C: index = min(index + 1, bytes.count)
            default: break
            }
        }
        return false
    }

    /// Takes a quoted string that begins here.
    /// - Returns: what is between the quotes, and whether the second one is there.
    mutating func takeQuoted() -> (content: [UInt8], isClosed: Bool) {
        var content: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Byte.quote { return (content, true) }
            // Names with Windows paths or Shift_JIS in them have backslashes that quote nothing.
            if byte == 0x5C, let next = peek, next == Byte.quote || next == 0x5C {
                content.append(next)
                index += 1
            } else {
                content.append(byte)
            }
        }
        return (content, false)
    }

    mutating func take(while isTaken: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, isTaken(bytes[index]) { index += 1 }
        return bytes[start..<index]
    }
}

extension UInt8 {
    /// An atom is made of these (RFC 5322 §3.2.3); with octets above 127, which RFC 6532 §3.2 adds.
    var isAtomText: Bool {
        if self >= 0x80 || isLetter || isDigit { return true }
        switch self {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: return true
        default: return false
        }
    }

    /// A token of MIME is made of these (RFC 2045 §5.1).
    var isTokenText: Bool {
        guard self > 0x20, self < 0x7F else { return false }
        switch self {
        case 0x22, 0x28, 0x29, 0x2C, 0x2F, 0x3A...0x40, 0x5B...0x5D: return false
        default: return true
        }
    }
}
