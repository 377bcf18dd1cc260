import Conversation
import SwiftASN1
import X509

extension Authority {
    /// Makes a certificate for a server, good for 90 days from the day before `now` and never beyond the end of the
    /// authority.
    /// - Parameter fault: what shall be wrong with it; nil for one that clients of the authority take.
    /// - Throws: `noName` where no name of the subject can stand in a certificate; `expired` and `notYetValid` of the
    ///   authority.
    public func leaf(
        for subject: LeafSubject, fault: LeafFault? = nil, now: Timestamp = .now()
    ) throws(AuthorityError) -> Leaf {
        try checkTime(now.seconds)
        let names = fault == .wrongName ? ["wrong.name.invalid"] : subject.names
        guard !names.isEmpty else {
            let refused = subject.leftOut.prefix(3).joined(separator: ", ")
            throw AuthorityError(
                .noName, cause: refused.isEmpty ? "there is no name" : "no certificate can be for \(refused)",
                remedy: "Give the host name or the IP address by which clients call the server.")
        }
        var signer = self
        if fault == .unknownAuthority { signer = try impostor() }
        let (notBefore, notAfter) = validity(fault, now: now.seconds)
        let draft = try CertificateDraft.leaf(
            names: names, key: leafKey, signer: fault == .selfSigned ? nil : signer, notBefore: notBefore,
            notAfter: notAfter)
        let der = try draft.signed(by: fault == .selfSigned ? leafKey : signer.key)
        return Leaf(chain: fault == .selfSigned ? [der] : [der, signer.certificateDER], key: leafKey)
    }

    /// In seconds since 1970.
    private func validity(_ fault: LeafFault?, now: Int64) -> (notBefore: Int64, notAfter: Int64) {
        switch fault {
        case .expired:
            let end = now - AuthorityLimits.day
            return (end - AuthorityLimits.leafLife, end)
        case .notYetValid:
            let start = now + AuthorityLimits.day
            return (start, max(start + 1, min(start + AuthorityLimits.leafLife, facts.notAfter)))
        case .wrongName, .unknownAuthority, .selfSigned, nil:
            let start = now - AuthorityLimits.clockSkew
            return (start, min(start + AuthorityLimits.leafLife, facts.notAfter))
        }
    }

    /// An authority of the same common name and the same time with another key, which is thrown away with it.
    private func impostor() throws(AuthorityError) -> Authority {
        let key = SecretKey.made()
        do {
            // Under the very same name, Java and Go find a wrong signature of the one they know: another fault.
            var name = certificate.subject
            let unit = RelativeDistinguishedName.Attribute(
                type: .RDNAttributeType.organizationalUnitName, utf8String: "trusted by nobody")
            name.insert(RelativeDistinguishedName([unit]), at: max(0, name.count - 1))
            let draft = try CertificateDraft.authority(
                named: name, key: key, notBefore: facts.notBefore, notAfter: facts.notAfter)
            return try Authority(self, certificate: try Certificate(derEncoded: try draft.signed(by: key)), key: key)
        } catch {
            throw .cannotSign
        }
    }
}

extension CertificateDraft {
    /// - Parameters:
    ///   - signer: nil for one that signs itself.
    ///   - notBefore: seconds since 1970.
    ///   - notAfter: seconds since 1970.
    fileprivate static func leaf(
        names: [String], key: SecretKey, signer: Authority?, notBefore: Int64, notAfter: Int64
    ) throws(AuthorityError) -> CertificateDraft {
        let publicKey = key.signer.publicKey
        do {
            // Never without a subject: the subjectAltName would have to be critical then (RFC 5280 §4.1.2.6).
            let first = names.first { $0.utf8.count <= AuthorityLimits.commonName }
            let subject = try DistinguishedName {
                if let first { CommonName(first) } else { OrganizationName("mailtee") }
            }
            let ownIdentifier = SubjectKeyIdentifier(hash: publicKey)
            let identifier = signer?.subjectKeyIdentifier ?? ownIdentifier
            return CertificateDraft(
                subject: subject, issuer: signer?.certificate.subject ?? subject, publicKey: publicKey,
                notBefore: notBefore, notAfter: notAfter,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([.serverAuth])
                    SubjectAlternativeNames(names.compactMap(CertificateName.init).map(\.general))
                    ownIdentifier
                    AuthorityKeyIdentifier(keyIdentifier: identifier.keyIdentifier)
                })
        } catch {
            throw .cannotSign
        }
    }
}

extension CertificateName {
    fileprivate var general: GeneralName {
        switch self {
        case .host(let name): .dnsName(name)
        case .address(let bytes): .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
        }
    }
}

extension Authority {
    /// What its leaves name it by: its own word, where it has one (RFC 5280 §4.2.1.1).
    fileprivate var subjectKeyIdentifier: SubjectKeyIdentifier {
        (try? certificate.extensions.subjectKeyIdentifier) ?? SubjectKeyIdentifier(hash: certificate.publicKey)
    }
}
