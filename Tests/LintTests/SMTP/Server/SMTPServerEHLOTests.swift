import Lint
import Testing

@Suite struct SMTPServerEHLOTests {
    @Test(arguments: [
        (
            "smtp.server.ehlo-style-to-helo", "@greeting\nC: HELO a.example\nS: 250-mx\nS: 250 8bitmime\n",
            Severity.error
        ),
        ("smtp.server.ehlo-keyword-syntax", "@offering AUTH LOGIN|AUTH=LOGIN\n", .note),
        ("smtp.server.ehlo-keyword-syntax", "@offering SIZE 1|  \n", .note),
        ("smtp.server.ehlo-keyword-syntax", "@offering PIPE_CONNECT\n", .note),
        ("smtp.server.ehlo-keyword-syntax", "@offering ok, go\n", .warning),
        ("smtp.server.ehlo-keyword-syntax", "@offering SIZE 1\\x07\n", .warning),
        ("smtp.server.ehlo-lies", "@offering STARTTLS\nC: STARTTLS\nS: 502 not implemented\n", .error),
        ("smtp.server.ehlo-lies", "@offering VRFY\nC: VRFY bob\nS: 500 unknown command\n", .error),
        ("smtp.server.smtputf8-without-8bitmime", "@offering SMTPUTF8|SIZE\n", .error),
        ("smtp.server.binarymime-without-chunking", "@offering BINARYMIME|8BITMIME\n", .error),
        ("smtp.server.size-syntax", "@offering SIZE 10000 20000\n", .warning),
        ("smtp.server.size-syntax", "@offering SIZE unlimited\n", .warning),
        ("smtp.server.size-syntax", "@offering SIZE 111111111111111111111\n", .warning),
        (
            "smtp.server.enhanced-missing",
            "@offering ENHANCEDSTATUSCODES\nC: NOOP\nS: 250-2.0.0 a\nS: 250 b\n", .warning
        ),
        (
            "smtp.server.enhanced-missing",
            "@offering ENHANCEDSTATUSCODES\nC: MAIL FROM:<>\nS: 550 1234.5.6 no\n", .warning
        ),
        ("smtp.server.enhanced-mismatch", "@offering ENHANCEDSTATUSCODES\nC: NOOP\nS: 250 5.0.0 a\n", .error),
        (
            "smtp.server.enhanced-mismatch", "@offering ENHANCEDSTATUSCODES\nC: NOOP\nS: 250 2.00.0 a\n",
            .error
        ),
        ("smtp.server.enhanced-mismatch", "@ready\nC: MAIL FROM:<>\nS: 554 4.7.1 a\n", .warning),
        (
            "smtp.server.enhanced-mismatch", "@ready\n@mail\n@rcpt\nC: DATA\nS: 354 2.0.0 go\n",
            .note
        ),
    ]) func isFound(_ id: String, _ text: String, _ severity: Severity) throws {
        let findings = try Server.findings(text, of: id)
        #expect(findings.map(\.rule) == [id])
        #expect(findings.map(\.severity) == [severity])
    }

    @Test(arguments: [
        (
            "smtp.server.ehlo-style-to-helo",
            "@greeting\nC: HELO a.example\nS: 250-mx hello\nS: 250 no spam here\n"
        ),
        ("smtp.server.ehlo-style-to-helo", "@offering SIZE 1|PIPELINING\n"),
        (
            "smtp.server.ehlo-keyword-syntax",
            "@offering PIPELINING|XCLIENT NAME ADDR PROTO HELO|X-EXPS GSSAPI NTLM|SIZE|8BITMIME|AUTH LOGIN |LIMITS RCPTMAX=1000 MAILMAX=100|X-ANONYMOUSTLS|250\n"
        ),
        ("smtp.server.ehlo-keyword-syntax", "@greeting\nC: HELO a.example\nS: 250-mx\nS: 250 Hello, you\n"),
        ("smtp.server.ehlo-lies", "@ready\nC: ETRN a.example\nS: 502 no\n"),
        ("smtp.server.ehlo-lies", "@offering STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available\n"),
        ("smtp.server.ehlo-lies", "@offering AUTH PLAIN\nC: AUTH FOO\nS: 504 unknown mechanism\n"),
        // mailtee refuses it.
        (
            "smtp.server.ehlo-lies",
            "@offering STARTTLS\nremark: fault refuse-command: STARTTLS\nC: STARTTLS\nS: 502 no\n"
        ),
        ("smtp.server.ehlo-lies", "@offering HELP\nC: HELO a.example\nS: 250 mx\nC: HELP\nS: 502 no\n"),
        ("smtp.server.size-syntax", "@offering SIZE|8BITMIME\n"),
        ("smtp.server.size-syntax", "@offering SIZE 0\n"),
        ("smtp.server.size-syntax", "@offering 8BITMIME|SIZE 35882577\n"),
        ("smtp.server.smtputf8-without-8bitmime", "@offering 8bitmime|smtputf8\n"),
        ("smtp.server.smtputf8-without-8bitmime", "@offering 8BITMIME\n"),
        ("smtp.server.binarymime-without-chunking", "@offering CHUNKING\n"),
        (
            "smtp.server.enhanced-missing",
            "@offering ENHANCEDSTATUSCODES\nC: RSET\nS: 250 2.0.0 a\nC: EHLO a.example\nS: 250 mx\n"
        ),
        (
            "smtp.server.enhanced-missing",
            "@offering ENHANCEDSTATUSCODES|AUTH GSSAPI\nC: AUTH GSSAPI\nS: 334 \nC: *\nS: 501 5.7.0 no\n"
        ),
        ("smtp.server.enhanced-missing", "@ready\nC: NOOP\nS: 250 fine\n"),
        // What was announced in clear counts no more.
        (
            "smtp.server.enhanced-missing",
            "@offering ENHANCEDSTATUSCODES|STARTTLS\nC: STARTTLS\nS: 220 2.0.0 go\ntls server\ntls client\nC: NOOP\nS: 250 fine\n"
        ),
        ("smtp.server.enhanced-mismatch", "@ready\nC: HELP\nS: 214 5.0.1 is the version\n"),
        ("smtp.server.enhanced-mismatch", "@ready\nC: NOOP\nS: 250 8.17.1 here\n"),
        ("smtp.server.enhanced-mismatch", "@ready\nC: NOOP\nS: 250 192.0.2.1 ok\n"),
        ("smtp.server.enhanced-mismatch", "@offering ENHANCEDSTATUSCODES\nC: NOOP\nS: 421 4.3.2 down\n"),
    ]) func isNone(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).isEmpty)
    }
}
