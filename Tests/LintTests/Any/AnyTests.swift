import Lint
import Testing

@Suite struct AnyTests {
    static let found: [(String, String, Side, Severity)] = [
        ("any.wrong-protocol", "protocol: smtp\nS: 220 mx\nC: \\x16\\x03\\x01\\x00\\x05hello\\c\n", .tls, .error),
        ("any.wrong-protocol", "protocol: http\nC: \\x16\\x03\\x01\\x02\\x00\\x01\\c\n", .tls, .error),
        ("any.wrong-protocol", "protocol: smtp\nS: 220 mx\nC: GET / HTTP/1.1\nC: Host: a\nC: \n", .client, .error),
        ("any.wrong-protocol", "protocol: smtp\nS: 220 mx\nC: USER a\nS: 500 what\n", .client, .error),
        ("any.wrong-protocol", "protocol: smtp\nS: 220 mx\nC: a1 LOGIN a «b»\nS: 500 what\n", .client, .error),
        ("any.wrong-protocol", "protocol: imap\nS: * OK ready\nC: EHLO a\nS: EHLO BAD what\n", .client, .error),
        ("any.wrong-protocol", "protocol: http\nC: EHLO a\nS: HTTP/1.1 400 Bad Request\nS: \n", .client, .error),
        ("any.wrong-protocol", "protocol: smtp\nC: EHLO a\nS: \\x15\\x03\\x03\\x00\\x02\\x02\\x0A\\c\n", .tls, .error),
        (
            "any.wrong-protocol", "protocol: imap\nC: a1 CAPABILITY\nS: \\x15\\x03\\x01\\x00\\x02\\x02\\x28\\c\n", .tls,
            .error
        ),
        ("any.wrong-protocol", "protocol: pop3\nC: CAPA\nS: \\x15\\x03\\x01\\x00\\x02\\x02\\x46\\c\n", .tls, .error),
        ("any.wrong-protocol", "protocol: smtp\nS: +OK ready\nC: EHLO a\nS: -ERR what\n", .client, .error),
        ("any.wrong-protocol", "protocol: smtp\nS: * OK ready\nend: client-closed\n", .client, .error),
        ("any.wrong-protocol", "protocol: smtp\nC: EHLO a\nS: HTTP/1.1 400 Bad Request\nS: \n", .client, .error),
        ("any.wrong-protocol", "protocol: pop3\nS: SSH-2.0-OpenSSH_9.2\nC: QUIT\n", .client, .error),
        (
            "any.wrong-protocol", "protocol: imap\nS: 220 mx.example.com ESMTP\nC: a1 CAPABILITY\nS: 500 what\n",
            .client, .error
        ),
        // It is mailtee that was told wrong.
        ("any.wrong-protocol", "protocol: pop3\nS: 220 mx\nC: EHLO a\nS: 250 mx\n", .client, .warning),
        ("any.desync", "protocol: pop3\nS: +OK\nC: NOOP\nS: +OK\nS: +OK\n", .server, .error),
        ("any.half-session", "protocol: smtp\nC: RCPT TO:<a@b>\nS: 250 ok\n", .server, .note),
        ("any.half-session", "protocol: pop3\nC: RETR 1\nS: -ERR no\n", .server, .note),
        ("any.half-session", "protocol: imap\nC: a NOOP\nS: a OK\n", .server, .note),
        ("any.half-session", "protocol: imap\nS: * OK\nC: a NOOP\nend: stopped\n", .server, .note),
        ("any.reset", "protocol: smtp\nS: 220 mx\nC: EHLO a\nend: server-reset\n", .server, .warning),
        ("any.reset", "protocol: smtp\nS: 220 mx\nC: EHLO a\nend: client-reset\n", .client, .note),
        ("any.reset", "protocol: imap\nS: * OK\nC: a IDLE\nS: + idling\nend: client-reset\n", .client, .note),
        (
            "any.reset",
            "protocol: http\nC: GET / HTTP/1.1\nC: \nS: HTTP/1.1 200 OK\nS: Content-Length: 9\nS: \nS: a\\c\nend: server-reset\n",
            .server, .warning
        ),
        ("any.no-answer", "protocol: smtp\nS: 220 mx\nC: DATA\nwait: 130\nS: 503 no\n", .server, .warning),
        ("any.no-answer", "protocol: pop3\nS: +OK\nC: STAT\nwait: 700\nend: client-closed\n", .server, .error),
        ("any.no-answer", "protocol: imap\nS: * OK\nC: a NOOP\nwait: 601\nS: a OK\n", .server, .warning),
        ("any.telnet-bytes", "protocol: pop3\nS: +OK\nC: \\xFF\\xFD\\x03\\c\nC: QUIT\n", .client, .note),
        ("any.unknown-extension", "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: FROBNICATE\nS: .\n", .server, .note),
        ("any.unknown-extension", "protocol: imap\nS: * OK [CAPABILITY IMAP4rev1 FROB=1] hi\n", .server, .note),
    ]

