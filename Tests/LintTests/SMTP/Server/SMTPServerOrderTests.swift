import Lint
import Testing

/// Rules about how many replies there are, when they come, and how the session ends.
@Suite struct SMTPServerOrderTests {
    @Test(arguments: [
        ("smtp.server.no-reply", "@ready\nC: NOOP\nwait: 300\nend: client-closed\n"),
        ("smtp.server.no-reply", "@ready\n@mail\n@rcpt\nC: DATA\nwait: 130\nend: client-reset\n"),
        (
            "smtp.server.no-reply",
            "@ready\n@mail\n@rcpt\n@message\nwait: 700\nend: client-closed\n"
        ),
        ("smtp.server.double-reply", "@ready\nC: NOOP\nS: 250 a\nS: 250 b\n@quit\n"),
        (
            "smtp.server.double-reply",
            "@ready\n@mail\nC: RCPT TO:<a@b.example>\nS: 550 a\nS: 550 b\n@quit\n"
        ),
        (
            "smtp.server.double-reply",
            "@ready\n@mail\n@rcpt\n@message\nS: 250 a\nS: 250 b\n"
        ),
        (
            "smtp.server.pipelining-lost",
            "@offering PIPELINING\nC: MAIL FROM:<>\nC: RCPT TO:<a@b.example>\nS: 550 no\nwait: 300\nend: client-closed\n"
        ),
        ("smtp.server.closes-without-421", "@ready\nC: NOOP\nend: server-closed\n"),
        (
            "smtp.server.closes-without-421",
            "@ready\n@mail\n@rcpt\n@message\nend: server-reset\n"
        ),
        ("smtp.server.closes-without-421", "@greeting\nend: server-closed\n"),
        ("smtp.server.idle-cut", "@ready\n@mail\nwait: 30\nend: server-closed\n"),
        ("smtp.server.idle-cut", "@ready\nwait: 60\nS: 451 timeout (#4.4.2)\nend: server-closed\n"),
        (
            "smtp.server.slow-after-dot",
            "@ready\n@mail\n@rcpt\n@message\nwait: 301\nS: 250 fine\n"
        ),
        ("smtp.server.data-ok-without-rcpt", "@ready\n@mail\nC: DATA\nS: 354 go\n"),
        ("smtp.server.data-ok-without-rcpt", "@ready\nC: DATA\nS: 354 go\n"),
    ]) func isFound(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).map(\.rule) == [id])
    }

    @Test(arguments: [
        ("smtp.server.no-reply", "@ready\nC: NOOP\nwait: 299\nend: client-closed\n"),
        ("smtp.server.no-reply", "@ready\nC: QUIT\nend: client-closed\n"),
        ("smtp.server.no-reply", "@ready\nC: NOOP\nwait: 400\nend: broken-off\n"),
        (
            "smtp.server.no-reply",
            "@ready\n@mail\n@rcpt\n@message\nwait: 400\nend: client-closed\n"
        ),
        ("smtp.server.no-reply", "@ready\nC: FOO\nS: 421 no\nC: QUIT\nwait: 400\nend: server-closed\n"),
        ("smtp.server.no-reply", "@ready\nC: NOOP\nlost: server 20\nC: QUIT\nS: 221 bye\nend: server-closed\n"),
        ("smtp.server.double-reply", "@ready\nwait: 300\nS: 421 timeout\nend: server-closed\n"),
        ("smtp.server.double-reply", "@ready\nwait: 1200\nS: 451 timeout (#4.4.2)\nend: server-closed\n"),
        ("smtp.server.double-reply", "@ready\nS: 221 closing\nend: server-closed\n"),
        // Pipelined, and answered one by one.
        ("smtp.server.double-reply", "@ready\nC: NOOP\nC: NOOP\nS: 250 a\nS: 250 b\n@quit\n"),
        // The server takes CR for a line's end.
        ("smtp.server.double-reply", "@ready\nC: NOOP\\x0D\\c\nS: 250 a\nC: NOOP\\x0D\\c\nS: 250 a\n"),
        // It does not know BDAT, and takes the chunk for commands.
        (
            "smtp.server.double-reply",
            "@ready\n@mail\n@rcpt\nC: BDAT 4\nC: a\\x0D\\x0A\nS: 502 no\nS: 500 what?\n@quit\n"
        ),
        // Two lines in the eyes of some, one in those of others.
        (
            "smtp.server.no-reply",
            "@ready\nC: NOOP\\x0A\\c\nC: NOOP\nC: QUIT\nS: 500 no\nS: 221 bye\nend: server-closed\n"
        ),
        // It took LF `.` LF for the end of the message.
        (
            "smtp.server.double-reply",
            "@ready\n@mail\n@rcpt\nC: DATA\nS: 354 go\nC: x\\x0A.\\x0A\\c\nS: 250 fine\n@quit\n"
        ),
        ("smtp.server.double-reply", "remark: fault inject-response: x\n@ready\nS: 250 b\n@quit\n"),
        // The answer to something that was lost, as shows when the client speaks again.
        ("smtp.server.double-reply", "@ready\nS: 250 a\nlost: client 6\n@quit\n"),
        ("smtp.server.double-reply", "@ready\nlost: client 6\nS: 250 a\n@quit\n"),
        (
            "smtp.server.double-reply",
            "@offering CHUNKING\n@mail\n@rcpt\nC: BDAT 3\nC: a\\x0D\\x0A\\c\nS: 250 fine\nC: BDAT 0 LAST\nS: 250 fine\n@quit\n"
        ),
        // The server closes and says so; what came behind is nobody's.
        (
            "smtp.server.pipelining-lost",
            "@offering PIPELINING\nC: FOO\nC: BAR\nC: QUIT\nS: 502 no\nS: 421 too many errors\nend: server-closed\n"
        ),
        (
            "smtp.server.pipelining-lost",
            "@ready\nC: MAIL FROM:<>\nC: RCPT TO:<a@b.example>\nS: 550 no\nwait: 300\nend: client-closed\n"
        ),
        ("smtp.server.closes-without-421", "@ready\n@quit\nend: server-closed\n"),
        ("smtp.server.closes-without-421", "@ready\nS: 421 timeout\nend: server-closed\n"),
        ("smtp.server.closes-without-421", "S: 521 5.7.1 not here\nend: server-closed\n"),
        ("smtp.server.closes-without-421", "@ready\nC: FOO\nS: 550 closing connection\nend: server-closed\n"),
        ("smtp.server.closes-without-421", "@ready\nend: client-closed\n"),
        ("smtp.server.closes-without-421", "@ready\nend: stopped\n"),
        ("smtp.server.closes-without-421", "@ready\nC: STARTTLS\nS: 220 go\nend: server-closed\n"),
        ("smtp.server.closes-without-421", "@ready\nlost: server 9\nend: server-closed\n"),
        ("smtp.server.idle-cut", "@ready\nwait: 300\nend: server-closed\n"),
        ("smtp.server.idle-cut", "@ready\nwait: 60\nS: 421 shutting down\nend: server-closed\n"),
        ("smtp.server.idle-cut", "@ready\nwait: 60\nend: client-closed\n"),
        ("smtp.server.idle-cut", "@ready\n@quit\nwait: 60\nend: server-closed\n"),
        ("smtp.server.idle-cut", "@ready\nC: NOOP\nwait: 60\nend: server-closed\n"),
        (
            "smtp.server.idle-cut",
            "@ready\n@mail\n@rcpt\nC: DATA\nS: 354 go\nC: x\nwait: 200\nS: 421 timeout\nend: server-closed\n"
        ),
        (
            "smtp.server.slow-after-dot",
            "@ready\n@mail\n@rcpt\n@message\nwait: 299\nS: 250 fine\n"
        ),
        ("smtp.server.data-ok-without-rcpt", "@ready\n@mail\n@rcpt\nC: DATA\nS: 354 go\n"),
        ("smtp.server.data-ok-without-rcpt", "@ready\nlost: client 50\nC: DATA\nS: 354 go\n"),
    ]) func isNone(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).isEmpty)
    }

    @Test func aRefusalBeforeItHangsUpIsMilder() throws {
        let text = "@ready\nC: MAIL FROM:<>\nS: 550 go away\nend: server-closed\n"
        #expect(try Server.findings(text, of: "smtp.server.closes-without-421").map(\.severity) == [.note])
    }

    /// RFC 2033 §4.2: one reply for each recipient that was accepted.
    @Test(arguments: [
        "@message\nS: 250 a\nS: 550 b\nC: QUIT\nS: 221 bye\n",
        "C: BDAT 2 LAST\nC: x\\c\nC: \\x0A\\c\nS: 250 a\nS: 550 b\nC: QUIT\nS: 221 bye\n",
    ]) func manyRepliesInLMTP(_ end: String) throws {
        let text =
            "protocol: lmtp\n@greeting\nC: LHLO a.example\nS: 250 mx.example.com\n@mail\n@rcpt\n@rcpt\n" + end
        #expect(try lint(Server.expanded(text)).filter { $0.rule.hasPrefix("smtp.server") }.isEmpty)
    }

    /// A client that waits for nothing: how many replies its message gets is not known when it ends.
    @Test func manyRepliesInPipelinedLMTP() throws {
        let text =
            "protocol: lmtp\n@greeting\nC: LHLO a.example\nS: 250 mx.example.com\nC: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.com>\nC: RCPT TO:<c@example.com>\nC: BDAT 1 LAST\nC: x\\c\nS: 250 a\nS: 250 b\nS: 250 c\nS: 250 d\nS: 250 e\n@mail\n@rcpt\nC: DATA\nS: 354 go\n"
        #expect(try lint(Server.expanded(text)).filter { $0.rule.hasPrefix("smtp.server") }.isEmpty)
    }
}

