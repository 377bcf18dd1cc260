import Wire

/// The encoded words of a header field's body (RFC 2047).
public enum EncodedWord {
    /// - Returns: the text as it was meant: encoded words decoded, what stands there raw read by the charset it seems to
    ///   be of; nil where the body is what it looks like.
    public static func decode(_ body: [UInt8]) -> String? {
        let words = EncodedWords(body)
        return words.words.contains { $0.text != nil } || words.hidesRaw ? words.text : nil
    }
}

/// The encodings of encoded words (RFC 2047 §4).
enum WordEncoding {
    /// Base64 with whatever is no base64 left out.
    static func base64(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        if let bytes = Base64.decode(text) { return (bytes, true) }
        var output: [UInt8] = []
        output.reserveCapacity(text.count / 4 * 3 + 3)
        var group: UInt32 = 0
        var held = 0
        for byte in text {
            if byte == Byte.equals {
                // What comes behind padding is another text, as programs write that encode piece by piece.
                flush(&group, &held, to: &output)
            } else if let value = UTF7Reader.value(of: byte) {
                group = group << 6 | value
                held += 1
                if held == 4 { flush(&group, &held, to: &output) }
            }
        }
        flush(&group, &held, to: &output)
        return (output, false)
    }

    private static func flush(_ group: inout UInt32, _ held: inout Int, to output: inout [UInt8]) {
        let whole = group << UInt32(6 * (4 - held))
        for place in 0..<max(0, held - 1) {
            output.append(UInt8(truncatingIfNeeded: whole >> UInt32(16 - 8 * place)))
        }
        (group, held) = (0, 0)
    }

    /// The "Q" encoding, with what is none of it left as it is.
    static func q(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var isClean = true
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            if byte == Byte.equals {
                if index + 1 < text.endIndex, let high = digit(text[index]), let low = digit(text[index + 1]) {
                    output.append(high << 4 | low)
                    index += 2
                    continue
                }
                isClean = false
            }
            // A `?` ends the word where readers are strict (RFC 2047 §4.2).
            if byte == 0x3F || byte >= 0x80 || byte < 0x20 { isClean = false }
            output.append(byte == 0x5F ? Byte.space : byte)
        }
        return (output, isClean)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
