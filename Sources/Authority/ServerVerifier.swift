import Conversation
import SwiftASN1
import Wire
import X509

/// Tells whether a server's certificate is good, and if not, in plain words why.
public struct ServerVerifier: Sendable {
    private let roots: CertificateStore

    /// - Parameter trusted: a PEM file of authorities that are trusted beside the system's.
    /// - Throws: `missing`, `unreadable`, `damaged`.
    public init(trusted: String? = nil) throws(AuthorityError) {
        var store = CertificateStore.systemTrustRoots
        if let trusted {
            guard let content = try FileAccess.content(of: trusted) else {
                throw AuthorityError(
                    .missing, path: trusted, cause: "there is no such file", remedy: "Name a PEM file that is there.")
            }
            let file = try PEMFile(path: trusted, bytes: content.bytes)
            let certificates = file.certificates.compactMap { try? Certificate(derEncoded: $0) }
            guard !certificates.isEmpty, certificates.count == file.certificates.count else {
                throw AuthorityError(
                    .damaged, path: trusted, cause: "a certificate in it is damaged, or there is none",
                    remedy: "Name a PEM file with the certificates of the authorities to be trusted.")
            }
            store.append(contentsOf: certificates)
        }
        roots = store
    }

    /// - Parameters:
    ///   - chain: as DER, the server's own certificate first.
    ///   - name: the host name or IP address by which the server was asked for; nil where it has none.
    public func verify(_ chain: [[UInt8]], name: String?, now: Timestamp = .now()) async -> TLSFacts.Verification {
        let certificates = chain.compactMap { try? Certificate(derEncoded: $0) }
        guard let leaf = certificates.first, certificates.count == chain.count else {
            return .failed(chain.isEmpty ? "it showed none" : "it cannot be read")
        }
        let facts = chain.map(CertificateFacts.init(der:))
        if let found = Self.outOfTime(facts, now.seconds) { return .failed(found) }
        let address = name.flatMap { AddressText.bytes($0) == nil ? nil : $0 }
        let others = CertificateStore(certificates.dropFirst())
        var verifier = Verifier(rootCertificates: roots) { RFC5280Policy() }
        let result = await verifier.validate(leaf: leaf, intermediates: others)
        if case .couldNotValidate(let failures) = result { return .failed(Self.why(facts, failures.first)) }
        guard let name else { return .verified }
        // Asked once more, since of a chain that fails for several reasons the verifier does not say which is the first.
        var identity = Verifier(rootCertificates: roots) {
            RFC5280Policy()
            ServerIdentityPolicy(serverHostname: address == nil ? name : nil, serverIP: address)
        }
        if case .couldNotValidate = await identity.validate(leaf: leaf, intermediates: others) {
            let names = facts[0].names
            return .failed(
                "it is for \(names.isEmpty ? "no name at all" : names.prefix(8).joined(separator: ", ")), not for \(name)"
            )
        }
        return .verified
    }

    private static func outOfTime(_ chain: [CertificateFacts], _ now: Int64) -> String? {
        for (index, facts) in chain.enumerated() {
            let which = index == 0 ? "it" : "the certificate of its issuer \(facts.subject)"
            if now > facts.notAfter { return "\(which) expired at \(UTCText.moment(facts.notAfter))" }
            if now < facts.notBefore {
                return "\(which) begins at \(UTCText.moment(facts.notBefore)), and it is \(UTCText.moment(now)) here"
            }
        }
        return nil
    }

    private static func why(
        _ chain: [CertificateFacts], _ failure: CertificateValidationResult.PolicyFailure?
    ) -> String {
        if chain.count == 1, chain[0].issuer == chain[0].subject { return "it is self-signed, and not trusted here" }
        if failure == nil || chain.allSatisfy({ $0.issuer != "" }) {
            let last = chain.last?.issuer ?? ""
            return "its authority \(last) is not trusted here"
        }
        return "it was refused: \(failure.map { "\($0.policyFailureReason)" } ?? "")"
    }
}
