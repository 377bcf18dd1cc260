import Wire

/// Reads bytes of one charset character by character; holds the state of those that have one.
protocol CharacterReader: Sendable {
    /// - Parameter isLast: no byte follows the last of `bytes`; `more` is no answer then.
    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep

    /// Bytes from 0x20 to 0x7E mean themselves here, and change nothing.
    var readsASCII: Bool { get }
}

/// What stands at a place, and how many bytes it takes.
enum CharacterStep {
    case scalar(UInt32, length: Int)
    case sequence([UInt32], length: Int)
    /// No byte of the charset, though anybody sees what is meant.
    case odd(UInt32, length: Int)
    case wrong(length: Int)
    /// An escape sequence or a shift.
    case shift(length: Int)
    /// Cut in a character.
    case more
}

/// Charsets in which a byte, or two, or two behind a prefix, are a character.
struct TableReader: CharacterReader {
    let table: CodeTable
    /// Tables of codes behind a prefix.
    var prefixed: [(prefix: [UInt8], table: CodeTable)] = []
    var hasFourBytes = false
    /// ISO 8859-1, where 0x80 to 0x9F are what Windows means by them.
    var isLatin1 = false

    var readsASCII: Bool { table.readsASCII }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        let byte = bytes[index]
        if isLatin1, (0x80...0x9F).contains(byte) {
            let scalar = CodeTable.windows1252Controls[Int(byte - 0x80)]
            return scalar == 0xFFFD ? .wrong(length: 1) : .odd(scalar, length: 1)
        }
        for (prefix, table) in prefixed where byte == prefix[0] {
            if let step = behind(prefix, table, bytes, at: index, isLast: isLast) { return step }
        }
        switch table.single(byte) {
        case .scalar(let scalar): return .scalar(scalar, length: 1)
        case .sequence(let scalars): return .sequence(scalars, length: 1)
        case .none: return .wrong(length: 1)
        case .lead: break
        }
        guard index + 1 < bytes.count else { return isLast ? .wrong(length: 1) : .more }
        switch table.double(byte, bytes[index + 1]) {
        case .scalar(let scalar): return .scalar(scalar, length: 2)
        case .sequence(let scalars): return .sequence(scalars, length: 2)
        case .none, .lead: break
        }
        return hasFourBytes && bytes[index + 1].isDigit ? four(bytes, at: index, isLast: isLast) : .wrong(length: 1)
    }

    /// - Returns: nil where the prefix is not one, but may be a lead.
    private func behind(_ prefix: [UInt8], _ table: CodeTable, _ bytes: [UInt8], at index: Int, isLast: Bool)
        -> CharacterStep?
    {
        let end = index + prefix.count + 2
        let given = bytes[index..<min(end, bytes.count)]
        guard given.starts(with: prefix.prefix(given.count)) else { return nil }
        guard given.count == prefix.count + 2 else {
            return isLast ? nil : .more
        }
        switch table.double(bytes[end - 2], bytes[end - 1]) {
        case .scalar(let scalar): return .scalar(scalar, length: prefix.count + 2)
        case .sequence(let scalars): return .sequence(scalars, length: prefix.count + 2)
        case .none, .lead: return .wrong(length: 1)
        }
    }

    private func four(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        if index + 2 < bytes.count, !(0x81...0xFE).contains(bytes[index + 2]) { return .wrong(length: 1) }
        guard index + 3 < bytes.count else { return isLast ? .wrong(length: 1) : .more }
        guard bytes[index + 3].isDigit else { return .wrong(length: 1) }
        let ordinal =
            ((Int(bytes[index]) - 0x81) * 10 + Int(bytes[index + 1]) - 0x30) * 1_260
            + (Int(bytes[index + 2]) - 0x81) * 10 + Int(bytes[index + 3]) - 0x30
        if ordinal < CodeTable.fourBytes.count {
            let scalar = CodeTable.fourBytes[ordinal]
            return scalar == 0xFFFD ? .wrong(length: 1) : .scalar(scalar, length: 4)
        }
        guard (189_000..<(189_000 + 0x10_0000)).contains(ordinal) else { return .wrong(length: 1) }
        return .scalar(UInt32(ordinal - 189_000 + 0x1_0000), length: 4)
    }
}

/// 7-bit bytes, and no others.
struct ASCIIReader: CharacterReader {
    var readsASCII: Bool { true }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        bytes[index] < 0x80 ? .scalar(UInt32(bytes[index]), length: 1) : .wrong(length: 1)
    }
}
