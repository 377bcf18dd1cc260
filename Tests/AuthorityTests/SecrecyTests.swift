import Authority
import Conversation
import Foundation
import Testing

/// A private key stands in the file of its own and in `SecretKey.pem`, and nowhere else.
@Suite struct SecrecyTests {
    let folder: Folder
    let authority: Authority

    init() throws {
        folder = try Folder()
        authority = try Authority.create(in: folder.path)
    }

    /// Any piece of a PEM key: in base64, or its bytes as hexadecimal or as a Swift array.
    private func isSeen(_ pem: String, in text: String) throws -> Bool {
        let base64 = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let bytes = try #require(Data(base64Encoded: base64))
        // The secret of PKCS#8 on P-256 begins after 36 bytes; the public key, which is no secret, ends it.
        let secret = bytes[36..<68]
        let hexadecimal = secret.map { String(format: "%02x", $0) }.joined()
        let letters = Array(base64.dropFirst(48).prefix(40))
        let windows = (0...(letters.count - 10)).map { String(letters[$0..<($0 + 10)]) }
        return windows.contains { text.contains($0) } || text.lowercased().contains(hexadecimal.prefix(16))
            || text.contains(secret.prefix(6).map { "\($0)" }.joined(separator: ", "))
    }

    private func everyWayToPrint(_ value: some Any) -> String {
        var text = String(describing: value) + String(reflecting: value) + "\(value)"
        dump(value, to: &text)
        dump([value], to: &text)
        return text
    }

    @Test func noValuePrintsItsKey() throws {
        let key = try folder.read("ca-key.pem")
        #expect(try isSeen(key, in: key))
        let leaf = try authority.leaf(for: LeafSubject(names: ["a.example"]))
        let cache = LeafCache(authority)
        _ = try cache.leaf(for: LeafSubject(names: ["a.example"]))
        try folder.write(leaf.chainPEM, "own.pem")
        try folder.write(leaf.key.pem, "own-key.pem")
        let own = try OwnCertificate(certificate: folder["own.pem"], key: folder["own-key.pem"])
        let printed = [
            everyWayToPrint(authority), everyWayToPrint(leaf), everyWayToPrint(leaf.key), everyWayToPrint(cache),
            everyWayToPrint(own), everyWayToPrint(Optional(leaf)), TrustInstructions(authority).text,
        ]
        for text in printed {
            #expect(try !isSeen(key, in: text))
            #expect(try !isSeen(leaf.key.pem, in: text))
        }
        #expect(String(describing: leaf.key) == "P256.PrivateKey, not shown")
        #expect(try isSeen(leaf.key.pem, in: leaf.key.pem))
    }

    @Test func noErrorTellsOfTheKeyWhateverIsWrongWithItsFile() throws {
        let key = try folder.read("ca-key.pem")
        let body = key.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined(separator: "\n")
        let files = [
            String(key.dropLast(20)), key.replacing("-----\n", with: "-----\n!"), key.replacing("\n", with: ""),
            "-----BEGIN \(body.prefix(60))-----\n\(body)\n-----END PRIVATE KEY-----\n",
            "-----BEGIN \(body.prefix(60))-----\n\(body)\n-----END \(body.prefix(60))-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\n\(body)\n-----END RSA PRIVATE KEY-----\n",
            "-----BEGIN EC PRIVATE KEY-----\n\(body)\n-----END EC PRIVATE KEY-----\n",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n\(body)\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n", body,
            key.replacing("MIGHAgEAMBMGByqGSM49", with: "MIGHAgEAMBMGByqGSM48"),
        ]
        for file in files {
            try folder.write(file, "ca-key.pem")
            for path in [folder["ca-key.pem"], folder["ca.pem"]] {
                let failures = [
                    error { () throws(AuthorityError) in try Authority.open(in: folder.path) },
                    error { () throws(AuthorityError) in
                        try OwnCertificate(certificate: path, key: folder["ca-key.pem"])
                    },
                ]
                for case let failure? in failures {
                    #expect(try !isSeen(key, in: everyWayToPrint(failure)), "\(file)")
                }
            }
        }
    }
}
