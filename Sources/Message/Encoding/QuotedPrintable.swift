import Wire

/// Decodes quoted-printable (RFC 2045 §6.7) as it arrives, and says what is wrong with it.
public struct QuotedPrintable: Sendable {
    private enum State {
        case text
        /// Behind `=`, which stands at this offset.
        case equals(UInt64)
        /// Behind `=` and a hexadecimal digit.
        case digit(UInt64, UInt8)
        /// Behind `=` and that many blanks.
        case equalsBlank(UInt64, Int)
    }

    private var state = State.text
    private(set) var output: KeptBytes
    public private(set) var faults = EncodingFaults()
    private var lineLength: UInt64 = 0
    private var lineStart: UInt64 = 0
    /// Blanks that may turn out to end their line: where they begin in the output and in the input.
    private var blanks: (mark: KeptBytes.Mark, offset: UInt64)?

    init(limit: Int) {
        output = KeptBytes(limit: limit)
    }

    /// - Returns: the content, and what was wrong; offsets count from the first byte.
    public static func decode(_ bytes: [UInt8]) -> (bytes: [UInt8], faults: EncodingFaults) {
        var decoder = QuotedPrintable(limit: bytes.count)
        BodyLines.feed(bytes, to: &decoder)
        return (decoder.output.bytes, decoder.faults)
    }
}

extension QuotedPrintable: BodyDecoder {
    mutating func content(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64) {
        if lineLength == 0 { lineStart = offset }
        lineLength += UInt64(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let here = offset + UInt64(index)
            switch state {
            case .text:
                var end = index
                while end < bytes.count, bytes[end] &- 0x21 < 94, bytes[end] != Byte.equals { end += 1 }
                if end > index {
                    blanks = nil
                    output.append(UnsafeBufferPointer(rebasing: bytes[index..<end]))
                    index = end
                    continue
                }
                if byte == Byte.equals, index + 2 < bytes.count,
                    let octet = Self.octet(bytes[index + 1], bytes[index + 2])
                {
                    blanks = nil
                    output.append(octet)
                    index += 3
                    continue
                }
                special(byte, at: here)
                index += 1
            case .equals(let start):
                if byte.hexadecimal != nil {
                    state = .digit(start, byte)
                    index += 1
                } else if byte.isBlank {
                    state = .equalsBlank(start, 1)
                    index += 1
                } else {
                    bad(start, byte, literally: [Byte.equals])
                }
            case .digit(let start, let first):
                guard let high = first.hexadecimal, let low = byte.hexadecimal else {
                    bad(start, byte, literally: [Byte.equals, first])
                    continue
                }
                if first >= 0x61 || byte >= 0x61 { faults.add(.lowerCase, at: start, byte: byte) }
                output.append(high << 4 | low)
                state = .text
                index += 1
            case .equalsBlank(let start, let count):
                guard byte.isBlank else {
                    bad(start, Byte.space, literally: [Byte.equals])
                    for _ in 0..<count { output.append(Byte.space) }
                    continue
                }
                state = .equalsBlank(start, count + 1)
                index += 1
            }
        }
    }

    /// What two digits in upper case stand for, as all but a few are.
    @inline(__always)
    private static func octet(_ first: UInt8, _ second: UInt8) -> UInt8? {
        guard let high = first.hexadecimal, let low = second.hexadecimal, first < 0x61, second < 0x61 else {
            return nil
        }
        return high << 4 | low
    }

    private mutating func special(_ byte: UInt8, at offset: UInt64) {
        if byte.isBlank {
            if blanks == nil { blanks = (output.mark, offset) }
            output.append(byte)
            return
        }
        blanks = nil
        if byte == Byte.equals {
            state = .equals(offset)
        } else {
            faults.add(.rawByte, at: offset, byte: byte)
            output.append(byte)
        }
    }

    private mutating func bad(_ start: UInt64, _ byte: UInt8, literally bytes: [UInt8]) {
        faults.add(.escape, at: start, byte: byte)
        for byte in bytes { output.append(byte) }
        blanks = nil
        state = .text
    }

    mutating func lineEnd(isCRLF: Bool) {
        if closeLine() { output.appendLineEnd(isCRLF: isCRLF) }
    }

    mutating func finish() {
        _ = closeLine()
    }

    /// - Returns: false where the line goes on behind a soft line break.
    private mutating func closeLine() -> Bool {
        if lineLength > 76 { faults.add(.longLine, at: lineStart) }
        lineLength = 0
        defer {
            state = .text
            blanks = nil
        }
        switch state {
        case .text:
            if let blanks {
                faults.add(.trailingBlank, at: blanks.offset)
                output.cut(to: blanks.mark)
            }
            return true
        case .equals: return false
        case .equalsBlank(let start, _):
            faults.add(.trailingBlank, at: start + 1)
            return false
        case .digit(let start, let first):
            bad(start, Byte.cr, literally: [Byte.equals, first])
            return true
        }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit, in either case.
    var hexadecimal: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
