import Conversation
import Wire

/// Pieces of HTTP's lines, and how they stand in a sentence.
enum HTTPText {
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: { $0.isBlank })
        while bytes.last?.isBlank == true { bytes.removeLast() }
        return bytes
    }

    /// A byte of a token (RFC 9110 §5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        if byte.isLetter || byte.isDigit { return true }
        return switch byte {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// A line as it stands in a sentence. What follows the `?` of a request is left out: forms put passwords there.
    static func quote(_ line: Utterance) -> String {
        guard line.direction == .client, line.kind != .field,
            let mark = line.bytes.firstIndex(
                of: UInt8(
                    ascii: "?"))
        else { return Quote.of(line) }
        var cut = line
        cut.bytes = Array(line.bytes[...mark]) + Array("…".utf8)
        if let secret = line.secretFrom, secret >= cut.bytes.count { cut.secretFrom = nil }
        return Quote.of(cut)
    }
}
