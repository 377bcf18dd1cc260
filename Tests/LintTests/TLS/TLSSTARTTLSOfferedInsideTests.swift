import Lint
import Testing

@Suite struct TLSSTARTTLSOfferedInsideTests {
    @Test(arguments: [
        (
            "protocol: pop3\ntls server\ntls client start=implicit\nS: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\n",
            Severity.note
        ),
        (
            "protocol: imap\ntls server\ntls client start=implicit\nS: * OK [CAPABILITY IMAP4rev2 STARTTLS] ready\n",
            Severity.warning
        ),
        (
            "protocol: lmtp\ntls server\ntls client start=implicit\nS: 220 mx\nC: LHLO a\nS: 250-mx\nS: 250 STARTTLS\n",
            Severity.error
        ),
    ]) func isFound(_ text: String, _ severity: Severity) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.starttls-offered-inside"])
        #expect(findings.map(\.severity) == [severity])
    }

    /// The server does not know of TLS that mailtee speaks with the client alone.
    @Test func notOfAServerInClear() throws {
        let text = "protocol: smtp\ntls client start=implicit\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\n"
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
