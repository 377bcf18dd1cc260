import Lint
import Testing

@Suite struct TLSNoNewEHLOTests {
    private static let pop3 = "C: STLS\nS: +OK\ntls client\n"

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nC: AUTH PLAIN «AGEAYg==»\nS: 235 in\n",
        "protocol: lmtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nC: MAIL FROM:<>\nS: 250 ok\n",
    ]) func inSMTP(_ text: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.no-new-ehlo"])
        #expect(findings.map(\.severity) == [.error])
    }

    @Test(arguments: [
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\n\(pop3)C: AUTH PLAIN\nS: + \nC: «AGEAYg==»\nS: +OK\n",
        """
        protocol: imap
        S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
        C: a STARTTLS
        S: a OK
        tls client
        C: b AUTHENTICATE PLAIN
        S: + 
        C: «AGEAYg==»
        S: b OK
        """,
    ]) func inPOP3AndIMAP(_ text: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.no-new-ehlo"])
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test(arguments: [
        // It simply logs in, which every server knows.
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\n\(pop3)C: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n",
        // It asks which mechanisms there are.
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\n\(pop3)C: AUTH\nS: +OK\nS: PLAIN\nS: .\n",
        // It has no list to keep.
        "protocol: pop3\nS: +OK\n\(pop3)C: AUTH PLAIN\nS: + \nC: «AGEAYg==»\nS: +OK\n",
        "protocol: imap\nS: * OK\nC: a STARTTLS\nS: a OK\ntls client\nC: b AUTHENTICATE PLAIN «AGEAYg==»\nS: b OK\n",
        // It was told anew without having asked.
        """
        protocol: imap
        S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
        C: a STARTTLS
        S: a OK
        tls client
        C: b LOGIN c «d»
        S: * CAPABILITY IMAP4rev2 IDLE
        S: b OK
        C: c IDLE
        S: + 
        C: DONE
        S: c OK
        """,
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nC: HELO a\nS: 250 mx\nC: MAIL FROM:<>\n",
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nC: NOOP\nS: 250 ok\nC: QUIT\nS: 221 bye\n",
        // Nothing was said in clear.
        "protocol: smtp\ntls client start=implicit\nS: 220 mx\nC: MAIL FROM:<>\nS: 250 ok\n",
        // It may have been said where nobody heard it.
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nlost: client 9\nC: MAIL FROM:<>\nS: 250 ok\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
