import Wire

/// The announcement of a literal at the end of a line: `{n}`, `{n+}`, `~{n}` (RFC 9051 §4.3, RFC 7888 §4).
struct IMAPLiteralMark: Sendable, Equatable {
    /// Bytes of the end of a line that are looked at.
    private static let length = 64

    let size: UInt64
    /// `{n}`: a client waits for `+` before it says it.
    let waits: Bool
    /// `~{n}`: NUL may be in it (RFC 3516 §4.2).
    let isBinary: Bool

    /// nil where `line` ends with none.
    init?(endOf line: [UInt8]) {
        var end = line.suffix(Self.length)
        guard end.popLast() == UInt8(ascii: "}"), let brace = end.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        waits = end.last != Byte.plus
        guard let size = ASCII.number(end[(brace + 1)...].dropLast(waits ? 0 : 1)) else { return nil }
        self.size = size
        isBinary = brace > end.startIndex && end[brace - 1] == UInt8(ascii: "~")
    }
}
