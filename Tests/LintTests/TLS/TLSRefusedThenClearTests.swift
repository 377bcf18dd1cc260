import Lint
import Testing

@Suite struct TLSRefusedThenClearTests {
    @Test(arguments: [
        ("protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 454 later\nC: AUTH PLAIN «AGEAYg==»\nS: 235 in\n", Severity.error),
        ("protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 454 later\nC: MAIL FROM:<>\nS: 250 ok\n", Severity.warning),
        ("protocol: pop3\nS: +OK\nC: STLS\nS: -ERR later\nC: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n", Severity.error),
    ]) func isFound(_ text: String, _ severity: Severity) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.refused-then-clear"])
        #expect(findings.map(\.severity) == [severity])
        #expect(findings.allSatisfy { $0.means.en.contains("later`") })
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 454 later\nC: QUIT\nS: 221 bye\n",
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 454 later\nC: STARTTLS\nS: 220 go\ntls client\n"
            + "C: EHLO a\nS: 250 mx\nC: MAIL FROM:<>\nS: 250 ok\n",
        // It did not wait for the answer, and could not know.
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: MAIL FROM:<>\nS: 454 later\nS: 250 ok\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
