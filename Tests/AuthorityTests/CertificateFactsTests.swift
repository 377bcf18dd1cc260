import Authority
import Conversation
import Foundation
import Testing

@Suite struct CertificateFactsTests {
    private func facts(_ arguments: String..., key: [String] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]) throws
        -> (
            CertificateFacts, Folder
        )
    {
        let folder = try Folder()
        let outcome = try OpenSSL.run(
            ["req", "-x509", "-nodes", "-newkey"] + key + [
                "-keyout", folder["k"], "-outform", "DER", "-out", folder["c"],
            ]
                + arguments)
        try #require(outcome.status == 0, "\(outcome.output)")
        return (CertificateFacts(der: Array(try Data(contentsOf: URL(filePath: folder["c"])))), folder)
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func theyAreWhatOpenSSLReads() throws {
        let (facts, folder) = try facts(
            "-subj", "/C=JP/O=Example, Inc./OU=a+OU=b/CN=mail.example.com", "-multivalue-rdn", "-days", "10000",
            "-addext",
            "subjectAltName=IP:2001:db8:0:0:1::1,DNS:mail.example.com,email:a@b.example,IP:192.0.2.1,DNS:*.example.org")
        #expect(facts.subject == "CN=mail.example.com, OU=a+OU=b, O=Example\\, Inc., C=JP")
        #expect(facts.issuer == facts.subject)
        #expect(facts.names == ["mail.example.com", "*.example.org", "2001:db8::1:0:0:1", "192.0.2.1"])
        let said = try OpenSSL.run("x509", "-inform", "DER", "-in", folder["c"], "-noout", "-fingerprint", "-sha256")
            .output
        #expect(
            said.contains(
                facts.fingerprint.uppercased().enumerated().map { $0 % 2 == 0 && $0 > 0 ? ":\($1)" : "\($1)" }.joined())
        )
        // Past 2050 a date is a GeneralizedTime.
        #expect(facts.notAfter - facts.notBefore == 10_000 * 86_400)
        #expect(abs(facts.notBefore - Timestamp.now().seconds) < 60)
    }

    /// Of keys and signatures that X509 refuses.
    @Test(
        .enabled(if: OpenSSL.isHere, OpenSSL.absent),
        arguments: [
            ["ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"], ["ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"],
            ["ed448"], ["rsa:1024"], ["rsa-pss"],
        ])
    func oddKeysTakeNothingFromTheRest(_ key: [String]) throws {
        let (facts, _) = try facts("-subj", "/CN=odd", "-addext", "subjectAltName=DNS:odd.example", key: key)
        #expect(facts.subject == "CN=odd")
        #expect(facts.names == ["odd.example"])
        #expect(facts.notAfter - facts.notBefore == 30 * 86_400)
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func anOddExtensionTakesNothingFromTheRest() throws {
        let (facts, _) = try facts(
            "-subj", "/CN=odd", "-addext", "basicConstraints=DER:04:01:00", "-addext", "keyUsage=DER:05:00", "-addext",
            "nameConstraints=DER:FF", "-addext", "1.2.3.4=critical,DER:00")
        #expect(facts.subject == "CN=odd")
        let (bad, _) = try self.facts("-subj", "/CN=odd", "-addext", "subjectAltName=DER:30:03:82:09:61")
        #expect(bad.subject == "CN=odd")
        #expect(bad.names.isEmpty)
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func namesThatAimAtATerminalAreDisarmed() throws {
        let (facts, _) = try facts(
            "-utf8", "-subj", "/O= #x<y> /CN=\u{1B}[31m日本\u{202E}", "-addext",
            "subjectAltName=DER:30:06:82:04:61:00:0A:62")
        #expect(facts.subject == "CN=\\1B[31m日本\\E2\\80\\AE, O=\\ #x\\<y\\>\\ ")
        #expect(facts.names == ["a\\00\\0Ab"])
    }

    @Test func whatIsNoCertificateHasAFingerprintAllTheSame() {
        let facts = CertificateFacts(der: [])
        #expect(facts.fingerprint == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(facts.subject.isEmpty && facts.issuer.isEmpty && facts.names.isEmpty)
        for bytes in [
            [0x30], [0x30, 0x80, 0, 0], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [UInt8](repeating: 0x30, count: 4096),
        ] {
            #expect(CertificateFacts(der: bytes).subject.isEmpty)
        }
    }

    @Test func bytesThatWereChangedInAnyWayNeverStopUs() throws {
        let folder = try Folder()
        let leaf = try Authority.create(in: folder.path).leaf(
            for: LeafSubject(names: ["mail.example.com", "*.example.org", "::1", "192.0.2.1"]))
        let der = leaf.chain[0]
        for length in 0..<der.count { _ = CertificateFacts(der: Array(der[..<length])) }
        for index in der.indices {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var other = der
                other[index] ^= change
                _ = CertificateFacts(der: other)
            }
        }
    }
}
