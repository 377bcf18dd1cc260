import Wire

/// The timestamp in a greeting, by which a server says that it knows APOP (RFC 1939 §7).
enum APOPTimestamp: Equatable {
    case none
    case valid
    /// Something between angle brackets that is no msg-id (RFC 2449 §3, RFC 822 §4.6).
    case malformed(ArraySlice<UInt8>)

    /// - Parameter line: the text of the greeting.
    init(_ line: [UInt8]) {
        var malformed: ArraySlice<UInt8>?
        var rest = line[...]
        while let start = rest.firstIndex(of: Byte.less) {
            rest = rest[(start + 1)...]
            guard let end = rest.firstIndex(of: Byte.greater) else { break }
            // The last `<` before the `>` is where it begins.
            let first = rest[..<end].lastIndex(of: Byte.less).map { $0 + 1 } ?? rest.startIndex
            if Self.isMessageID(line[first..<end]) {
                self = .valid
                return
            }
            if malformed == nil { malformed = line[(first - 1)...end] }
            rest = rest[(end + 1)...]
        }
        self = malformed.map { .malformed($0) } ?? .none
    }

    private static func isMessageID(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > bytes.startIndex, at + 1 < bytes.endIndex else {
            return false
        }
        return bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
