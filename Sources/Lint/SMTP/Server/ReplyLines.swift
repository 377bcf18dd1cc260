import Conversation
import Wire

/// Tells the lines of replies from what only passes for lines, such as TLS that nobody looks into.
struct ReplyLines: Sendable {
    private var isOpaque = false

    /// To be asked for each line of both.
    /// - Returns: true for a whole line of the server's, said where replies may be, whatever it begins with.
    mutating func isText(_ line: Utterance, in session: SessionSoFar) -> Bool {
        if let first = line.bytes.first, Self.beginsNoText(first) { isOpaque = true }
        guard line.direction == .server, line.end != .none, session.layer != .agreed else { return false }
        if line.kind == .line, line.bytes.contains(where: { $0 < 0x20 && $0 != Byte.tab && $0 != Byte.cr }) {
            isOpaque = true
        }
        return !isOpaque
    }

    /// The same for one that begins with digits.
    mutating func isReply(_ line: Utterance, in session: SessionSoFar) -> Bool {
        isText(line, in: session) && (line.kind == .reply || line.kind == .challenge)
    }

    /// The type of a record of TLS (RFC 8446 §5.1), or the length of an SSL 2.0 hello.
    private static func beginsNoText(_ byte: UInt8) -> Bool { (0x14...0x18).contains(byte) || byte >= 0x80 }
}
