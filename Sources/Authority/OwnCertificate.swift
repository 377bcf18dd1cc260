import Conversation
import SwiftASN1
import X509

/// A certificate of the user's own, to be shown to clients in the place of one that the authority signs.
public struct OwnCertificate: Sendable {
    public let leaf: Leaf
    /// What clients will likely complain of; no reason to refuse it, since to see that may be what the user wants.
    public let warnings: [Warning]

    public enum Warning: Sendable, Equatable, CustomStringConvertible {
        /// Seconds since 1970.
        case expired(at: Int64)
        /// Seconds since 1970.
        case notYetValid(until: Int64)
        /// It has no subjectAltName, and clients look nowhere else for a name (RFC 9525 §6.3).
        case noNames
        /// The certificate that stands at `position` of the file, from 1, is not signed by the next one.
        case brokenChain(position: Int)

        public var description: String {
            switch self {
            case .expired(let end): "it ended at \(UTCText.moment(end))"
            case .notYetValid(let start): "it begins at \(UTCText.moment(start))"
            case .noNames: "it has no subjectAltName, so it is for no name at all"
            case .brokenChain(let position):
                "certificate \(position) of the file is not signed by the one after it, as a chain has to be"
            }
        }
    }

    /// Reads a certificate and what vouches for it from a PEM file, and its private key from another or the same.
    /// - Parameters:
    ///   - certificate: the path of the chain, the server's own certificate first.
    ///   - key: the path of the key, PKCS#8, PKCS#1 or SEC1; nil where it stands in the file of the certificate.
    /// - Throws: `missing`, `unreadable`, `damaged`, `encrypted`, `unsupported`, `mismatch`.
    public init(certificate: String, key: String? = nil, now: Timestamp = .now()) throws(AuthorityError) {
        let file = try Self.file(certificate)
        let chain = file.certificates
        guard let first = chain.first else {
            throw AuthorityError(
                .damaged, path: certificate, cause: "there is no certificate in it",
                remedy: "A line `-----BEGIN CERTIFICATE-----` begins one; name the file that has it.")
        }
        for (index, der) in chain.enumerated() where CertificateFields(der: der) == nil {
            throw AuthorityError(
                .damaged, path: certificate, cause: "certificate \(index + 1) of the file is damaged",
                remedy: "Copy the file anew; `openssl x509 -noout -in \(ShellWord(certificate))` tries the first.")
        }
        var keyFile = file
        if let key { keyFile = try Self.file(key) }
        let secret = try SecretKey(keyFile)
        guard Self.belongs(secret, to: first) else {
            let other = chain.dropFirst().firstIndex { Self.belongs(secret, to: $0) }
            throw AuthorityError(
                .mismatch, path: key ?? certificate,
                cause: "this private key does not belong to the first certificate in \(certificate)"
                    + (other.map { ", but to number \($0 + 1) of that file" } ?? ""),
                remedy: other == nil
                    ? "Name the key that the certificate was asked for with."
                    : "Put that certificate first: the server's own comes before those that vouch for it.")
        }
        leaf = Leaf(chain: chain, key: secret)
        warnings = Self.warnings(chain.map { CertificateFacts(der: $0) }, now: now.seconds)
    }

    private static func file(_ path: String) throws(AuthorityError) -> PEMFile {
        guard let content = try FileAccess.content(of: path) else {
            throw AuthorityError(
                .missing, path: path, cause: "there is no such file", remedy: "Name a PEM file that is there.")
        }
        return try PEMFile(path: path, bytes: content.bytes)
    }

    private static func belongs(_ key: SecretKey, to certificate: [UInt8]) -> Bool {
        guard let node = CertificateFields(der: certificate)?.publicKey else { return false }
        return (try? Certificate.PublicKey(derEncoded: node)) == key.signer.publicKey
    }

    private static func warnings(_ chain: [CertificateFacts], now: Int64) -> [Warning] {
        guard let facts = chain.first else { return [] }
        var warnings: [Warning] = []
        if now > facts.notAfter { warnings.append(.expired(at: facts.notAfter)) }
        if now < facts.notBefore { warnings.append(.notYetValid(until: facts.notBefore)) }
        if facts.names.isEmpty { warnings.append(.noNames) }
        let breach = zip(chain, chain.dropFirst()).enumerated().first { $0.element.0.issuer != $0.element.1.subject }
        if let breach { warnings.append(.brokenChain(position: breach.offset + 1)) }
        return warnings
    }
}
