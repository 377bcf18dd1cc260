import Wire

/// `HTTP/1.1` (RFC 9112 §2.3).
struct HTTPVersion: Sendable, Equatable {
    var major: UInt8
    var minor: UInt8

    /// - Returns: nil for anything but `HTTP/` and two digits with a dot between them.
    init?(_ word: ArraySlice<UInt8>) {
        let bytes = Array(word)
        guard bytes.count == 8, bytes.starts(with: "HTTP/".utf8), bytes[5].isDigit, bytes[6] == Byte.dot,
            bytes[7].isDigit
        else { return nil }
        major = bytes[5] - UInt8(ascii: "0")
        minor = bytes[7] - UInt8(ascii: "0")
    }

    /// HTTP/1.1 or a later 1.x.
    var isModern: Bool { major == 1 && minor >= 1 }
}
