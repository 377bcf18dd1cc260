import Wire

/// An escape sequence of ISO 2022, known or not.
public struct EscapeSequence: Sendable, Equatable {
    /// What an escape sequence does.
    public enum Effect: Sendable, Equatable {
        /// The bytes that follow are of this set.
        case g0(CodedSet)
        /// They are where SO stands before them.
        case g1(CodedSet)
        /// Those behind `ESC N` are.
        case g2(CodedSet)
        /// `ESC N`: the next character is of the set named last by an escape sequence for G2.
        case singleShift
        /// The set that follows is in its version of 1990.
        case revision
        case unknown
    }

    public let bytes: [UInt8]
    public let effect: Effect

    /// As RFC 1468 writes it: `ESC $ B`.
    public var name: String {
        "ESC" + bytes.dropFirst().map { " " + String(decoding: [$0], as: UTF8.self) }.joined()
    }

    /// The set that it calls, or nil.
    public var set: CodedSet? {
        switch effect {
        case .g0(let set), .g1(let set), .g2(let set): set
        case .singleShift, .revision, .unknown: nil
        }
    }

    /// RFC 1468 has it.
    public var isInISO2022JP: Bool {
        if case .g0(let set) = effect { return set.isInISO2022JP && bytes.count == 3 && bytes.last != 0x48 }
        return false
    }

    enum Reading: Equatable {
        case sequence(EscapeSequence)
        /// Cut; bytes that follow may complete it.
        case cut(length: Int)
    }

    /// What begins with the ESC at `index`.
    static func read(_ bytes: [UInt8], at index: Int) -> Reading {
        let limit = min(index + 4, bytes.count)
        var end = index + 1
        // ESC, intermediate bytes, a final byte (ECMA-35 §13.1).
        while end < limit, (0x20...0x2F).contains(bytes[end]) { end += 1 }
        if end < limit, (0x30...0x7E).contains(bytes[end]) {
            let sequence = Array(bytes[index...end])
            return .sequence(EscapeSequence(bytes: sequence, effect: effect(sequence)))
        }
        if end == bytes.count, end < index + 4, isBeginning(bytes[(index + 1)..<end]) {
            return .cut(length: end - index)
        }
        return .sequence(EscapeSequence(bytes: [Byte.escape], effect: .unknown))
    }

    private static func effect(_ sequence: [UInt8]) -> Effect {
        let final = sequence[sequence.count - 1]
        switch sequence.count {
        case 2: return final == 0x4E ? .singleShift : .unknown
        case 3: return effect(sequence[1], final)
        default: return effect(sequence[1], sequence[2], final)
        }
    }

    private static func effect(_ intermediate: UInt8, _ final: UInt8) -> Effect {
        switch (Unicode.Scalar(intermediate), Unicode.Scalar(final)) {
        case ("(", "B"): .g0(.ascii)
        // ESC ( H, which calls the Swedish set, is what some programs of the 1980s wrote for JIS Roman.
        case ("(", "J"), ("(", "H"): .g0(.jisRoman)
        case ("(", "I"): .g0(.halfWidthKana)
        case (")", "I"): .g1(.halfWidthKana)
        case ("$", "@"): .g0(.jis1978)
        case ("$", "B"): .g0(.jis1983)
        case ("$", "A"): .g0(.gb2312)
        case (".", "A"): .g2(.latin1)
        case (".", "F"): .g2(.greek)
        case ("&", "@"): .revision
        default: .unknown
        }
    }

    private static func effect(_ first: UInt8, _ second: UInt8, _ final: UInt8) -> Effect {
        guard first == 0x24 else { return .unknown }
        return switch (Unicode.Scalar(second), Unicode.Scalar(final)) {
        case ("(", "@"): .g0(.jis1978)
        case ("(", "B"): .g0(.jis1983)
        case ("(", "A"): .g0(.gb2312)
        case ("(", "C"): .g0(.ksc5601)
        case ("(", "D"): .g0(.jisSupplement)
        case ("(", "O"): .g0(.jis2000)
        case ("(", "Q"): .g0(.jis2004)
        case ("(", "P"): .g0(.jisPlane2)
        case (")", "A"): .g1(.gb2312)
        case (")", "C"): .g1(.ksc5601)
        case (")", "G"): .g1(.cns1)
        case ("*", "H"): .g2(.cns2)
        default: .unknown
        }
    }

    /// - Parameter intermediates: what stands behind ESC, cut where the text is.
    private static func isBeginning(_ intermediates: ArraySlice<UInt8>) -> Bool {
        guard let first = intermediates.first else { return true }
        return intermediates.count == 1
            ? [0x24, 0x26, 0x28, 0x29, 0x2E].contains(first)
            : first == 0x24 && [0x28, 0x29, 0x2A].contains(intermediates[intermediates.startIndex + 1])
    }
}

/// Which sets the bytes of a text in ISO 2022 are of, as its escape sequences have it so far.
struct ISO2022State: Sendable, Equatable {
    private(set) var g0 = CodedSet.ascii
    private(set) var g1: CodedSet?
    private(set) var g2: CodedSet?
    private(set) var isShifted = false

    /// The set of the next byte.
    var set: CodedSet { isShifted ? g1 ?? .halfWidthKana : g0 }

    mutating func apply(_ effect: EscapeSequence.Effect) {
        switch effect {
        case .g0(let set):
            g0 = set
            isShifted = false
        case .g1(let set): g1 = set
        case .g2(let set): g2 = set
        case .singleShift, .revision, .unknown: break
        }
    }

    mutating func shift(out: Bool) { isShifted = out }

    /// SO ends with its line (RFC 1557 §2, RFC 1922 §2), and so does what was named for `ESC N` (RFC 1554); the set of
    /// `ESC $ B` goes on, though it should not be there (RFC 1468).
    mutating func lineEnded() {
        isShifted = false
        if g2 == .latin1 || g2 == .greek { g2 = nil }
    }
}
