import Wire

/// The parts of HTTP's lines.
enum HTTPGrammar {
    /// The method of a request line (RFC 9112 §3), nil where the line is none. Blanks in the target are borne, as servers
    /// bear them; a line without a version is a request where it has a method of RFC 9110 and a path.
    static func method(_ line: [UInt8]) -> ArraySlice<UInt8>? {
        let method = line.prefix(while: isToken)
        guard !method.isEmpty, method.count <= 32, method.endIndex < line.count, line[method.endIndex].isBlank
        else { return nil }
        let target = line[method.endIndex...].drop(while: { $0.isBlank })
        guard let first = target.first, first != Byte.colon else { return nil }
        let lastByte = target.lastIndex { !$0.isBlank } ?? target.startIndex
        let words = target[...lastByte]
        guard let blank = words.lastIndex(where: { $0.isBlank }) else {
            return first == UInt8(ascii: "/") && methods.contains { $0.dropLast().elementsEqual(method) } ? method : nil
        }
        return isVersion(words[(blank + 1)...]) ? method : nil
    }

    /// The code of a status line and the byte at which its reason phrase begins (RFC 9112 §4).
    static func status(_ line: [UInt8]) -> (code: Int, reason: Int)? {
        let version = line.prefix { !$0.isBlank }
        guard isVersion(version) else { return nil }
        let rest = line[version.endIndex...].drop(while: { $0.isBlank })
        let digits = rest.prefix(while: { $0.isDigit })
        guard digits.count == 3, let code = ASCII.number(digits) else { return nil }
        guard digits.endIndex < line.count else { return (Int(code), line.count) }
        return line[digits.endIndex].isBlank ? (Int(code), digits.endIndex + 1) : nil
    }

    /// True for the beginning of a line that may become a status line.
    static func mayBeStatus(_ line: borrowing LineBuffer) -> Bool {
        zip(line.bytes, "HTTP/".utf8).allSatisfy { $0.uppercased == $1 }
    }

    /// `HTTP/1.1` (RFC 9112 §2.3).
    private static func isVersion(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 8 && ASCII.equal(word.prefix(5), "HTTP/") && word.dropFirst(5).first?.isDigit == true
    }

    /// The size that a chunk's first line announces (RFC 9112 §7.1), its extensions passed by; nil where it is none.
    static func chunkSize(_ line: [UInt8]) -> UInt64? {
        var size: UInt64 = 0
        var index = 0
        while index < line.count, let digit = hexadecimal(line[index]) {
            guard size >> 60 == 0 else { return nil }
            size = size << 4 | digit
            index += 1
        }
        guard index > 0 else { return nil }
        let rest = line[index...].drop(while: { $0.isBlank })
        return rest.isEmpty || rest.first == UInt8(ascii: ";") ? size : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        default: nil
        }
    }

    /// A byte of a token (RFC 9110 §5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        if byte.isLetter || byte.isDigit { return true }
        return switch byte {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// The methods of RFC 9110 §9.3 and RFC 5789, each with the blank behind it.
    static let methods = [
        "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH ",
    ].map { Array($0.utf8) }
}
