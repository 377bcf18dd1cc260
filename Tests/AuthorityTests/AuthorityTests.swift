import Authority
import Conversation
import Foundation
import Testing

@Suite struct AuthorityTests {
    @Test func oneIsMadeAtFirstNeedAndFoundAgain() throws {
        let folder = try Folder()
        let made = try Authority.openOrCreate(in: folder["deep/er"])
        let again = try Authority.openOrCreate(in: folder["deep/er"])
        let opened = try Authority.open(in: folder["deep/er"])
        #expect(made.certificateDER == again.certificateDER)
        #expect(made.certificateDER == opened.certificateDER)
        #expect(try folder.read("deep/er/ca.pem") == opened.certificatePEM)
        #expect(opened.certificatePath == folder["deep/er/ca.pem"])
    }

    @Test func itsFilesArePrivateToTheirUser() throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder["ca"])
        #expect(try folder.mode("ca") == 0o700)
        #expect(try folder.mode("ca/ca-key.pem") == 0o600)
        #expect(try folder.mode("ca/ca.pem") == 0o644)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder["ca"]).sorted()
        #expect(names == ["ca-key.pem", "ca.lock", "ca.pem"])
    }

    @Test func itIsKnownAgainByItsNameAndGoodForTenYears() throws {
        let folder = try Folder()
        let now = Timestamp(nanoseconds: 1_795_651_200 * 1_000_000_000)
        let authority = try Authority.create(in: folder.path, now: now)
        let wanted = try Regex("CN=mailtee authority of [A-Za-z0-9._-]+@[A-Za-z0-9._-]* \\(2026-11-26\\), O=mailtee")
        #expect(authority.facts.subject.wholeMatch(of: wanted) != nil, "\(authority.facts.subject)")
        #expect(authority.facts.subject == "CN=\(authority.name), O=mailtee")
        #expect(authority.facts.issuer == authority.facts.subject)
        #expect(authority.name.count <= 64)
        #expect(authority.facts.notBefore == now.after(days: -1).seconds)
        #expect(authority.facts.notAfter == now.after(days: 3652).seconds)
        #expect(authority.facts.names.isEmpty)
    }

    @Test func aNewOneTakesThePlaceOfTheOldOnlyWhenAskedTo() throws {
        let folder = try Folder()
        let old = try Authority.create(in: folder.path)
        #expect(error { () throws(AuthorityError) in try Authority.create(in: folder.path) }?.code == .exists)
        #expect(try Authority.open(in: folder.path).certificateDER == old.certificateDER)
        let new = try Authority.create(in: folder.path, replacing: true)
        #expect(new.certificateDER != old.certificateDER)
        #expect(try Authority.open(in: folder.path).certificateDER == new.certificateDER)
    }

    @Test func manyThatComeAtOnceGetTheSame() async throws {
        for _ in 0..<20 {
            let folder = try Folder()
            let seen = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask { try Authority.openOrCreate(in: folder["ca"]).facts.fingerprint }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(seen.count == 1)
        }
    }

    @Test func whoReadsWhileItIsRenewedSeesOneWholePair() async throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    if number.isMultiple(of: 4) {
                        _ = try Authority.create(in: folder.path, replacing: true)
                    } else {
                        _ = try Authority.open(in: folder.path)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aMakerThatDiesBeforeTheEndLeavesNothingThatCounts() throws {
        let folder = try Folder()
        try folder.write("-----BEGIN PRI", "ca-key.pem.new")
        let first = try Authority.openOrCreate(in: folder.path)
        #expect(try folder.names() == ["ca-key.pem", "ca.lock", "ca.pem"])
        try folder.write("-----BEGIN PRIVATE KEY-----", "ca-key.pem.new")
        try folder.write("-----BEGIN CERT", "ca.pem.new")
        #expect(try Authority.open(in: folder.path).certificateDER == first.certificateDER)
        #expect(try folder.names() == ["ca-key.pem", "ca.lock", "ca.pem"])
    }

    @Test func whatAMakerLeftBetweenTheTwoNamesIsEnded() throws {
        let folder = try Folder()
        let first = try Authority.create(in: folder.path)
        try folder.move("ca.pem", "ca.pem.new")
        #expect(try Authority.open(in: folder.path).certificateDER == first.certificateDER)

        // A renewal that died there: the old certificate stands beside the new key.
        let other = try Folder()
        let second = try Authority.create(in: other.path)
        try folder.write(other.read("ca-key.pem"), "ca-key.pem")
        try folder.write(other.read("ca.pem"), "ca.pem.new")
        #expect(try Authority.openOrCreate(in: folder.path).certificateDER == second.certificateDER)
        #expect(try folder.names() == ["ca-key.pem", "ca.lock", "ca.pem"])
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent))
    func openSSLTakesItForAnAuthorityOfLeavesAlone() throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        let text = try OpenSSL.run("x509", "-in", folder["ca.pem"], "-noout", "-text", "-purpose").output
        for wanted in [
            "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0",
            "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign",
            "X509v3 Subject Key Identifier", "ASN1 OID: prime256v1", "SSL server CA : Yes", "SSL server : No",
        ] {
            #expect(text.contains(wanted), "\(wanted)")
        }
        #expect(try OpenSSL.run("verify", "-x509_strict", "-CAfile", folder["ca.pem"], folder["ca.pem"]).status == 0)
        #expect(try folder.read("ca-key.pem").hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try OpenSSL.run("pkey", "-in", folder["ca-key.pem"], "-check", "-noout").status == 0)
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func serialNumbersAreLongPositiveAndNeverTheSame() throws {
        let folder = try Folder()
        var seen: Set<String> = []
        for _ in 0..<10 {
            _ = try Authority.create(in: folder.path, replacing: true)
            let serial = try OpenSSL.run("x509", "-in", folder["ca.pem"], "-noout", "-serial").output
            #expect(serial.wholeMatch(of: /serial=[4-7][0-9A-F]{31}\n/) != nil, "\(serial)")
            seen.insert(serial)
        }
        #expect(seen.count == 10)
    }

    /// A company that has an authority puts it into the folder under these names.
    @Test(
        .enabled(if: OpenSSL.isHere, OpenSSL.absent),
        arguments: [["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], ["ed25519"]])
    func anAuthorityOfAnotherMakerWillDo(_ key: [String]) throws {
        let folder = try Folder()
        let outcome = try OpenSSL.run(
            ["req", "-x509", "-nodes", "-newkey"] + key + [
                "-keyout", folder["ca-key.pem"], "-out", folder["ca.pem"], "-subj", "/C=DE/O=Example/CN=Root", "-days",
                "9", "-addext", "keyUsage=critical,keyCertSign",
            ])
        try #require(outcome.status == 0, "\(outcome.output)")
        let authority = try Authority.openOrCreate(in: folder.path)
        #expect(authority.name == "Root")
        let leaf = try authority.leaf(for: LeafSubject(names: ["mail.example.com"]))
        #expect(leaf.facts.issuer == "CN=Root, O=Example, C=DE")
        #expect(leaf.facts.notAfter == authority.facts.notAfter)
        let verified = try OpenSSL.verify(leaf, folder, trusting: authority, "-verify_hostname", "mail.example.com")
        #expect(verified.status == 0, "\(verified.output)")
    }
}
