import Lint
import Testing

@Suite struct TLSServerCertificateTests {
    @Test func aFailedVerificationIsOneCause() throws {
        let findings = try lintFamily(
            "tls.",
            """
            protocol: smtp
            tls server start=implicit names=a.example,b.example verification="failed: wrong name" by=mailtee means="So."
            end: unreachable: no TLS with it
            """)
        #expect(findings.map(\.rule) == ["tls.server-certificate"])
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.allSatisfy { $0.means.en.contains("for a.example, b.example, is not good: wrong name.") })
    }

    @Test(arguments: ["verified", "not verified"]) func nothingFound(_ verification: String) throws {
        #expect(try lintFamily("tls.", "protocol: smtp\ntls server verification=\"\(verification)\"\n").isEmpty)
    }
}
