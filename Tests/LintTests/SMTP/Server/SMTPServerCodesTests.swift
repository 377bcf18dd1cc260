import Lint
import Testing

@Suite struct SMTPServerCodesTests {
    @Test(arguments: [
        ("smtp.server.code-for-phase", "@ready\nC: NOOP\nS: 200 fine\n", Severity.warning),
        ("smtp.server.code-for-phase", "@greeting\nC: EHLO a.example\nS: 220 mx.example.com\n", .warning),
        ("smtp.server.code-for-phase", "@ready\nC: AUTH EXTERNAL =\nS: 250 in\n", .warning),
        ("smtp.server.code-for-phase", "@ready\n@mail\nC: RCPT TO:<b@example.net>\nS: 447 no\n", .note),
        ("smtp.server.code-for-phase", "@ready\n@mail\n@rcpt\nC: DATA\nS: 350 go\n", .warning),
        ("smtp.server.wrong-class", "@ready\n@mail\n@rcpt\nC: DATA\nS: 250 go\n", .error),
        ("smtp.server.wrong-class", "@ready\nC: MAIL FROM:<>\nS: 354 go\n", .error),
        ("smtp.server.wrong-class", "@ready\nC: AUTH EXTERNAL =\nS: 354 go\n", .error),
        ("smtp.server.wrong-class", "@ready\n@mail\n@rcpt\n@message\nS: 354 go\n", .error),
        ("smtp.server.no-221", "@ready\nC: QUIT\nS: 250 bye\n", .warning),
        ("smtp.server.no-221", "@ready\nC: QUIT\nend: server-reset\n", .warning),
        ("smtp.server.rset-not-250", "@ready\nC: RSET\nS: 451 not now\n", .error),
        ("smtp.server.rset-not-250", "@ready\nC: RSET\nS: 200 fine\n", .warning),
        ("smtp.server.rset-not-250", "@greeting\nC: RSET\nS: 503 say hello\n", .warning),
        ("smtp.server.required-verb-missing", "@greeting\nC: EHLO a.example\nS: 500 what?\n", .warning),
        ("smtp.server.required-verb-missing", "@greeting\nC: HELO a.example\nS: 502 no\n", .error),
        ("smtp.server.required-verb-missing", "@ready\nC: rset\nS: 500 unknown\n", .error),
        ("smtp.server.required-verb-missing", "@ready\nC: MAIL FROM:<a@b.example>\nS: 502 no\n", .error),
        ("smtp.server.required-verb-missing", "@ready\nC: VRFY alice\nS: 500 unknown\n", .warning),
        ("smtp.server.530-scope", "@ready\nC: QUIT\nS: 530 5.7.0 Authentication required\n", .error),
        ("smtp.server.530-scope", "@ready\nC: STARTTLS\nS: 530 TLS first\n", .error),
        ("smtp.server.530-scope", "@ready\nC: RSET\nS: 530 5.7.0 Authentication required\n", .error),
        ("smtp.server.short-512", "@ready\nC: MAIL FROM:<a@b.example>\nS: 500 Line too long\n", .error),
        ("smtp.server.helo-ip-reject", "@ready\nC: MAIL FROM:<>\nS: 550 HELO doesn't match IP\n", .note),
        (
            "smtp.server.transient-as-permanent",
            "@ready\n@mail\nC: RCPT TO:<b@example.net>\nS: 450 4.1.1 User unknown\n", .note
        ),
        ("smtp.server.transient-as-permanent", "S: 554 too busy, try again later\n", .note),
        (
            "smtp.server.rcpt-limit",
            "@ready\n@mail\nC: RCPT TO:<b@example.net>\nS: 552 Too many recipients\n", .error
        ),
        ("smtp.server.accepts-bad", "@ready\nC: MAIL FROM:a@b.example\nS: 250 fine\n", .note),
        ("smtp.server.accepts-bad", "@ready\nC: MAIL FROM :<a@b.example>\nS: 250 fine\n", .note),
        ("smtp.server.accepts-bad", "@ready\nC: RSET now\nS: 250 fine\n", .note),
    ]) func isFound(_ id: String, _ text: String, _ severity: Severity) throws {
        let findings = try Server.findings(text, of: id)
        #expect(findings.map(\.rule) == [id])
        #expect(findings.map(\.severity) == [severity])
    }