@Suite struct SMTPServerAuthTests {
    private static let secure = "tls server start=implicit\ntls client start=implicit\n"

    @Test(arguments: [
        ("smtp.server.334-form", "@ready\nC: AUTH EXTERNAL\nS: 334\nC: «YQ==»\nS: 235 in\n", Severity.error),
        ("smtp.server.334-form", "@ready\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU\n", .error),
        ("smtp.server.334-form", "@ready\nC: AUTH NTLM\nS: 334 ntlm supported\n", .note),
        (
            "smtp.server.auth-second-accepted",
            "@ready\nC: AUTH EXTERNAL «=»\nS: 235 in\nC: AUTH EXTERNAL\nS: 334 \nC: «YQ==»\nS: 503 no\n", .error
        ),
    ]) func isFound(_ id: String, _ text: String, _ severity: Severity) throws {
        let findings = try Server.findings("@secure\n" + text, of: id)
        #expect(findings.map(\.rule) == [id])
        #expect(findings.map(\.severity) == [severity])
    }

    @Test(arguments: [
        ("smtp.server.334-form", "@secure\n@ready\nC: AUTH PLAIN\nS: 334 \nC: «AGEAYg==»\nS: 235 in\n"),
        ("smtp.server.334-form", "@ready\nC: NOOP\nS: 334 what\n"),
        (
            "smtp.server.auth-second-accepted",
            "@secure\n@ready\nC: AUTH EXTERNAL «=»\nS: 535 no\nC: AUTH EXTERNAL «=»\nS: 235 in\n"
        ),
        // What was known in clear is forgotten.
        (
            "smtp.server.auth-second-accepted",
            "@offering STARTTLS\nC: AUTH EXTERNAL «=»\nS: 235 in\nC: STARTTLS\nS: 220 go\ntls server\ntls client\n@ehlo\nC: AUTH EXTERNAL «=»\nS: 235 in\n"
        ),
    ]) func isNone(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).isEmpty)
    }
}
