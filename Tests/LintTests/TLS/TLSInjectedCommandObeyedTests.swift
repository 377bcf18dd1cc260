import Lint
import Testing

@Suite struct TLSInjectedCommandObeyedTests {
    @Test func inPOP3AndIMAP() throws {
        let pop3 = try lintFamily(
            "tls.",
            """
            protocol: pop3
            S: +OK
            C: STLS
            remark: fault inject-command: mailtee put a command in clear behind the client's command to begin TLS
            S: +OK
            tls client
            S: +OK
            C: QUIT
            S: +OK
            """)
        #expect(pop3.map(\.rule) == ["tls.injected-command-obeyed"])
        let imap = try lintFamily(
            "tls.",
            """
            protocol: imap
            S: * OK
            C: a STARTTLS
            remark: fault inject-command: mailtee put a command in clear behind the client's command to begin TLS
            S: a OK
            tls client
            S: injected OK NOOP completed
            C: b LOGOUT
            S: b OK
            """)
        #expect(imap.map(\.rule) == ["tls.injected-command-obeyed"])
        #expect(imap.allSatisfy { $0.means.en.contains("`injected OK NOOP completed`") })
    }

    /// Client and server are both at fault where the client's own words were obeyed.
    @Test func theClientsOwnCommand() throws {
        let findings = try lintFamily(
            "tls.",
            """
            protocol: smtp
            S: 220 mx
            C: STARTTLS
            C: NOOP
            S: 220 go
            tls client
            S: 250 ok
            C: QUIT
            S: 221 bye
            """)
        #expect(findings.map(\.rule) == ["tls.data-after-starttls", "tls.injected-command-obeyed"])
        #expect(findings.allSatisfy { $0.means.en.contains("`NOOP`") })
    }
}
