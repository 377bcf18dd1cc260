import Lint
import Testing

@Suite struct TLSBadCertificateAcceptedTests {
    /// A session with a client that was shown a certificate with a fault, and what it says then.
    private func smtp(_ fault: String, _ inside: String) throws -> [Finding] {
        try lintFamily(
            "tls.",
            """
            protocol: smtp
            S: 220 mx
            C: STARTTLS
            S: 220 go
            tls server
            remark: fault \(fault): mailtee showed it
            tls client fault=\(fault)

            """ + inside)
    }

    @Test(arguments: [
        ("expired-certificate", "has expired"), ("wrong-name", "for another name"),
        ("unknown-authority", "that nobody trusts"), ("self-signed", "by itself"),
    ]) func eachFlaw(_ fault: String, _ words: String) throws {
        let findings = try smtp(fault, "C: EHLO a\nS: 250 mx\nC: AUTH PLAIN «AGEAYg==»\nS: 235 in\n")
        #expect(findings.map(\.rule) == ["tls.bad-certificate-accepted"])
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.allSatisfy { $0.means.en.contains(words) && $0.means.en.contains("AUTH") })
    }

    /// Who passes mail on may do without, and says so to nobody.
    @Test func withoutALogin() throws {
        let findings = try smtp("self-signed", "C: EHLO a\nS: 250 mx\nC: MAIL FROM:<a@b.example>\nS: 250 ok\n")
        #expect(findings.map(\.rule) == ["tls.bad-certificate-accepted"])
        #expect(findings.map(\.severity) == [.warning])
        #expect(findings.map(\.place.exchange) == [2])
        #expect(findings.map(\.clause) == ["RFC 3207 §4.1; RFC 7435 §3"])
    }

    @Test(arguments: ["", "C: QUIT\nS: 221 bye\n"]) func aClientThatLeaves(_ inside: String) throws {
        #expect(try smtp("self-signed", inside).isEmpty)
    }

    @Test func anyOtherFault() throws {
        #expect(try smtp("inject-command", "C: EHLO a\nS: 250 mx\nC: AUTH PLAIN «AGEAYg==»\nS: 235 in\n").isEmpty)
    }

    @Test func inIMAP() throws {
        let findings = try lintFamily(
            "tls.",
            """
            protocol: imap
            tls client start=implicit names=imap.example.com fault=wrong-name
            S: * OK ready
            C: a CAPABILITY
            S: * CAPABILITY IMAP4rev2
            S: a OK
            """)
        #expect(findings.map(\.rule) == ["tls.bad-certificate-accepted"])
        #expect(findings.allSatisfy { $0.means.en.contains("imap.example.com") && $0.severity == .error })
    }
}
