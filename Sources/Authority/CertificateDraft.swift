import Crypto
import SwiftASN1
import X509

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is to be signed as a certificate (RFC 5280 §4.1).
struct CertificateDraft {
    var subject: DistinguishedName
    var issuer: DistinguishedName
    var publicKey: Certificate.PublicKey
    /// Seconds since 1970.
    var notBefore: Int64
    /// Seconds since 1970.
    var notAfter: Int64
    var extensions: Certificate.Extensions

    /// - Returns: the certificate as DER.
    func signed(by key: SecretKey) throws(AuthorityError) -> [UInt8] {
        do {
            let certificate = try Certificate(
                version: .v3, serialNumber: Self.serialNumber(), publicKey: publicKey,
                notValidBefore: Date(timeIntervalSince1970: Double(notBefore)),
                notValidAfter: Date(timeIntervalSince1970: Double(notAfter)), issuer: issuer, subject: subject,
                extensions: extensions, issuerPrivateKey: key.signer)
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            return serializer.serializedBytes
        } catch {
            throw .cannotSign
        }
    }

    /// 16 bytes, positive, of 126 random bits (RFC 5280 §4.1.2.2 wants it unique and of 20 bytes at most).
    private static func serialNumber() -> Certificate.SerialNumber {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
        bytes[0] = bytes[0] & 0x3F | 0x40
        return Certificate.SerialNumber(bytes: bytes)
    }
}

extension SecretKey {
    /// A new one, on P-256, which every client knows.
    static func made() -> SecretKey {
        let key = P256.Signing.PrivateKey()
        return SecretKey(pem: key.pemRepresentation + "\n", signer: Certificate.PrivateKey(key))
    }
}

extension AuthorityError {
    static let cannotSign = AuthorityError(
        .cannotSign, cause: "the certificate could not be made",
        remedy: "This is a defect of mailtee; please report it.")
}
