import Wire

/// The encoded words of a header field's body (RFC 2047).
public enum EncodedWord {
    /// - Returns: the text with its encoded words decoded; nil where there are none, or none that can be read.
    public static func decode(_ body: [UInt8]) -> String? {
        var output = ""
        var found = false
        var index = 0
        var plainStart = 0
        while index + 1 < body.count {
            guard body[index] == Byte.equals, body[index + 1] == 0x3F, let word = word(body, at: index) else {
                index += 1
                continue
            }
            let between = body[plainStart..<index]
            // White space between two encoded words is not part of the text (RFC 2047 §6.2).
            let isBetweenWords = found && between.allSatisfy { $0.isBlank || $0 == Byte.cr || $0 == Byte.lf }
            if !isBetweenWords { output += between.text }
            output += word.text
            found = true
            index = word.end
            plainStart = index
        }
        guard found else { return nil }
        return output + body[plainStart...].text
    }

    /// `=?charset?encoding?text?=` (RFC 2047 §2).
    private static func word(_ body: [UInt8], at start: Int) -> (text: String, end: Int)? {
        guard let charsetEnd = mark(body, from: start + 2), let encodingEnd = mark(body, from: charsetEnd + 1),
            let textEnd = mark(body, from: encodingEnd + 1), textEnd + 1 < body.count,
            body[textEnd + 1] == Byte.equals
        else { return nil }
        let name = body[(start + 2)..<charsetEnd].prefix { $0 != Byte.star }
        let raw = body[(encodingEnd + 1)..<textEnd]
        let bytes: [UInt8]?
        switch ASCII.uppercased(body[(charsetEnd + 1)..<encodingEnd]) {
        case "B": bytes = Base64.decode(raw)
        case "Q": bytes = quoted(raw)
        default: bytes = nil
        }
        guard let bytes, let text = Charset(name.text).decode(bytes) else { return nil }
        return (text, textEnd + 2)
    }

    private static func mark(_ body: [UInt8], from start: Int) -> Int? {
        var index = start
        while index < body.count, !body[index].isBlank {
            if body[index] == 0x3F { return index }
            index += 1
        }
        return nil
    }

    private static func quoted(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var index = raw.startIndex
        while index < raw.endIndex {
            let byte = raw[index]
            if byte == Byte.equals, index + 2 < raw.endIndex,
                let value = UInt8(raw[(index + 1)...(index + 2)].text, radix: 16)
            {
                output.append(value)
                index += 3
                continue
            }
            output.append(byte == 0x5F ? Byte.space : byte)
            index += 1
        }
        return output
    }
}
