import Lint
import Testing

@Suite struct TLSHandshakeFailedTests {
    @Test func whoGaveUpAndWhyIsTold() throws {
        let server = try lintFamily(
            "tls.",
            """
            protocol: imap
            tls server start=implicit by=server alert=protocol_version means="The server speaks none of the versions."
            end: unreachable: no TLS with it
            """)
        #expect(
            server.map(\.means.en) == [
                "mailtee and the server did not come to speak TLS: the server gave up with the alert protocol_version. "
                    + "The server speaks none of the versions. The two have no version of TLS in common: one of them "
                    + "knows old versions only (TLS 1.0, 1.1), which the other has switched off. Update it, or allow "
                    + "the old version there."
            ])
        let mailtee = try lintFamily(
            "tls.", "protocol: imap\ntls client start=implicit by=mailtee means=\"Too old.\"\n")
        #expect(
            mailtee.map(\.means.en) == ["mailtee and the client did not come to speak TLS: mailtee gave up. Too old."])
    }

    @Test func notWhereMailteePlaysAFault() throws {
        let text = """
            protocol: pop3
            S: +OK
            C: STLS
            S: +OK
            remark: fault hang-in-handshake: mailtee does not answer the client's hello
            tls client by=client means="It hung up."
            end: client-closed
            """
        #expect(try lintFamily("tls.", text).isEmpty)
    }

    @Test(arguments: [
        ("alert=bad_certificate sni=mail.example.net names=*.example.com,example.com", "The name is wrong"),
        ("alert=certificate_unknown sni=a.b.example.com names=*.example.com", "The name is wrong"),
        ("alert=certificate_expired sni=a.example.com names=b.example.com", "expired"),
        ("alert=unknown_ca sni=a.example.com names=a.example.com", "not trusted"),
        ("alert=bad_certificate verification=\"failed: self-signed certificate\"", "not trusted"),
        ("alert=protocol_version version=TLSv1.0", "no version of TLS in common; the one on the table was TLSv1.0"),
        ("alert=handshake_failure", "no cipher suite in common"),
        ("alert=insufficient_security", "no cipher suite in common"),
        ("alert=unrecognized_name sni=a.example.com", "no certificate for the name `a.example.com`"),
        ("alert=certificate_required", "a certificate of its own"),
    ]) func theCauseIsToldPlainly(_ facts: String, _ words: String) throws {
        let findings = try lintFamily(
            "tls.", "protocol: imap\ntls client start=implicit by=client \(facts) means=no\nend: client-closed\n")
        let finding = try #require(findings.first { $0.rule == "tls.handshake-failed" })
        #expect(finding.means.en.contains(words))
        #expect(finding.means.en.contains("gave up with the alert") && finding.means.en.contains(" No."))
    }

    /// A name that the certificate covers is not the reason, whatever an explanation of the alert speaks of.
    @Test func nothingIsMadeUp() throws {
        let findings = try lintFamily(
            "tls.",
            """
            protocol: imap
            tls client start=implicit by=client alert=bad_certificate sni=A.example.com names=*.example.com \
            means="Its names lack the one, or the client does not trust its issuer."
            end: client-closed
            """)
        #expect(
            findings.map(\.means.en) == [
                "mailtee and the client did not come to speak TLS: the client gave up with the alert bad_certificate. "
                    + "Its names lack the one, or the client does not trust its issuer."
            ])
    }

    /// What a recorder notes beside a failure is no fault that mailtee plays.
    @Test func aNoteOfTheRecorderIsTold() throws {
        let findings = try lintFamily(
            "tls.",
            "protocol: imap\ntls client start=implicit by=server alert=handshake_failure means=no fault=\"no shared cipher\"\n"
        )
        #expect(findings.map(\.rule) == ["tls.handshake-failed"])
    }
}
