import Lint
import Testing

@Suite struct TLSAuthOfferedClearTests {
    @Test(arguments: [
        ("protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 AUTH=LOGIN\n", "AUTH LOGIN"),
        ("protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: USER\nS: SASL X PLAIN\nS: .\n", "SASL PLAIN, USER and PASS"),
        ("protocol: imap\nS: * OK [CAPABILITY IMAP4rev2 AUTH=PLAIN LOGINDISABLED] ready\n", "AUTH PLAIN"),
        ("protocol: imap\nS: * OK [CAPABILITY IMAP4rev2] ready\n", "LOGIN (there is no LOGINDISABLED)"),
    ]) func isFound(_ text: String, _ logins: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.auth-offered-clear"])
        #expect(findings.allSatisfy { $0.means.en.contains("offers \(logins) outside TLS") })
    }

    @Test(arguments: [
        "protocol: smtp\ntls client start=implicit\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 AUTH PLAIN\n",
        "protocol: imap\nS: * PREAUTH [CAPABILITY IMAP4rev2] in\n",
        "protocol: imap\nS: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
