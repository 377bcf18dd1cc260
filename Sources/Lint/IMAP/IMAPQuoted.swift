import Wire

/// Quoted strings in a piece of a command or response (RFC 9051 §4.3).
enum IMAPQuoted {
    /// One that `text` opens is not closed in it.
    static func isInside(_ text: ArraySlice<UInt8>) -> Bool {
        var scan = Scan()
        for byte in text { _ = scan.isContent(byte) }
        return scan.isOpen
    }

    /// Byte by byte.
    struct Scan {
        private(set) var isOpen = false
        /// The last byte was a backslash that makes the next one stand for itself.
        private(set) var isEscaped = false

        /// This byte is in a quoted string, and neither of its quotes.
        mutating func isContent(_ byte: UInt8) -> Bool {
            guard isOpen else {
                isOpen = byte == Byte.quote
                return false
            }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == Byte.quote {
                isOpen = false
                return false
            }
            return true
        }
    }
}
