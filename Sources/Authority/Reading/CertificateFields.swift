import SwiftASN1

/// The fields of a certificate as they stand in it (RFC 5280 §4.1), each to be read on its own: what is odd in one of
/// them, or of a kind that X509 does not know, takes nothing from the others.
struct CertificateFields {
    let issuer: ASN1Node
    let validity: ASN1Node
    let subject: ASN1Node
    let publicKey: ASN1Node
    /// By their object identifiers; the content of each is DER again.
    let extensions: [(ASN1ObjectIdentifier, ArraySlice<UInt8>)]

    /// - Returns: nil for what is not built as a certificate.
    init?(der: [UInt8]) {
        guard let certificate = (try? DER.parse(der))?.parts, certificate.count == 3,
            var fields = certificate[0].parts?[...]
        else { return nil }
        if fields.first?.isTagged(0) == true { fields.removeFirst() }
        // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
        guard fields.count >= 6 else { return nil }
        let start = fields.startIndex
        issuer = fields[start + 2]
        validity = fields[start + 3]
        subject = fields[start + 4]
        publicKey = fields[start + 5]
        let list = fields.dropFirst(6).first { $0.isTagged(3) }?.parts?.first?.parts ?? []
        extensions = list.compactMap { node in
            guard let parts = node.parts, let first = parts.first, let last = parts.last,
                let identifier = try? ASN1ObjectIdentifier(derEncoded: first),
                let content = try? ASN1OctetString(derEncoded: last)
            else { return nil }
            return (identifier, content.bytes)
        }
    }

    func `extension`(_ identifier: ASN1ObjectIdentifier) -> ASN1Node? {
        extensions.first { $0.0 == identifier }.flatMap { try? DER.parse($0.1) }
    }
}
