import Wire

/// How a body is encoded for the way (RFC 2045 §6).
public enum TransferEncoding: Sendable, Equatable {
    /// There is no such field: 7bit.
    case absent
    case sevenBit
    case eightBit
    case binary
    case quotedPrintable
    case base64
    /// Another word, as written; nothing is decoded.
    case unknown([UInt8])

    /// - Parameter value: of the field; what stands behind the word is passed over.
    public init(_ value: some Collection<UInt8>) {
        var cursor = HeaderCursor(Array(value))
        cursor.skipComments()
        let word = cursor.take { !$0.isBlank && $0 != 0x28 && $0 != 0x3B }
        switch ASCII.uppercased(word) {
        case "7BIT": self = .sevenBit
        case "8BIT": self = .eightBit
        case "BINARY": self = .binary
        case "QUOTED-PRINTABLE": self = .quotedPrintable
        case "BASE64": self = .base64
        default: self = .unknown(Array(word))
        }
    }

    /// - Parameter value: of the field.
    /// - Returns: true where it is a word of RFC 2045 §6.1 and nothing else, comments left out.
    static func isWord(_ value: [UInt8]) -> Bool {
        if case .unknown = TransferEncoding(value) { return false }
        var cursor = HeaderCursor(value)
        cursor.skipComments()
        _ = cursor.take { $0.isTokenText }
        cursor.skipComments()
        return cursor.isAtEnd
    }

    /// The bytes on the wire are not those of the content.
    public var isEncoded: Bool { self == .quotedPrintable || self == .base64 }
}
