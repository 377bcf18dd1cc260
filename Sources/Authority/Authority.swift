import Conversation
import Crypto
import SwiftASN1
import X509

/// The user's own certificate authority: it signs the certificates that mailtee shows to clients, who have been told to
/// trust it. Made at first need, it stands in two files of a folder that is private to its user.
public struct Authority: Sendable {
    /// The command that makes a new one in the place of what is there.
    static let renewal = "mailtee ca create --replace"

    /// The file to give to clients.
    public let certificatePath: String
    public let certificateDER: [UInt8]
    public let facts: CertificateFacts

    let key: SecretKey
    let certificate: Certificate
    /// One for all leaves of this process: a key of its own would make none of them safer.
    let leafKey: SecretKey

    public var certificatePEM: String { PEMBlock(label: "CERTIFICATE", der: certificateDER).text }

    /// The name under which a trust store lists it, as in `mailtee authority of ann@desk (2026-11-23)`.
    public var name: String {
        certificate.subject.lazy.flatMap { $0 }.first { $0.type == .RDNAttributeType.commonName }
            .flatMap { String($0.value) } ?? facts.subject
    }

    /// - Throws: `missing` where there is none, and what is wrong with the one that is there: `half`, `unreadable`,
    ///   `damaged`, `encrypted`, `unsupported`, `mismatch`, `exposed`, `notAuthority`, `expired`, `notYetValid`.
    public static func open(in folder: String, now: Timestamp = .now()) throws(AuthorityError) -> Authority {
        guard let pair = try AuthorityFolder(path: folder).settledPair() else {
            throw AuthorityError(
                .missing, path: folder, cause: "there is no authority here",
                remedy: "`mailtee ca create` makes one, and so does the first session that needs it.")
        }
        return try Authority(pair, now: now.seconds)
    }

    /// Makes a new authority, good for ten years, and the folder with it.
    /// - Parameter replacing: true to take the place of the one that is there, which can sign nothing from then on.
    /// - Throws: `exists`, `unwritable`.
    public static func create(
        in folder: String, now: Timestamp = .now(), replacing: Bool = false
    ) throws(AuthorityError) -> Authority {
        let folder = AuthorityFolder(path: folder)
        return try folder.alone { () throws(AuthorityError) in
            let isThere = FileAccess.exists(folder.certificatePath) || FileAccess.exists(folder.keyPath)
            guard replacing || !isThere else {
                throw AuthorityError(
                    .exists, path: folder.path, cause: "there is an authority here already",
                    remedy: "Use it; or `\(renewal)`, after which clients have to be told to trust the new one.")
            }
            return try make(in: folder, now: now.seconds)
        }
    }

    /// Opens the authority, and makes it where there is none. Of many that come at once, all get the same.
    /// - Throws: as `open` and `create`, but neither `missing` nor `exists`.
    public static func openOrCreate(in folder: String, now: Timestamp = .now()) throws(AuthorityError) -> Authority {
        let folder = AuthorityFolder(path: folder)
        if let pair = try folder.settledPair() { return try Authority(pair, now: now.seconds) }
        return try folder.alone { () throws(AuthorityError) in
            if let pair = try folder.pair() { return try Authority(pair, now: now.seconds) }
            return try make(in: folder, now: now.seconds)
        }
    }

    private static func make(in folder: AuthorityFolder, now: Int64) throws(AuthorityError) -> Authority {
        let key = SecretKey.made()
        let der = try CertificateDraft.authority(key: key, now: now).signed(by: key)
        try folder.put(certificate: PEMBlock(label: "CERTIFICATE", der: der).text, key: key.pem)
        guard let pair = try folder.pair() else { throw FileAccess.unreadable(folder.certificatePath) }
        return try Authority(pair, now: now)
    }

    /// - Parameter now: seconds since 1970.
    private init(_ pair: AuthorityFolder.Pair, now: Int64) throws(AuthorityError) {
        let path = pair.certificate.path
        guard let der = pair.certificate.certificates.first, let certificate = try? Certificate(derEncoded: der) else {
            throw AuthorityError(
                .damaged, path: path, cause: "there is no sound certificate in it",
                remedy: "Put it back from a backup, or make a new authority by `\(Self.renewal)`.")
        }
        guard certificate.maySign else {
            throw AuthorityError(
                .notAuthority, path: path,
                cause: "this certificate may sign no others: it is none of an authority (RFC 5280 §4.2.1.9, §4.2.1.3)",
                remedy:
                    "Put the authority's own back, or make a new one by `\(Self.renewal)`. A server's certificate is "
                    + "named to mailtee apart from its authority.")
        }
        key = try SecretKey(pair.key)
        guard key.signer.publicKey == certificate.publicKey else {
            throw AuthorityError(
                .mismatch, path: pair.key.path, cause: "this private key does not belong to the certificate in \(path)",
                remedy: "Put both back from one backup, or make a new authority by `\(Self.renewal)`.")
        }
        certificatePath = path
        certificateDER = der
        self.certificate = certificate
        facts = CertificateFacts(der: der)
        leafKey = SecretKey.made()
        try checkTime(now)
    }

    /// The same in all but its certificate and its key.
    init(_ other: Authority, certificate: Certificate, key: SecretKey) throws {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        certificatePath = other.certificatePath
        certificateDER = serializer.serializedBytes
        facts = CertificateFacts(der: serializer.serializedBytes)
        leafKey = other.leafKey
        self.certificate = certificate
        self.key = key
    }

    /// - Throws: `expired`, `notYetValid`.
    func checkTime(_ now: Int64) throws(AuthorityError) {
        if now > facts.notAfter {
            throw AuthorityError(
                .expired, path: certificatePath,
                cause: "this authority ended at \(UTCText.moment(facts.notAfter)), and it is \(UTCText.moment(now))",
                remedy: "Make a new one by `\(Self.renewal)`, and tell clients to trust it; or set the clock right.")
        }
        if now < facts.notBefore {
            throw AuthorityError(
                .notYetValid, path: certificatePath,
                cause: "this authority begins at \(UTCText.moment(facts.notBefore)), and it is \(UTCText.moment(now))",
                remedy: "Set the clock of this machine right; if it is, make a new one by `\(Self.renewal)`.")
        }
    }
}

extension Certificate {
    /// True for one that may sign others (RFC 5280 §4.2.1.9 and §4.2.1.3).
    fileprivate var maySign: Bool {
        guard case .isCertificateAuthority = (try? extensions.basicConstraints) ?? .notCertificateAuthority else {
            return false
        }
        guard extensions[oid: .X509ExtensionID.keyUsage] != nil else { return true }
        return (try? extensions.keyUsage)?.keyCertSign == true
    }
}

extension Timestamp {
    /// Whole seconds since 1970.
    var seconds: Int64 { nanoseconds / 1_000_000_000 }
}
