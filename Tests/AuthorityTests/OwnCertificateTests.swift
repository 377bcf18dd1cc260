import Authority
import Conversation
import Foundation
import Testing

@Suite(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) struct OwnCertificateTests {
    let folder: Folder

    init() throws {
        folder = try Folder()
        try OpenSSL.make(
            "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-keyout", folder["key.pem"], "-out", folder["cert.pem"],
            "-subj", "/CN=own.example", "-addext", "subjectAltName=DNS:own.example,IP:192.0.2.1", "-days", "30")
    }

    private func refused(_ certificate: String, _ key: String?, now: Timestamp = .now()) -> AuthorityError? {
        error { () throws(AuthorityError) in
            try OwnCertificate(certificate: folder[certificate], key: key.map { folder[$0] }, now: now)
        }
    }

    private func own(_ certificate: String = "cert.pem", _ key: String? = "key.pem") throws -> OwnCertificate {
        try OwnCertificate(certificate: folder[certificate], key: key.map { folder[$0] })
    }

    @Test func itIsShownAsItIs() throws {
        let own = try own()
        #expect(own.leaf.facts.subject == "CN=own.example")
        #expect(own.leaf.facts.names == ["own.example", "192.0.2.1"])
        #expect(own.warnings.isEmpty)
        #expect(own.leaf.chainPEM == (try folder.read("cert.pem")))
        #expect(own.leaf.key.pem == (try folder.read("key.pem")))
    }

    @Test func keysOfEveryFormAreRead() throws {
        for (number, curve) in ["prime256v1", "secp384r1", "secp521r1"].enumerated() {
            try OpenSSL.make("ecparam", "-genkey", "-name", curve, "-out", folder["ec\(number).pem"])
            try OpenSSL.make(
                "req", "-x509", "-new", "-key", folder["ec\(number).pem"], "-out", folder["ec\(number)-cert.pem"],
                "-subj", "/CN=ec", "-addext", "subjectAltName=DNS:ec")
            #expect(try folder.read("ec\(number).pem").contains("BEGIN EC PRIVATE KEY"))
            _ = try own("ec\(number)-cert.pem", "ec\(number).pem")
            try OpenSSL.make("pkcs8", "-topk8", "-nocrypt", "-in", folder["ec\(number).pem"], "-out", folder["p8.pem"])
            _ = try own("ec\(number)-cert.pem", "p8.pem")
        }
        try OpenSSL.make("rsa", "-in", folder["key.pem"], "-traditional", "-out", folder["pkcs1.pem"])
        #expect(try folder.read("pkcs1.pem").contains("BEGIN RSA PRIVATE KEY"))
        #expect(try own("cert.pem", "pkcs1.pem").leaf.key.pem == folder.read("pkcs1.pem"))
        try OpenSSL.make(
            "req", "-x509", "-nodes", "-newkey", "ed25519", "-keyout", folder["ed.pem"], "-out", folder["ed-cert.pem"],
            "-subj", "/CN=ed")
        _ = try own("ed-cert.pem", "ed.pem")
    }

    @Test func bothMayStandInOneFileWithTextAround() throws {
        let text = try OpenSSL.run("x509", "-in", folder["cert.pem"], "-text").output
        let whole = try "Bag Attributes\n    friendlyName: mine\n" + folder.read("key.pem") + "\n" + text
        try folder.write(whole.replacing("\n", with: "\r\n"), "both.pem")
        let own = try own("both.pem", nil)
        #expect(own.leaf.facts.subject == "CN=own.example")
        #expect(own.leaf.chain.count == 1)
    }

    @Test func aMissingFileIsToldByItsName() {
        #expect(refused("none.pem", "key.pem")?.code == .missing)
        let missing = refused("cert.pem", "none.pem")
        #expect(missing?.code == .missing)
        #expect(missing?.path == folder["none.pem"])
    }

    @Test func aFileThatCannotBeReadIsToldSo() throws {
        try FileManager.default.createDirectory(atPath: folder["folder"], withIntermediateDirectories: false)
        #expect(refused("folder", "key.pem")?.code == .unreadable)
        #expect(refused("cert.pem", "folder")?.code == .unreadable)
    }

    @Test func damagedFilesAreToldSo() throws {
        let certificate = try folder.read("cert.pem")
        let key = try folder.read("key.pem")
        try folder.write(String(certificate.prefix(300)), "cut.pem")
        #expect(refused("cut.pem", "key.pem")?.cause.contains("line 1 has no END") == true)
        try folder.write(String(key.prefix(300)), "cut-key.pem")
        #expect(refused("cert.pem", "cut-key.pem")?.code == .damaged)
        try folder.write(key.replacing("\n", with: "\n!"), "odd-key.pem")
        #expect(refused("cert.pem", "odd-key.pem")?.code == .damaged)
        var lines = key.split(separator: "\n")
        lines.remove(at: 3)
        try folder.write(lines.joined(separator: "\n"), "short-key.pem")
        #expect(refused("cert.pem", "short-key.pem")?.code == .damaged)
        lines = certificate.split(separator: "\n")
        lines.remove(at: 3)
        try folder.write(lines.joined(separator: "\n"), "short.pem")
        #expect(refused("short.pem", "key.pem")?.code == .damaged)
        try folder.write("", "empty.pem")
        #expect(refused("empty.pem", "key.pem")?.cause == "the file is empty")
    }