    @Test(arguments: [
        // Refusals of all kinds, wherever they come.
        (
            "smtp.server.code-for-phase",
            "@offering STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available\nC: NOOP\nS: 421 going\n"
        ),
        (
            "smtp.server.code-for-phase",
            "@ready\nC: MAIL FROM:<>\nS: 535 no\nC: MAIL FROM:<>\nS: 521 no\nC: MAIL FROM:<>\nS: 556 no\n"
        ),
        ("smtp.server.code-for-phase", "S: 554 no\nC: EHLO a.example\nS: 503 no\n@quit\n"),
        ("smtp.server.code-for-phase", "@ready\n@mail\nC: RCPT TO:<b@c.example>\nS: 251 will forward\n"),
        ("smtp.server.code-for-phase", "@ready\nC: VRFY bob\nS: 252 perhaps\nC: HELP\nS: 214 none\n"),
        ("smtp.server.code-for-phase", "@ready\nC: XCLIENT ADDR=192.0.2.1\nS: 220 mx.example.com ESMTP\n"),
        // The recording begins in the middle: each reply falls to the command before.
        (
            "smtp.server.code-for-phase",
            "C: MAIL FROM:<>\nS: 250 fine\nC: RCPT TO:<a@b.example>\nS: 250 fine\nC: DATA\nS: 354 go\n"
        ),
        ("smtp.server.wrong-class", "S: 250 fine\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 250 fine\n@quit\n"),
        ("smtp.server.wrong-class", "S: 550 no\nC: MAIL FROM:<>\nlost: server 3\nS: 354 go\n"),
        ("smtp.server.wrong-class", "@ready\nC: XEXCH50 1 2\nS: 354 send\n"),
        ("smtp.server.wrong-class", "@ready\nC: AUTH EXTERNAL\nS: 334 \nC: «YQ==»\nS: 235 in\n"),
        ("smtp.server.no-221", "@ready\nC: QUIT\nS: 421 going down\n"),
        ("smtp.server.no-221", "@ready\nC: QUIT\nend: client-closed\n"),
        ("smtp.server.no-221", "@ready\nC: NOOP\nS: 421 going down\nC: QUIT\nend: server-closed\n"),
        ("smtp.server.rset-not-250", "@ready\nC: RSET\nS: 530 Must issue a STARTTLS command first\n"),
        ("smtp.server.rset-not-250", "S: 554 no\nC: RSET\nS: 503 no\n"),
        ("smtp.server.rset-not-250", "@ready\nC: RSET now\nS: 501 no\n"),
        ("smtp.server.required-verb-missing", "@ready\nC: VRFY alice\nS: 502 disabled\n"),
        ("smtp.server.required-verb-missing", "@ready\nC: DATA\nS: 502 what for\n"),
        ("smtp.server.required-verb-missing", "@ready\nC: NOOP \\xFF\nS: 500 5.5.2 Error: bad UTF-8 syntax\n"),
        ("smtp.server.required-verb-missing", "@ready\nC: MAIL FROM:<>\nS: 502 5.5.1 EHLO/HELO first\n"),
        ("smtp.server.required-verb-missing", "@ready\nC: FOO\nS: 502 5.5.2 Error: command not recognized\n"),
        ("smtp.server.530-scope", "@ready\nC: HELO a\nS: 530 Must issue a STARTTLS command first\n"),
        ("smtp.server.530-scope", "@ready\nC: AUTH EXTERNAL =\nS: 530 Must issue a STARTTLS command first\n"),
        ("smtp.server.530-scope", "@ready\nC: MAIL FROM:<>\nS: 530 Authentication required\n"),
        ("smtp.server.short-512", "@ready\n@mail\n@rcpt\n@message\nS: 500 Line too long\n"),
        ("smtp.server.short-512", "@ready\nC: MAIL FROM:<a@b.example>\nS: 550 local part too long\n"),
        (
            "smtp.server.helo-ip-reject",
            "@ready\nC: MAIL FROM:<>\nS: 550 Helo command rejected: Host not found\n"
        ),
        (
            "smtp.server.transient-as-permanent",
            "@ready\nC: MAIL FROM:<>\nS: 450 4.1.1 unverified: host mx said: 550 User unknown\n"
        ),
        ("smtp.server.transient-as-permanent", "@ready\nC: MAIL FROM:<>\nS: 550 5.1.1 User unknown\n"),
        (
            "smtp.server.rcpt-limit",
            "@ready\n@mail\n@rcpt 100\nC: RCPT TO:<c@example.net>\nS: 452 4.5.3 Error: too many recipients\n"
        ),
        (
            "smtp.server.rcpt-limit",
            "@ready\n@mail\n@rcpt\nC: RCPT TO:<c@example.net>\nS: 550 5.5.3 too many recipients\n"
        ),
        (
            "smtp.server.552-too-many",
            "@ready\n@mail\nC: RCPT TO:<c@example.net>\nS: 452 4.5.3 Error: too many recipients\n"
        ),
        ("smtp.server.accepts-bad", "@ready\n@mail\n@rcpt\nC: RSET \nS: 250 fine\n"),
        ("smtp.server.accepts-bad", "@ready\nC: MAIL FROM: <a@b.example>\nS: 501 no\n"),
        ("smtp.server.accepts-bad", "@ready\nC: MAIL FROM:<\"a b\"@c.example> SIZE=10\nS: 250 fine\n"),
    ]) func isNone(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).isEmpty)
    }

    /// RFC 2033 §4.1: an LMTP server does not know them.
    @Test func helloOfSMTPIsUnknownInLMTP() throws {
        let text = "@greeting\nC: EHLO a.example\nS: 500 what?\nC: LHLO a.example\nS: 250 mx\n"
        #expect(try Server.findings(text, of: "smtp.server.required-verb-missing", protocol: "lmtp").isEmpty)
    }
}
