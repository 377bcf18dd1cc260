import Lint
import Testing

@Suite struct TLSInjectedReplyBelievedTests {
    @Test func inPOP3() throws {
        let findings = try lintFamily(
            "tls.",
            """
            protocol: pop3
            S: +OK
            C: STLS
            S: +OK
            S: +OK injected
            tls client
            C: CAPA
            C: USER a
            S: +OK
            S: .
            S: +OK
            """)
        #expect(findings.map(\.rule) == ["tls.server-data-after-ok", "tls.injected-reply-believed"])
        #expect(findings.allSatisfy { $0.means.en.contains("`+OK injected`") })
    }

    /// What it says at once it says by itself; in IMAP it need not wait for an answer.
    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client\nC: EHLO a\nC: HELO a\nS: 250 mx\nS: 250 mx\n",
        """
        protocol: imap
        S: * OK
        C: a STARTTLS
        remark: fault inject-response: mailtee put words in clear behind the server's answer to begin TLS
        S: a OK
        S: * BAD said in clear by mailtee
        tls client
        C: b CAPABILITY
        C: c NOOP
        S: b OK
        S: c OK
        """,
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
