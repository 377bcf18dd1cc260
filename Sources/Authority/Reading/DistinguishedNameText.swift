import SwiftASN1

/// A distinguished name as text (RFC 4514): the last of its parts first, as in `CN=mail.example.com, O=Example`.
enum DistinguishedNameText {
    /// The names of RFC 4514 §3, and those that certificates have besides.
    private static let types: [ASN1ObjectIdentifier: String] = [
        [2, 5, 4, 3]: "CN", [2, 5, 4, 4]: "SN", [2, 5, 4, 5]: "serialNumber", [2, 5, 4, 6]: "C", [2, 5, 4, 7]: "L",
        [2, 5, 4, 8]: "ST", [2, 5, 4, 9]: "STREET", [2, 5, 4, 10]: "O", [2, 5, 4, 11]: "OU", [2, 5, 4, 12]: "title",
        [2, 5, 4, 42]: "GN", [2, 5, 4, 97]: "organizationIdentifier",
        [0, 9, 2342, 19_200_300, 100, 1, 1]: "UID", [0, 9, 2342, 19_200_300, 100, 1, 25]: "DC",
        [1, 2, 840, 113_549, 1, 9, 1]: "emailAddress",
    ]

    static func text(_ name: ASN1Node) -> String {
        (name.parts ?? []).reversed().map { relative in
            (relative.parts ?? []).compactMap(attribute).joined(separator: "+")
        }.joined(separator: ", ")
    }

    private static func attribute(_ node: ASN1Node) -> String? {
        guard let parts = node.parts, parts.count == 2, let type = try? ASN1ObjectIdentifier(derEncoded: parts[0])
        else { return nil }
        return (types[type] ?? type.description) + "=" + value(parts[1])
    }

    private static func value(_ node: ASN1Node) -> String {
        guard let bytes = node.bytes, let text = decoded(bytes, node.identifier) else {
            // RFC 4514 §2.4: what is no string is shown as the hexadecimal of its BER.
            return "#" + node.encodedBytes.map(hexadecimal).joined()
        }
        return escaped(text, special: ",+\"\\<>;")
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, _ type: ASN1Identifier) -> String? {
        switch type {
        case .utf8String, .printableString, .ia5String, .numericString, .visibleString:
            String(decoding: bytes, as: UTF8.self)
        // T.61 in name; in fact whoever wrote one wrote Latin-1.
        case .teletexString: String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .bmpString where bytes.count.isMultiple(of: 2): String(decoding: units(bytes), as: UTF16.self)
        default: nil
        }
    }

    private static func units(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }

    /// The text with `special` and control characters escaped (RFC 4514 §2.4): it comes from the network and goes to a
    /// terminal.
    static func escaped(_ text: String, special: String = "\\") -> String {
        var output = ""
        let last = text.unicodeScalars.count - 1
        for (index, scalar) in text.unicodeScalars.enumerated() {
            let isOuterSpace = scalar == " " && (index == 0 || index == last)
            if isOuterSpace || (scalar == "#" && index == 0) || special.unicodeScalars.contains(scalar) {
                output += "\\\(scalar)"
            } else if scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format {
                output += String(scalar).utf8.map { "\\" + hexadecimal($0) }.joined()
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
