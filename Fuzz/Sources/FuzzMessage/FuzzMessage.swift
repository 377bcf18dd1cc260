import Fuzzing
import Message
import Wire

/// A message, behind one byte that says how it is cut.
@main enum FuzzMessage {
    static func main() {
        fuzz(check) { Picture.of($0.dropFirst()) }
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        let message = Array(input.dropFirst())
        let length = Int(input.first ?? 0) + 1
        readLines(of: message)
        for text in [EncodedWord.decode(message), Picture.of(message)].compactMap({ $0 }) {
            try expectSafe(Picture.of(text: text))
        }
        if Base64.decode(Base64.encode(message).utf8) != message { throw Violation("base64 does not come back") }
        try DotCheck(message: message, pieces: length).check()
    }

    /// Only traps are looked for here: what a line means is for a person to say.
    private static func readLines(of message: [UInt8]) {
        var lines = MessageLines()
        for line in message.split(separator: Byte.lf, omittingEmptySubsequences: false) {
            _ = lines.line(Array(line.last == Byte.cr ? line.dropLast() : line))
        }
        let name = message.prefix { $0 != Byte.lf }
        _ = Charset(name.text).decode(Array(message.dropFirst(name.count + 1)))
    }

    private static func expectSafe(_ picture: String) throws(Violation) {
        for scalar in picture.unicodeScalars where scalar.properties.generalCategory == .control {
            throw Violation("a picture with U+\(String(scalar.value, radix: 16)) in it: \(picture.debugDescription)")
        }
    }
}
