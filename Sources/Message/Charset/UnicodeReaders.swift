import Wire

/// UTF-8 as RFC 3629 §4 has it; a byte order mark at its start is no text.
struct UTF8Reader: CharacterReader {
    private var hasBegun = false

    /// Not at the start, where a mark may still come.
    var readsASCII: Bool { hasBegun }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        let first = bytes[index]
        let isFirst = !hasBegun
        let (length, low, high): (Int, UInt8, UInt8) =
            switch first {
            case 0x00...0x7F: (1, 0, 0)
            case 0xC2...0xDF: (2, 0x80, 0xBF)
            case 0xE0: (3, 0xA0, 0xBF)
            case 0xED: (3, 0x80, 0x9F)
            case 0xE1...0xEF: (3, 0x80, 0xBF)
            case 0xF0: (4, 0x90, 0xBF)
            case 0xF1...0xF3: (4, 0x80, 0xBF)
            case 0xF4: (4, 0x80, 0x8F)
            default: (0, 0, 0)
            }
        guard length > 1 else {
            hasBegun = true
            return length == 1 ? .scalar(UInt32(first), length: 1) : .wrong(length: 1)
        }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard index + offset < bytes.count else {
                if isLast { break }
                return .more
            }
            let byte = bytes[index + offset]
            guard offset == 1 ? (low...high).contains(byte) : (0x80...0xBF).contains(byte) else { break }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
            if offset == length - 1 {
                hasBegun = true
                return isFirst && scalar == 0xFEFF ? .shift(length: length) : .scalar(scalar, length: length)
            }
        }
        hasBegun = true
        return .wrong(length: 1)
    }
}

/// UTF-16 and UTF-32, in the order of their byte order mark; big-endian where there is none (RFC 2781 §4.3) and the
/// zero bytes don't say otherwise.
struct WideReader: CharacterReader {
    let width: Int
    var isLittleEndian: Bool?
    private var hasBegun = false

    var readsASCII: Bool { false }

    init(width: Int, isLittleEndian: Bool? = nil) {
        self.width = width
        self.isLittleEndian = isLittleEndian
    }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        guard index + width <= bytes.count else { return isLast ? .wrong(length: bytes.count - index) : .more }
        if !hasBegun {
            hasBegun = true
            let big = unit(bytes, at: index, isLittleEndian: false)
            let little = unit(bytes, at: index, isLittleEndian: true)
            if isLittleEndian == nil {
                isLittleEndian = little == 0xFEFF || (big != 0xFEFF && little < 0x80 && big >= 0x80)
            }
            if (isLittleEndian == true ? little : big) == 0xFEFF { return .shift(length: width) }
        }
        let first = unit(bytes, at: index, isLittleEndian: isLittleEndian == true)
        guard width == 2, (0xD800...0xDBFF).contains(first) else {
            return Unicode.Scalar(first) == nil ? .wrong(length: width) : .scalar(first, length: width)
        }
        guard index + 4 <= bytes.count else {
            return isLast ? .wrong(length: width) : .more
        }
        let second = unit(bytes, at: index + 2, isLittleEndian: isLittleEndian == true)
        guard (0xDC00...0xDFFF).contains(second) else { return .wrong(length: width) }
        return .scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00), length: 4)
    }

    private func unit(_ bytes: [UInt8], at index: Int, isLittleEndian: Bool) -> UInt32 {
        var value: UInt32 = 0
        for offset in 0..<width {
            value = value << 8 | UInt32(bytes[isLittleEndian ? index + width - 1 - offset : index + offset])
        }
        return value
    }
}

/// UTF-7 (RFC 2152): UTF-16 in base64 between `+` and the first byte that is none of base64.
struct UTF7Reader: CharacterReader {
    private var isShifted = false
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0
    private var high: UInt32?

    /// But for `+`.
    var readsASCII: Bool { false }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        isShifted ? shifted(bytes[index]) : direct(bytes, at: index, isLast: isLast)
    }

    private mutating func direct(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        let byte = bytes[index]
        guard byte == Byte.plus else {
            return byte < 0x80 ? .scalar(UInt32(byte), length: 1) : .wrong(length: 1)
        }
        guard index + 1 < bytes.count else { return isLast ? .wrong(length: 1) : .more }
        if bytes[index + 1] == Byte.hyphen { return .scalar(UInt32(Byte.plus), length: 2) }
        guard Self.value(of: bytes[index + 1]) != nil else { return .wrong(length: 1) }
        (isShifted, bits, bitCount, high) = (true, 0, 0, nil)
        return .shift(length: 1)
    }

    private mutating func shifted(_ byte: UInt8) -> CharacterStep {
        guard let value = Self.value(of: byte) else {
            isShifted = false
            let isWhole = bitCount < 6 && bits & (1 << bitCount - 1) == 0 && high == nil
            let length = byte == Byte.hyphen ? 1 : 0
            return isWhole ? .shift(length: length) : .wrong(length: length)
        }
        bits = (bits << 6 | value) & 0x3F_FFFF
        bitCount += 6
        guard bitCount >= 16 else { return .shift(length: 1) }
        bitCount -= 16
        let unit = bits >> bitCount & 0xFFFF
        bits &= 1 << bitCount - 1
        let before = high
        high = nil
        switch (unit, before) {
        case (0xD800...0xDBFF, _):
            high = unit
            return before == nil ? .shift(length: 1) : .wrong(length: 1)
        case (0xDC00...0xDFFF, let before?):
            return .scalar(0x1_0000 + (before - 0xD800) << 10 + (unit - 0xDC00), length: 1)
        case (0xDC00...0xDFFF, nil): return .wrong(length: 1)
        case (_, nil): return .scalar(unit, length: 1)
        case (_, _): return .sequence([0xFFFD, unit], length: 1)
        }
    }

    static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61 + 26)
        case 0x30...0x39: UInt32(byte - 0x30 + 52)
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
