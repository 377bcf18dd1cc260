import Lint
import Testing

@Suite struct TLSGreetingAgainTests {
    @Test(arguments: [
        ("protocol: pop3\nS: +OK\nC: STLS\nS: +OK\ntls client\nS: +OK again\nC: QUIT\nS: +OK\n", Severity.warning),
        ("protocol: imap\nS: * OK\nC: a STARTTLS\nS: a OK\ntls client\nS: * OK again\nC: b NOOP\n", Severity.note),
        // The client was quick.
        ("protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nC: EHLO a\nS: 220 again\n", Severity.warning),
    ]) func isFound(_ text: String, _ severity: Severity) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.greeting-again"])
        #expect(findings.map(\.severity) == [severity])
    }

    @Test(arguments: [
        "protocol: pop3\nS: +OK\nC: STLS\nS: +OK\ntls client\nC: NOOP\nS: +OK\n",
        "protocol: imap\nS: * OK\nC: a STARTTLS\nS: a OK\ntls client\nC: b NOOP\nS: * OK still here\nS: b OK\n",
        // What greets here may have been said to something that nobody heard.
        "protocol: pop3\nS: +OK\nC: STLS\nS: +OK\ntls client\nlost: client 6\nS: +OK again\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