    @Test(arguments: found) func isFound(_ id: String, _ text: String, _ side: Side, _ severity: Severity) throws {
        let findings = try lintAlone(id, text)
        #expect(findings.map(\.side) == [side])
        #expect(findings.map(\.severity) == [severity])
    }

    static let none: [(String, String)] = [
        ("any.wrong-protocol", "protocol: smtp\nS: 220 mx\nC: AUTH LOGIN\nS: 334 x\n"),
        ("any.wrong-protocol", "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\nC: USER a\nS: 500 what\n"),
        ("any.wrong-protocol", "protocol: imap\nS: * OK\nC: a1 CAPABILITY\nS: a1 OK\n"),
        ("any.wrong-protocol", "protocol: smtp\nS: 554 no\nC: QUIT\nS: 221 bye\n"),
        ("any.wrong-protocol", "protocol: pop3\nS: -ERR busy\nend: server-closed\n"),
        ("any.wrong-protocol", "protocol: imap\nS: * BYE busy\nend: server-closed\n"),
        ("any.wrong-protocol", "protocol: ftp\nS: 220 ftp\nC: USER a\nS: 331 go\n"),
        ("any.wrong-protocol", "protocol: pop3\nS: +OK\nC: USER a\nS: +OK\n"),
        ("any.wrong-protocol", "protocol: smtp\nlost: client 9\nC: USER a\nS: 500 what\n"),
        // TLS that was agreed on.
        (
            "any.wrong-protocol",
            "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\nC: \\x16\\x03\\x01\\x00\\x05hello\\c\n"
        ),
        ("any.desync", "protocol: pop3\nS: +OK\nC: NOOP\nS: +OK\nS: -ERR too long idle\n"),
        ("any.desync", "protocol: pop3\nS: +OK\nC: NOOP\nC: NOOP\nS: +OK\nS: +OK\n"),
        (
            "any.desync",
            "protocol: http\nC: GET / HTTP/1.1\nC: \nS: HTTP/1.1 204 No\nS: \nS: HTTP/1.1 408 Too slow\nS: \n"
        ),
        ("any.desync", "protocol: http\nC: GET / HTTP/1.1\nC: \nS: HTTP/1.1 103 Early\nS: \nS: HTTP/1.1 204 No\nS: \n"),
        // It could not wait.
        ("any.half-session", "protocol: smtp\nC: EHLO a\nS: 220 mx\nS: 250 mx\nend: client-closed\n"),
        ("any.half-session", "protocol: pop3\nC: CAPA\nS: +OK\nS: -ERR\nend: client-closed\n"),
        ("any.half-session", "protocol: http\nC: GET / HTTP/1.1\nC: \nS: HTTP/1.1 204 No\nS: \n"),
        ("any.reset", "protocol: smtp\nS: 220 mx\nC: QUIT\nS: 221 bye\nend: client-reset\n"),
        ("any.reset", "protocol: imap\nS: * OK\nC: a LOGOUT\nS: * BYE\nend: client-reset\n"),
        ("any.no-answer", "protocol: smtp\nS: 220 mx\nC: MAIL FROM:<>\nwait: 299\nS: 250 ok\n"),
        // It is the client who is slow.
        ("any.no-answer", "protocol: smtp\nS: 220 mx\nC: NOOP\nS: 250 ok\nwait: 900\nC: NOOP\nS: 250 ok\n"),
        ("any.no-answer", "protocol: imap\nS: * OK\nC: a IDLE\nwait: 700\nS: + idling\nwait: 1700\nC: DONE\nS: a OK\n"),
        ("any.no-answer", "protocol: smtp\nS: 220 mx\nC: NOOP\nwait: 900\nlost: server 8\nS: 250 ok\n"),
        (
            "any.no-answer",
            "protocol: smtp\nS: 220 mx\nC: AUTH LOGIN\nS: 334 a\nwait: 900\nC: «YQ==»\nS: 535 no\n"
        ),
        // A name in Latin-1, and a secret.
        ("any.telnet-bytes", "protocol: smtp\nS: 220 mx\nC: HELO \\xFFa\nS: 501 no\n"),
        ("any.telnet-bytes", "protocol: ftp\nS: 220 ftp\nC: \\xFF\\xF4\\xFF\\xF2ABOR\nS: 226 ok\n"),
        ("any.unknown-extension", "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-frob.example.com\nS: 250 SIZE\n"),
        (
            "any.unknown-extension",
            "protocol: imap\nS: * OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR THREAD=REFS RIGHTS=texk X-GM-EXT-1] hi\n"
        ),
    ]

    @Test(arguments: none) func isNone(_ id: String, _ text: String) throws {
        #expect(try lintAlone(id, text).isEmpty)
    }

    /// The rest has its cause in it.
    @Test func theWrongProtocolExplainsAll() throws {
        let text = "protocol: pop3\nS: +OK\nC: GET /?password=x HTTP/1.1\nC: Host: a\nC: \nS: -ERR\nS: -ERR\nS: -ERR\n"
        #expect(try lint(text).map(\.rule) == ["any.wrong-protocol"])
    }
}