    @Test func filesThatAreNotPEMAreToldWithTheCommandThatConvertsThem() throws {
        try OpenSSL.make("x509", "-in", folder["cert.pem"], "-outform", "DER", "-out", folder["cert.der"])
        #expect(refused("cert.der", "key.pem")?.remedy.contains("openssl x509 -inform DER") == true)
        try OpenSSL.make(
            "pkcs12", "-export", "-in", folder["cert.pem"], "-inkey", folder["key.pem"], "-passout", "pass:", "-out",
            folder["both.p12"])
        #expect(refused("both.p12", nil)?.remedy.contains("openssl pkcs12") == true)
        #expect(refused("key.pem", "key.pem")?.cause == "there is no certificate in it")
        #expect(refused("cert.pem", nil)?.cause == "there is no private key in it")
    }

    @Test func aKeyWithAPassphraseIsToldSo() throws {
        try OpenSSL.make("pkey", "-in", folder["key.pem"], "-aes128", "-passout", "pass:x", "-out", folder["new.pem"])
        #expect(refused("cert.pem", "new.pem")?.code == .encrypted)
        try OpenSSL.make(
            "rsa", "-in", folder["key.pem"], "-traditional", "-aes128", "-passout", "pass:x", "-out", folder["old.pem"])
        #expect(try folder.read("old.pem").contains("Proc-Type: 4,ENCRYPTED"))
        #expect(refused("cert.pem", "old.pem")?.code == .encrypted)
    }

    @Test func keysThatWeDoNotKnowAreToldFromDamagedOnes() throws {
        try OpenSSL.make("genpkey", "-algorithm", "ed448", "-out", folder["ed448.pem"])
        #expect(refused("cert.pem", "ed448.pem")?.code == .unsupported)
        try OpenSSL.make("genrsa", "-out", folder["small.pem"], "1024")
        #expect(refused("cert.pem", "small.pem")?.code == .unsupported)
        try OpenSSL.make("ecparam", "-genkey", "-name", "secp256k1", "-out", folder["k1.pem"])
        #expect(refused("cert.pem", "k1.pem")?.code == .unsupported)
        let other = try folder.read("key.pem").replacing("PRIVATE KEY", with: "OPENSSH PRIVATE KEY")
        try folder.write(other, "ssh.pem")
        #expect(refused("cert.pem", "ssh.pem")?.code == .unsupported)
    }

    @Test func aKeyOfAnotherCertificateIsRefused() throws {
        try OpenSSL.make("genrsa", "-out", folder["other.pem"], "2048")
        #expect(refused("cert.pem", "other.pem")?.code == .mismatch)
        try OpenSSL.make("ecparam", "-genkey", "-name", "prime256v1", "-out", folder["ec.pem"])
        #expect(refused("cert.pem", "ec.pem")?.code == .mismatch)
    }

    @Test func aChainInTheWrongOrderIsToldByNumber() throws {
        let authority = try Authority.create(in: folder["ca"])
        let leaf = try authority.leaf(for: LeafSubject(names: ["a.example"]))
        try folder.write(leaf.chain.reversed().map(OpenSSL.pem).joined(), "reversed.pem")
        try folder.write(leaf.key.pem, "leaf-key.pem")
        let mismatch = refused("reversed.pem", "leaf-key.pem")
        #expect(mismatch?.code == .mismatch)
        #expect(mismatch?.cause.contains("but to number 2") == true)
        try folder.write(leaf.chainPEM, "chain.pem")
        #expect(try own("chain.pem", "leaf-key.pem").warnings.isEmpty)
        try folder.write(OpenSSL.pem(leaf.chain[0]) + folder.read("cert.pem"), "mixed.pem")
        #expect(try own("mixed.pem", "leaf-key.pem").warnings == [.brokenChain(position: 1)])
    }

    @Test func whatIsExpiredOrForNobodyIsShownWithAWarning() throws {
        let facts = try own().leaf.facts
        let late = Timestamp(nanoseconds: (facts.notAfter + 1) * 1_000_000_000)
        let expired = try OwnCertificate(certificate: folder["cert.pem"], key: folder["key.pem"], now: late)
        #expect(expired.warnings == [.expired(at: facts.notAfter)])
        let early = Timestamp(nanoseconds: (facts.notBefore - 1) * 1_000_000_000)
        let tooEarly = try OwnCertificate(certificate: folder["cert.pem"], key: folder["key.pem"], now: early)
        #expect(tooEarly.warnings == [.notYetValid(until: facts.notBefore)])
        try OpenSSL.make(
            "req", "-x509", "-new", "-key", folder["key.pem"], "-out", folder["old.pem"], "-subj", "/CN=own.example")
        #expect(try own("old.pem").warnings == [.noNames])
    }
}
