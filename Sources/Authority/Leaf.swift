import Conversation

/// A certificate to show to a client, with its private key.
public struct Leaf: Sendable {
    /// As DER, to be sent in this order: the server's own first, then those that vouch for it.
    public let chain: [[UInt8]]
    public let key: SecretKey
    /// Of the first of the chain.
    public let facts: CertificateFacts

    init(chain: [[UInt8]], key: SecretKey) {
        self.chain = chain
        self.key = key
        facts = CertificateFacts(der: chain.first ?? [])
    }

    /// The chain as PEM.
    public var chainPEM: String { chain.map { PEMBlock(label: "CERTIFICATE", der: $0).text }.joined() }
}

/// Whom a leaf is for.
public struct LeafSubject: Sendable, Hashable {
    /// Host names in lower case, wildcard names and IP addresses in text form, in the order given, each once.
    public let names: [String]
    /// The names given that can stand in no certificate, and those past the limit of `AuthorityLimits`.
    public let leftOut: [String]

    /// - Parameter names: of the real server's certificate, or those by which clients call it; the first becomes the
    ///   common name.
    public init(names: [String]) {
        var kept: [String] = []
        var leftOut: [String] = []
        for text in names {
            let name = CertificateName(text)?.text
            if let name, kept.contains(name) { continue }
            if let name, kept.count < AuthorityLimits.names {
                kept.append(name)
            } else {
                leftOut.append(text)
            }
        }
        self.names = kept
        self.leftOut = leftOut
    }
}

/// What is wrong with a leaf, on purpose: this and nothing else. What OpenSSL says of each stands beside it.
public enum LeafFault: String, Sendable, CaseIterable {
    /// It ended a day ago: `certificate has expired`.
    case expired = "expired"
    /// It begins in a day: `certificate is not yet valid`.
    case notYetValid = "not-yet-valid"
    /// It is for `wrong.name.invalid` alone: `hostname mismatch`.
    case wrongName = "wrong-name"
    /// It is signed by an authority that looks like the user's own, has another key, is sent along and is trusted by
    /// nobody: `self-signed certificate in certificate chain`.
    case unknownAuthority = "unknown-authority"
    /// It is signed by its own key: `self-signed certificate`.
    case selfSigned = "self-signed"
}
