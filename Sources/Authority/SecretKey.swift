import SwiftASN1
import X509

/// A private key. However it is printed, nothing but its kind is seen; the one way to it is `pem`.
public struct SecretKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// PKCS#8, or the older form that the user's own file has it in.
    public let pem: String
    let signer: Certificate.PrivateKey

    public var description: String { "\(signer), not shown" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }

    init(pem: String, signer: Certificate.PrivateKey) {
        self.pem = pem
        self.signer = signer
    }

    /// Finds the key in a PEM file, which may hold certificates as well: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 appendix
    /// A.1.2) or SEC1 (RFC 5915).
    /// - Throws: `damaged`, `encrypted`, `unsupported`.
    init(_ file: PEMFile) throws(AuthorityError) {
        let path = file.path
        guard let block = file.blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
            throw AuthorityError(
                .damaged, path: path, cause: "there is no private key in it",
                remedy: "A line `-----BEGIN PRIVATE KEY-----` begins one; name the file that has it.")
        }
        guard !block.isEncrypted, block.label != "ENCRYPTED PRIVATE KEY" else {
            throw AuthorityError(
                .encrypted, path: path, cause: "the private key has a passphrase, which mailtee cannot be told",
                remedy: "Write it without, for your eyes only: "
                    + "`(umask 077; openssl pkey -in \(ShellWord(path)) -out open.pem)`.")
        }
        // What the library says of a key that it does not take may quote it, so its errors end here.
        guard let signer = try? Certificate.PrivateKey(pemDocument: PEMDocument(type: block.label, derBytes: block.der))
        else { throw Self.refused(block, path) }
        self.init(pem: block.text, signer: signer)
    }

    private static func refused(_ block: PEMBlock, _ path: String) -> AuthorityError {
        if ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"].contains(block.label),
            (try? DER.parse(block.der)) == nil
        {
            return AuthorityError(
                .damaged, path: path, cause: "the private key is damaged",
                remedy: "Copy the file anew; `openssl pkey -noout -in \(ShellWord(path))` says when it is sound.")
        }
        return AuthorityError(
            .unsupported, path: path,
            cause: "the private key is of a kind that mailtee does not know, too short, or not sound",
            remedy: "Use RSA of 2048 bits or more, EC on P-256, P-384 or P-521, or Ed25519.")
    }
}
