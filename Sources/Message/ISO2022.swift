import Wire

/// ISO-2022-JP and its relatives (RFC 1468, RFC 1554 for -2, RFC 2237 for -1), as mailers send them.
///
/// glibc 2.36, measured with iconv(1):
///
///     converter      ( B  ( J  $ @  $ B  ( I  $ ( D  $ A  $ ( C  . A  $ ( O   NEC row 13 (①)
///     ISO-2022-JP    yes  yes  yes  yes  no   no     no   no     no   no      no
///     ISO-2022-JP-2  yes  yes  yes  yes  yes  yes    yes  yes    yes  no      no
///     ISO-2022-JP-3  yes  yes  yes  yes  yes  no     no   no     no   yes     no
///
/// It has no ISO-2022-JP-1, -MS, -2004 nor CP5022x. An escape that a converter does not know goes through it as text.
/// So -2 is asked first; what it can't read is rewritten as EUC-JP-MS, which has the rows that Windows added (and half
/// width kana after SO); -3 comes last. The reading that leaves least unread is taken.
enum ISO2022 {
    static func decodeJapanese(_ bytes: [UInt8], microsoftFirst: Bool) -> Charset.Decoded? {
        let standard = { sevenBit(bytes, "ISO-2022-JP-2") ?? sevenBit(bytes, "ISO-2022-JP") }
        let microsoft = { asEUC(bytes) }
        let later = { sevenBit(bytes, "ISO-2022-JP-3") }
        return Charset.best(microsoftFirst ? [microsoft, standard, later] : [standard, microsoft, later])
    }

    /// True where a text without a charset has the escapes of ISO-2022-JP: mailers of the nineties sent it so.
    static func seemsJapanese(_ bytes: some Collection<UInt8>) -> Bool {
        guard let escape = bytes.firstIndex(of: Byte.escape) else { return false }
        let rest = bytes[escape...].dropFirst().prefix(2)
        guard let first = rest.first, let second = rest.dropFirst().first else { return false }
        return switch (first, second) {
        case (0x24, 0x40), (0x24, 0x42), (0x28, 0x49), (0x28, 0x4A): true
        default: false
        }
    }

    /// The last escape sequence that designates a set; empty where the text ends in its initial state.
    static func lastEscape(in bytes: [UInt8]) -> [UInt8] {
        var last: [UInt8] = []
        var index = 0
        while let escape = bytes[index...].firstIndex(of: Byte.escape) {
            let length = escapeLength(bytes, escape)
            if length > 1 { last = Array(bytes[escape..<(escape + length)]) }
            index = escape + max(1, length)
        }
        return last.text == "\u{1B}(B" ? [] : last
    }

    /// ESC, intermediate bytes 20–2F, one final byte (ECMA-35 §13.2); 1 where no such sequence stands there.
    private static func escapeLength(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, index < start + 4, 0x20...0x2F ~= bytes[index] { index += 1 }
        guard index > start + 1, index < bytes.count, 0x30...0x7E ~= bytes[index] else { return 1 }
        return index + 1 - start
    }

    private static func sevenBit(_ bytes: [UInt8], _ converter: String) -> Charset.Decoded? {
        // Where two bytes are one character, an unreadable one is passed over whole, or all after it would shift.
        var scanned = 0
        var double = false
        let decoded = Charset.convert(bytes, converter) { index in
            while scanned < index {
                if bytes[scanned] == Byte.escape {
                    double = scanned + 1 < bytes.count && bytes[scanned + 1] == 0x24
                    scanned += escapeLength(bytes, scanned)
                } else {
                    scanned += 1
                }
            }
            guard double, index + 1 < bytes.count else { return 1 }
            return 0x21...0x7E ~= bytes[index] && 0x21...0x7E ~= bytes[index + 1] ? 2 : 1
        }
        guard var decoded else { return nil }
        // An escape or shift in the result is one that the converter did not know.
        decoded.invalidBytes += decoded.text.utf8.count { $0 == Byte.escape || $0 == 0x0E }
        return decoded
    }

    /// The same text in EUC-JP, by the tables of Windows: each set moves to its place in the eight-bit code.
    private static func asEUC(_ bytes: [UInt8]) -> Charset.Decoded? {
        enum Set { case ascii, roman, kana, kanji, supplement, other }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        var set = Set.ascii
        var shifted = false
        var unknown = 0
        var unfinished = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Byte.escape {
                let length = escapeLength(bytes, index)
                switch bytes[index..<(index + length)].dropFirst().text {
                case "(B": set = .ascii
                case "(J", "(H": set = .roman
                case "(I": set = .kana
                case "$@", "$B", "$(@", "$(B": set = .kanji
                case "$(D": set = .supplement
                default:
                    set = length > 1 ? .other : set
                    unknown += length
                    output += bytes[index..<(index + length)]
                }
                index += length
                continue
            }
            if byte == 0x0E || byte == 0x0F {
                shifted = byte == 0x0E
                index += 1
                continue
            }
            let half = shifted || set == .kana
            if half, 0x21...0x5F ~= byte {
                output += [0x8E, byte | 0x80]
            } else if !half, set == .kanji || set == .supplement, 0x21...0x7E ~= byte {
                guard index + 1 < bytes.count else {
                    unfinished = 1
                    break
                }
                let second = bytes[index + 1]
                if 0x21...0x7E ~= second {
                    if set == .supplement { output.append(0x8F) }
                    output += [byte | 0x80, second | 0x80]
                    index += 1
                } else {
                    // FF is no byte of EUC-JP: the converter counts it and leaves its U+FFFD.
                    output.append(0xFF)
                }
            } else if 0xA1...0xDF ~= byte {
                // Kana in eight bits, as JIS8 and some mailers have them.
                output += [0x8E, byte]
            } else {
                if set == .other, byte > 0x20 { unknown += 1 }
                output.append(byte >= 0x80 ? 0xFF : byte)
            }
            index += 1
        }
        let text = output
        let decoded = Charset.convert(text, "EUC-JP-MS") { position in
            let wide = text[position] != 0xFF && position + 1 < text.count && text[position + 1] >= 0x80
            return wide ? (text[position] == 0x8F ? 3 : 2) : 1
        }
        guard var decoded else { return nil }
        decoded.invalidBytes += unknown
        decoded.unfinishedBytes = unfinished
        return decoded
    }
}
