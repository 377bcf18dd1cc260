import Wire

/// ISO-2022-JP in all its variants, -KR and -CN: one reader, since mailers write escape sequences of one under the name
/// of another.
struct ISO2022Reader: CharacterReader {
    private var state = ISO2022State()

    var readsASCII: Bool { state.set == .ascii }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        let byte = bytes[index]
        switch byte {
        case Byte.escape: return escape(bytes, at: index, isLast: isLast)
        case 0x0E, 0x0F:
            state.shift(out: byte == 0x0E)
            return .shift(length: 1)
        case Byte.cr, Byte.lf:
            state.lineEnded()
            return .scalar(UInt32(byte), length: 1)
        case 0x00...0x1F, 0x7F: return .scalar(UInt32(byte), length: 1)
        case 0x20: return state.set.bytesPerCharacter == 1 ? .scalar(0x20, length: 1) : .odd(0x20, length: 1)
        case 0x80...0xFF: return .wrong(length: 1)
        default: return character(state.set, bytes, at: index, skipping: 0, isLast: isLast)
        }
    }

    private mutating func escape(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        switch EscapeSequence.read(bytes, at: index) {
        case .cut(let length): return isLast ? .wrong(length: length) : .more
        case .sequence(let sequence):
            switch sequence.effect {
            case .unknown: return .wrong(length: 1)
            case .singleShift:
                guard let set = state.g2 else { return .wrong(length: 1) }
                return character(set, bytes, at: index + 2, skipping: 2, isLast: isLast)
            default:
                state.apply(sequence.effect)
                return .shift(length: sequence.bytes.count)
            }
        }
    }

    private func character(_ set: CodedSet, _ bytes: [UInt8], at index: Int, skipping: Int, isLast: Bool)
        -> CharacterStep
    {
        let length = set.bytesPerCharacter
        if index + length > bytes.count, !isLast { return .more }
        guard index + length <= bytes.count, (0x20...0x7F).contains(bytes[index]),
            length == 1 || (0x21...0x7E).contains(bytes[index + 1])
        else { return .wrong(length: 1) }
        let entry = length == 1 ? set.character(bytes[index]) : set.character(bytes[index], bytes[index + 1])
        switch entry {
        case .scalar(let scalar): return .scalar(scalar, length: skipping + length)
        case .sequence(let scalars): return .sequence(scalars, length: skipping + length)
        // Both bytes, or all that follow would be read from the wrong one on.
        case .none, .lead: return .wrong(length: skipping + length)
        }
    }
}

/// HZ (RFC 1843): GB 2312 between `~{` and `~}`.
struct HZReader: CharacterReader {
    private var isShifted = false

    /// But for `~`.
    var readsASCII: Bool { false }

    mutating func next(_ bytes: [UInt8], at index: Int, isLast: Bool) -> CharacterStep {
        let byte = bytes[index]
        if byte == Byte.lf { isShifted = false }
        guard byte < 0x80 else { return .wrong(length: 1) }
        guard byte == 0x7E || (isShifted && byte > 0x20) else { return .scalar(UInt32(byte), length: 1) }
        guard index + 1 < bytes.count else { return isLast ? .wrong(length: 1) : .more }
        let second = bytes[index + 1]
        switch (byte, second, isShifted) {
        case (0x7E, 0x7B, false): isShifted = true
        case (0x7E, 0x7D, true): isShifted = false
        case (0x7E, 0x7E, false): return .scalar(0x7E, length: 2)
        case (0x7E, Byte.lf, false): break
        case (0x21...0x7D, 0x21...0x7E, true):
            switch CodedSet.gb2312.character(byte, second) {
            case .scalar(let scalar): return .scalar(scalar, length: 2)
            default: return .wrong(length: 2)
            }
        default: return .wrong(length: 1)
        }
        return .shift(length: 2)
    }
}
