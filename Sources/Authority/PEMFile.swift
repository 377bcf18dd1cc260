import SwiftASN1

/// A file of PEM blocks, read and in order.
struct PEMFile {
    let path: String
    let blocks: [PEMBlock]

    /// The certificates in it, in their order.
    var certificates: [[UInt8]] {
        blocks.filter { $0.label == "CERTIFICATE" || $0.label == "X509 CERTIFICATE" }.map(\.der)
    }

    init(path: String, bytes: [UInt8]) throws(AuthorityError) {
        self.path = path
        do {
            blocks = try PEMBlock.read(bytes)
        } catch {
            throw AuthorityError(
                .damaged, path: path, cause: "the PEM block that begins in line \(error.line) \(error.cause)",
                remedy: "Copy the file anew, or put it back from a backup.")
        }
        guard !blocks.isEmpty else { throw Self.none(path, bytes) }
    }

    private static func none(_ path: String, _ bytes: [UInt8]) -> AuthorityError {
        if bytes.isEmpty {
            return AuthorityError(
                .damaged, path: path, cause: "the file is empty", remedy: "Put it back from a backup, or name another.")
        }
        let word = ShellWord(path)
        guard (try? DER.parse(bytes)) != nil else {
            return AuthorityError(
                .damaged, path: path, cause: "this is no PEM: no line of it begins with `-----BEGIN `",
                remedy: "Name a PEM file.")
        }
        return AuthorityError(
            .damaged, path: path, cause: "this is DER or PKCS#12 (.pfx, .p12), not PEM",
            remedy: "Convert a certificate by `openssl x509 -inform DER -in \(word) -out new.pem`, a key by "
                + "`openssl pkey -inform DER`, both in one by `openssl pkcs12 -nodes -in \(word) -out new.pem`.")
    }
}
