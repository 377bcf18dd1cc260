import Authority
import Conversation
import Foundation
import Testing

@Suite struct LeafTests {
    let folder: Folder
    let authority: Authority

    init() throws {
        folder = try Folder()
        authority = try Authority.create(in: folder["ca"])
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func clientsOfTheAuthorityTakeItByEachOfItsNames() throws {
        let subject = LeafSubject(names: ["mail.example.com", "*.example.org", "192.0.2.7", "2001:db8::1", "localhost"])
        let leaf = try authority.leaf(for: subject)
        for name in ["mail.example.com", "MAIL.example.com", "any.example.org", "localhost"] {
            let verified = try OpenSSL.verify(leaf, folder, trusting: authority, "-verify_hostname", name)
            #expect(verified.status == 0, "\(name): \(verified.output)")
        }
        for address in ["192.0.2.7", "2001:db8:0::1"] {
            let verified = try OpenSSL.verify(leaf, folder, trusting: authority, "-verify_ip", address)
            #expect(verified.status == 0, "\(address): \(verified.output)")
        }
        for name in ["example.com", "a.b.example.org", "example.org"] {
            let refused = try OpenSSL.verify(leaf, folder, trusting: authority, "-verify_hostname", name)
            #expect(refused.output.contains("hostname mismatch"), "\(name)")
        }
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func openSSLReadsInItWhatWeMeant() throws {
        let leaf = try authority.leaf(for: LeafSubject(names: ["mail.example.com", "192.0.2.7", "::1"]))
        try folder.write(leaf.chainPEM, "chain.pem")
        try folder.write(leaf.key.pem, "key.pem")
        let text = try OpenSSL.run("x509", "-in", folder["chain.pem"], "-noout", "-text").output
            .replacing(" = ", with: "=")
        for wanted in [
            "Subject: CN=mail.example.com\n", "ASN1 OID: prime256v1", "X509v3 Basic Constraints: critical",
            "CA:FALSE", "X509v3 Key Usage: critical\n                Digital Signature\n",
            "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n",
            "DNS:mail.example.com, IP Address:192.0.2.7, IP Address:0:0:0:0:0:0:0:1\n",
        ] {
            #expect(text.contains(wanted), "\(wanted)\n\(text)")
        }
        let own = try OpenSSL.run("x509", "-in", folder["ca/ca.pem"], "-noout", "-ext", "subjectKeyIdentifier").output
        let named = try OpenSSL.run("x509", "-in", folder["chain.pem"], "-noout", "-ext", "authorityKeyIdentifier")
            .output
        #expect(own.split(separator: "\n").last == named.split(separator: "\n").last)
        let public1 = try OpenSSL.run("x509", "-in", folder["chain.pem"], "-noout", "-pubkey").output
        let public2 = try OpenSSL.run("pkey", "-in", folder["key.pem"], "-pubout").output
        #expect(public1 == public2)
    }

    @Test func itTellsItsOwnFacts() throws {
        let now = Timestamp.now()
        let leaf = try authority.leaf(for: LeafSubject(names: ["mail.example.com", "::1"]), now: now)
        #expect(leaf.facts == CertificateFacts(der: leaf.chain[0]))
        #expect(leaf.facts.subject == "CN=mail.example.com")
        #expect(leaf.facts.issuer == authority.facts.subject)
        #expect(leaf.facts.names == ["mail.example.com", "::1"])
        #expect(leaf.facts.notBefore == now.after(days: -1).seconds)
        #expect(leaf.facts.notAfter == now.after(days: 89).seconds)
        #expect(leaf.chain.count == 2)
        #expect(leaf.chain[1] == authority.certificateDER)
    }

    @Test func itNeverOutlivesItsAuthority() throws {
        let late = Timestamp.now().after(days: 3640)
        let leaf = try authority.leaf(for: LeafSubject(names: ["a.example"]), now: late)
        #expect(leaf.facts.notAfter == authority.facts.notAfter)
        let after = late.after(days: 20)
        let refused = error { () throws(AuthorityError) in
            try authority.leaf(for: LeafSubject(names: ["a.example"]), now: after)
        }
        #expect(refused?.code == .expired)
    }

    @Test func namesThatCanStandInNoCertificateAreLeftOut() throws {
        let long = String(repeating: "a", count: 64) + ".example"
        let full = String(repeating: "abcdefg.", count: 31) + "abcdef"
        let bad = [
            "", ".", "a..b", "-a.example", "a-.example", "a b", "mail.example.com:25", "*", "a.*.example", "f*.example",
            "größe.example", "a\0.example", "1.2.3", "1.2.3.4.5", "[::1]", "300.1.1.1", long, full, "a\n.example",
            "fe80::1%eth0",
        ]
        let good = ["A.Example.", "*.example", "xn--gre-8ka5n.example", "mail_server", "1.2.3.4", "0::1", "a.example"]
        let subject = LeafSubject(names: bad + good)
        #expect(subject.leftOut == bad)
        #expect(subject.names == ["a.example", "*.example", "xn--gre-8ka5n.example", "mail_server", "1.2.3.4", "::1"])
        #expect(try authority.leaf(for: subject).facts.names.sorted() == subject.names.sorted())
    }

    @Test func withoutAnyNameThereIsNoLeaf() {
        for names in [[], ["a b"], ["-"]] {
            let refused = error { () throws(AuthorityError) in try authority.leaf(for: LeafSubject(names: names)) }
            #expect(refused?.code == .noName)
        }
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func aNameTooLongForACommonNameIsANameAllTheSame() throws {
        let long = String(repeating: "abcdefg.", count: 20) + "example"
        let alone = try authority.leaf(for: LeafSubject(names: [long]))
        #expect(alone.facts.subject == "O=mailtee")
        #expect(try OpenSSL.verify(alone, folder, trusting: authority, "-verify_hostname", long).status == 0)
        let second = try authority.leaf(for: LeafSubject(names: [long, "b.example"]))
        #expect(second.facts.subject == "CN=b.example")
    }

    @Test func aServerWithVeryManyNamesKeepsTheFirstOfThem() throws {
        let subject = LeafSubject(names: (0..<1000).map { "host\($0).example" })
        #expect(subject.names.count == 250)
        #expect(subject.leftOut.count == 750)
        #expect(try authority.leaf(for: subject).facts.names == subject.names)
    }

    /// What OpenSSL says of each fault, when told the name by which it was asked for.
    @Test(
        .enabled(if: OpenSSL.isHere, OpenSSL.absent),
        arguments: zip(
            LeafFault.allCases,
            [
                "error 10 at 0 depth lookup: certificate has expired",
                "error 9 at 0 depth lookup: certificate is not yet valid",
                "error 62 at 0 depth lookup: hostname mismatch",
                "error 19 at 1 depth lookup: self-signed certificate in certificate chain",
                "error 18 at 0 depth lookup: self-signed certificate",
            ]))
    func aFaultIsThereAndNoOther(_ fault: LeafFault, _ wanted: String) throws {
        let leaf = try authority.leaf(for: LeafSubject(names: ["mail.example.com", "::1"]), fault: fault)
        let verified = try OpenSSL.verify(leaf, folder, trusting: authority, "-verify_hostname", "mail.example.com")
        #expect(verified.status != 0)
        let errors = verified.output.split(separator: "\n").filter { $0.hasPrefix("error ") && $0.contains("depth") }
        #expect(errors == [Substring(wanted)], "\(verified.output)")
        #expect(try mended(leaf, fault).status == 0)
    }

    /// Verifies a leaf with a client that does not mind its one fault.
    private func mended(_ leaf: Leaf, _ fault: LeafFault) throws -> OpenSSL.Outcome {
        let name = "mail.example.com"
        switch fault {
        case .expired:
            return try OpenSSL.verify(
                leaf, folder, trusting: authority, "-verify_hostname", name, "-no_check_time")
        case .notYetValid:
            return try OpenSSL.verify(
                leaf, folder, trusting: authority, "-verify_hostname", name, "-attime",
                "\(leaf.facts.notBefore + 3600)")
        case .wrongName:
            return try OpenSSL.verify(leaf, folder, trusting: authority, "-verify_hostname", "wrong.name.invalid")
        case .unknownAuthority, .selfSigned:
            try folder.write(OpenSSL.pem(leaf.chain[leaf.chain.count - 1]), "own.pem")
            try folder.write(OpenSSL.pem(leaf.chain[0]), "leaf.pem")
            return try OpenSSL.run(
                "verify", "-no-CAfile", "-no-CApath", "-purpose", "sslserver", "-CAfile", folder["own.pem"],
                "-verify_hostname", name, folder["leaf.pem"])
        }
    }

    @Test func anUnknownAuthorityLooksLikeTheUsersOwn() throws {
        let leaf = try authority.leaf(for: LeafSubject(names: ["a.example"]), fault: .unknownAuthority)
        let impostor = CertificateFacts(der: try #require(leaf.chain.last))
        #expect(impostor.subject == "CN=\(authority.name), OU=trusted by nobody, O=mailtee")
        #expect(impostor.notAfter == authority.facts.notAfter)
        #expect(leaf.facts.issuer == impostor.subject)
    }
}
