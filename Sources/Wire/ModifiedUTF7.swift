/// The names of mailboxes as IMAP had them before UTF-8: UTF-16 in base64 of its own between `&` and `-`, and `&-` for
/// `&` itself (RFC 3501 §5.1.3).
public enum ModifiedUTF7 {
    /// - Returns: nil where `name` is no name in this form: 8-bit and control bytes, shifts that are not closed or hold no
    ///   whole characters.
    public static func decode(_ name: [UInt8]) -> String? {
        var decoded = String.UnicodeScalarView()
        var index = 0
        while index < name.count {
            if name[index] == UInt8(ascii: "&") {
                guard let shift = Shift(name, at: index) else { return nil }
                decoded += shift.scalars
                index = shift.end
            } else {
                guard (0x20...0x7E).contains(name[index]) else { return nil }
                decoded.append(Unicode.Scalar(name[index]))
                index += 1
            }
        }
        return String(decoded)
    }

    /// A line that may have such names in it, with each well-formed shift decoded.
    /// - Returns: nil where there is none.
    public static func decodeShifts(in line: [UInt8]) -> String? {
        guard line.contains(UInt8(ascii: "&")) else { return nil }
        var decoded = ""
        var plain = 0
        var index = 0
        while index < line.count {
            guard line[index] == UInt8(ascii: "&"), let shift = Shift(line, at: index) else {
                index += 1
                continue
            }
            decoded += line[plain..<index].text
            decoded.unicodeScalars += shift.scalars
            index = shift.end
            plain = index
        }
        return plain == 0 ? nil : decoded + line[plain...].text
    }

    private struct Shift {
        var scalars = String.UnicodeScalarView()
        /// Just behind it.
        let end: Int

        init?(_ bytes: [UInt8], at ampersand: Int) {
            let digits = bytes[(ampersand + 1)...].prefix { ModifiedUTF7.value(of: $0) != nil }
            guard digits.endIndex < bytes.count, bytes[digits.endIndex] == Byte.hyphen else { return nil }
            end = digits.endIndex + 1
            if digits.isEmpty {
                scalars.append("&")
                return
            }
            guard let units = ModifiedUTF7.units(digits) else { return nil }
            var iterator = units.makeIterator()
            var decoder = UTF16()
            while true {
                switch decoder.decode(&iterator) {
                case .scalarValue(let scalar): scalars.append(scalar)
                case .emptyInput: return
                case .error: return nil
                }
            }
        }
    }

    /// The UTF-16 in base64 without padding; nil where bits are left over that are not zero, or that are a digit of their
    /// own.
    private static func units(_ digits: ArraySlice<UInt8>) -> [UInt16]? {
        var units: [UInt16] = []
        var bits: UInt32 = 0
        var held = 0
        for digit in digits {
            bits = (bits << 6 | (value(of: digit) ?? 0)) & 0x3F_FFFF
            held += 6
            if held >= 16 {
                held -= 16
                units.append(UInt16(truncatingIfNeeded: bits >> UInt32(held)))
                bits &= (1 << UInt32(held)) - 1
            }
        }
        return held < 6 && bits == 0 && !units.isEmpty ? units : nil
    }

    /// Base64 with `,` in the place of `/`.
    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61 + 26)
        case 0x30...0x39: UInt32(byte - 0x30 + 52)
        case Byte.plus: 62
        case 0x2C: 63
        default: nil
        }
    }
}
