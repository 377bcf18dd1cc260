import Wire

/// A name that a server's certificate can be for (RFC 5280 §4.2.1.6).
enum CertificateName: Hashable {
    /// Lower case, without a last dot; a whole first label may be `*` (RFC 9525 §6.3).
    case host(String)
    /// 4 or 16 bytes.
    case address([UInt8])

    /// - Returns: nil for what can stand in no certificate. A name in other letters than ASCII is none: certificates
    ///   hold its A-labels (RFC 5280 §7.2).
    init?(_ text: String) {
        if let bytes = AddressText.bytes(text) {
            self = .address(bytes)
            return
        }
        let name = text.utf8.last == Byte.dot ? text.dropLast() : text[...]
        guard !name.isEmpty, name.utf8.count <= AuthorityLimits.hostName else { return nil }
        let labels = name.utf8.split(separator: Byte.dot, omittingEmptySubsequences: false)
        let isWildcard = labels.count > 1 && labels.first.map { $0.elementsEqual([Byte.star]) } == true
        guard labels.dropFirst(isWildcard ? 1 : 0).allSatisfy(Self.isLabel) else { return nil }
        // A last label of digits alone is a mistyped address, never a host (RFC 1123 §2.1).
        guard let last = labels.last, !last.allSatisfy(\.isDigit) else { return nil }
        self = .host(name.lowercased())
    }

    var text: String {
        switch self {
        case .host(let name): name
        case .address(let bytes): AddressText.text(bytes) ?? ""
        }
    }

    /// Letters, digits and hyphens, the last not at an end (RFC 1123 §2.1); and the underscore, which no host name may
    /// have and many a container has.
    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        guard (1...AuthorityLimits.label).contains(label.count) else { return false }
        guard label.first != Byte.hyphen, label.last != Byte.hyphen else { return false }
        return label.allSatisfy { $0.isLetter || $0.isDigit || $0 == Byte.hyphen || $0 == UInt8(ascii: "_") }
    }
}
