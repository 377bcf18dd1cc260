/// A version of TLS as it is written on the wire (RFC 8446 §4.2.1).
public struct TLSVersion: RawRepresentable, Sendable, Hashable, Comparable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let ssl3 = TLSVersion(rawValue: 0x0300)
    public static let tls10 = TLSVersion(rawValue: 0x0301)
    public static let tls11 = TLSVersion(rawValue: 0x0302)
    public static let tls12 = TLSVersion(rawValue: 0x0303)
    public static let tls13 = TLSVersion(rawValue: 0x0304)

    /// As in `TLS 1.3` or `SSL 3.0`; another is told by its number, as in `0x7f12`.
    public var name: String {
        switch self {
        case .ssl3: "SSL 3.0"
        case .tls10: "TLS 1.0"
        case .tls11: "TLS 1.1"
        case .tls12: "TLS 1.2"
        case .tls13: "TLS 1.3"
        default: "0x" + rawValue.hexadecimal
        }
    }

    /// It stands for no version, and is offered to find servers that trip over what they do not know (RFC 8701 §2).
    public var isGreased: Bool { rawValue.isGreased }

    /// By number. The drafts of TLS 1.3, 0x7f00 and above, come after all that were published.
    public static func < (one: TLSVersion, other: TLSVersion) -> Bool { one.rawValue < other.rawValue }
}
