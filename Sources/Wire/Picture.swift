/// Text that is safe on a terminal and shows what is there: each control byte as its picture (U+2400…), each byte
/// that is not UTF-8 as `\xHH`.
public enum Picture {
    /// - Parameter keepTabs: leaves HT as it is.
    public static func of(_ bytes: some Sequence<UInt8>, keepTabs: Bool = false) -> String {
        if let plain = bytes.withContiguousStorageIfAvailable({ plain($0, keepTabs: keepTabs) }) ?? nil { return plain }
        var output = ""
        var decoder = UTF8Pieces(bytes)
        while let piece = decoder.next() {
            switch piece {
            case .scalar(let scalar): append(scalar, to: &output, keepTabs: keepTabs)
            case .byte(let byte): output += "\\x" + hexadecimal(byte)
            }
        }
        return output
    }

    /// The same for text that is already decoded.
    /// - Parameter keepLineEnds: leaves LF as it is.
    public static func of(text: String, keepLineEnds: Bool = false) -> String {
        guard mayNeed(text, keepLineEnds: keepLineEnds) else { return text }
        var output = ""
        output.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard keepLineEnds, scalar == "\n" else {
                append(scalar, to: &output, keepTabs: false)
                continue
            }
            output.unicodeScalars.append(scalar)
        }
        return output
    }

    /// False where surely nothing in it needs a picture: it has no control, and no octet with which one of the characters
    /// begins in UTF-8 that hide or reorder (U+0080 to U+00BF, U+2000 to U+2FFF, U+F000 to U+FFFF).
    private static func mayNeed(_ text: String, keepLineEnds: Bool) -> Bool {
        text.utf8.contains { byte in
            byte < 0x20 && !(keepLineEnds && byte == Byte.lf) || byte == 0x7F || byte == 0xC2 || byte == 0xE2
                || byte == 0xEF
        }
    }

    /// The text itself where nothing in it needs a picture, as is the case for most of what is said.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>, keepTabs: Bool) -> String? {
        for byte in bytes where !(0x20...0x7E).contains(byte) && !(keepTabs && byte == Byte.tab) { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout String, keepTabs: Bool) {
        switch scalar.value {
        case 0x09 where keepTabs: output.unicodeScalars.append(scalar)
        case 0x00...0x1F: output.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F: output += "\u{2421}"
        // C1 controls, and the characters that reorder a line or hide in it.
        case 0x80...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2066...0x2069, 0xFEFF:
            output += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        default: output.unicodeScalars.append(scalar)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}

/// Bytes as Unicode scalars, those that are not UTF-8 one by one.
private struct UTF8Pieces<Bytes: Sequence<UInt8>> {
    enum Piece {
        case scalar(Unicode.Scalar)
        case byte(UInt8)
    }

    private var bytes: [UInt8]
    private var index = 0

    init(_ bytes: Bytes) {
        self.bytes = Array(bytes)
    }

    mutating func next() -> Piece? {
        guard index < bytes.count else { return nil }
        let first = bytes[index]
        let length =
            switch first {
            case 0x00...0x7F: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        if length == 1 {
            index += 1
            return .scalar(Unicode.Scalar(first))
        }
        if length > 1, index + length <= bytes.count {
            var iterator = bytes[index..<(index + length)].makeIterator()
            var decoder = UTF8()
            if case .scalarValue(let scalar) = decoder.decode(&iterator), UTF8.width(scalar) == length {
                index += length
                return .scalar(scalar)
            }
        }
        index += 1
        return .byte(first)
    }
}
