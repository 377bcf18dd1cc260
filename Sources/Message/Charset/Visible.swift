import Wire

/// Bytes as a reader can see them beside the text that they mean.
public enum Visible {
    public enum Kind: Sendable, Equatable {
        /// ASCII that means itself.
        case plain
        /// Bytes that mean other characters than they look like.
        case characters
        case escape(EscapeSequence)
        /// SO and SI, the shifts of UTF-7 and HZ, a byte order mark.
        case shift
        case control
        /// No bytes of the charset, though what they mean is seen.
        case odd
        case wrong
        /// There were more pieces than are shown one by one.
        case rest
    }

    public struct Piece: Sendable, Equatable {
        public let range: Range<Int>
        public let kind: Kind
        /// Printable: escape sequences as `␛$B`, control bytes as pictures, bytes above 127 as `\xHH`.
        public let raw: String
        /// What they mean; empty for escape sequences and shifts.
        public let text: String
    }

    /// One line, safe on a terminal.
    public static func raw(_ bytes: some Sequence<UInt8>) -> String {
        var output: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 0x00...0x1F: output.append(scalar: 0x2400 + UInt32(byte))
            case 0x7F: output.append(scalar: 0x2421)
            case 0x80...0xFF:
                output += [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: output.append(byte)
            }
        }
        return output.text
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// - Parameter charset: where it is not known, bytes above 127 are wrong; where it says nothing, it is guessed.
    public static func pieces(_ bytes: [UInt8], as charset: Charset) -> [Piece] {
        let known = charset.saysNothing ? charset.read(bytes)?.readAs ?? charset : charset
        var reader = known.entry?.reading.reader ?? ASCIIReader()
        var pieces: [Piece] = []
        var run = Run(start: 0, kind: .plain)
        var index = 0
        while index < bytes.count {
            let step = Step(reader.next(bytes, at: index, isLast: true), bytes, at: index)
            if step.kind != run.kind || step.standsAlone {
                run.end(at: index, bytes, &pieces)
                if pieces.count >= CharsetLimits.pieces {
                    pieces.append(
                        Piece(range: index..<bytes.count, kind: .rest, raw: "…", text: ""))
                    return pieces
                }
                run = Run(start: index, kind: step.kind)
            }
            run.text += step.scalars
            index += step.length
        }
        run.end(at: index, bytes, &pieces)
        return pieces
    }

    private struct Run {
        let start: Int
        let kind: Kind
        var text: [UInt32] = []

        func end(at index: Int, _ bytes: [UInt8], _ pieces: inout [Piece]) {
            guard start < index else { return }
            var utf8: [UInt8] = []
            for scalar in text { utf8.append(scalar: scalar) }
            pieces.append(
                Piece(
                    range: start..<index, kind: kind, raw: Visible.raw(bytes[start..<index]),
                    text: kind == .control ? "" : Picture.of(text: utf8.text)))
        }
    }

    private struct Step {
        let kind: Kind
        let length: Int
        let scalars: [UInt32]

        var standsAlone: Bool {
            if case .escape = kind { return true }
            return false
        }

        init(_ step: CharacterStep, _ bytes: [UInt8], at index: Int) {
            switch step {
            case .scalar(let scalar, let count):
                let isItself = count == 1 && scalar == UInt32(bytes[index])
                let isControl = isItself && (scalar < 0x20 || scalar == 0x7F)
                (kind, length, scalars) =
                    (isControl ? .control : isItself && scalar < 0x80 ? .plain : .characters, count, [scalar])
            case .sequence(let several, let count): (kind, length, scalars) = (.characters, count, several)
            case .odd(let scalar, let count): (kind, length, scalars) = (.odd, count, [scalar])
            case .wrong(let count): (kind, length, scalars) = (.wrong, count, [0xFFFD])
            case .shift(let count):
                if count > 0, bytes[index] == Byte.escape,
                    case .sequence(let sequence) = EscapeSequence.read(bytes, at: index)
                {
                    kind = .escape(sequence)
                } else {
                    kind = .shift
                }
                (length, scalars) = (count, [])
            case .more: (kind, length, scalars) = (.wrong, 1, [0xFFFD])
            }
        }
    }
}
