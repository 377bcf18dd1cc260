import Lint
import Testing

/// A last line without its end, and commands without an answer.
@Suite struct AnyUnfinishedLineTests {
    private static let client = "any.client-unfinished-line"
    private static let server = "any.server-unfinished-line"
    private static let answer = "any.no-answer"

    static let found: [(String, String, Side, Severity, String)] = [
        (client, "protocol: smtp\nS: 220 mx\nC: QUIT\\c\nwait: 5\nend: client-closed\n", .client, .error, "`QUIT`"),
        (client, "protocol: pop3\nS: +OK\nC: CAPA\\c\nwait: 30\nend: server-reset\n", .client, .error, "30 seconds"),
        (
            client, "protocol: imap\nS: * OK\nC: a1 NOOP\\c\nwait: 1800\nS: * BYE idle\nend: server-closed\n", .client,
            .error, "`* BYE idle`"
        ),
        // A log without times.
        (
            client, "protocol: smtp\nS: 220 mx\nC: NOOP\\c\nS: 421 Timeout\nend: server-closed\n", .client, .error,
            "421 Timeout"
        ),
        (client, "protocol: pop3\nS: +OK\nC: QUIT\\x0D\\c\nwait: 9\nend: client-closed\n", .client, .error, "CR alone"),
        (
            client, "protocol: pop3\nS: +OK\nC: USER a\nS: +OK\nC: PASS «b»\\c\nwait: 9\nend: client-closed\n", .client,
            .error, "`PASS ***`"
        ),
        // What is no command of POP3's may be a secret.
        (client, "protocol: pop3\nS: +OK\nC: hidden\\c\nwait: 9\nend: client-closed\n", .client, .error, "`…`"),
        (
            client,
            "protocol: smtp\nS: 220 mx\nC: AUTH LOGIN\nS: 334 YQ==\nC: «Yg==»\\c\nwait: 9\nend: client-closed\n",
            .client, .error, "`***`"
        ),
        (server, "protocol: smtp\nS: 220 mx\\c\nwait: 30\nend: client-closed\n", .server, .error, "`220 mx`"),
        (
            server, "protocol: imap\nS: * OK\nC: a1 NOOP\nS: a1 OK\\c\nwait: 30\nend: client-closed\n", .server, .error,
            "`a1 OK`"
        ),
        (
            server, "protocol: pop3\nS: +OK\nC: AUTH PLAIN\nS: + \\c\nwait: 30\nend: client-closed\n", .server, .error,
            "`+ `"
        ),
        // The client went on at last.
        (
            server, "protocol: pop3\nS: +OK\nC: NOOP\nS: +OK\\c\nwait: 30\nC: QUIT\nS: +OK bye\nend: client-closed\n",
            .server, .error, "`+OK+OK bye`"
        ),
        (answer, "protocol: pop3\nS: +OK\nC: USER a\nwait: 5\nend: client-closed\n", .server, .warning, "5 seconds"),
        (answer, "protocol: pop3\nS: +OK\nC: USER a\nwait: 60\nend: client-closed\n", .server, .error, "60 seconds"),
        (answer, "protocol: pop3\nS: +OK\nC: USER a\nend: server-closed\n", .server, .warning, "closed the connection"),
        (answer, "protocol: pop3\nS: +OK\nC: USER a\nend: server-reset\n", .server, .warning, "reset the connection"),
        (answer, "protocol: pop3\nS: +OK\nC: USER a\nwait: 2\nend: client-closed\n", .client, .note, "did not wait"),
        (
            answer, "protocol: pop3\nS: +OK\nC: hidden\nwait: 9\nend: client-closed\n", .server, .warning,
            "its last line"
        ),
        (answer, "protocol: pop3\nS: +OK\nC: QUIT\nwait: 60\nend: client-closed\n", .server, .error, "QUIT"),
    ]

    @Test(arguments: found) func isFound(
        _ id: String, _ text: String, _ side: Side, _ severity: Severity, _ words: String
    ) throws {
        let findings = try lintAlone(id, text)
        #expect(findings.map(\.side) == [side])
        #expect(findings.map(\.severity) == [severity])
        #expect(findings.allSatisfy { $0.means.en.contains(words) }, "\(findings.map(\.means.en))")
        #expect(findings.allSatisfy { $0.means.ja.hasSuffix("。") && $0.means.en.hasSuffix(".") })
        #expect(!findings.contains { $0.means.en.contains("hidden") || $0.means.en.contains("  ") })
    }

    static let none: [(String, String)] = [
        // It breaks off at once.
        (client, "protocol: pop3\nS: +OK\nC: QUI\\c\nend: client-closed\n"),
        (client, "protocol: smtp\nS: 220 mx\nC: QUI\\c\nwait: 2\nend: client-reset\n"),
        // In the middle of a message, of a literal.
        (client, "protocol: smtp\nS: 220 mx\nC: DATA\nS: 354 go\nC: a: b\nC: .\\c\nwait: 30\nend: client-closed\n"),
        (client, "protocol: imap\nS: * OK\nC: a1 LOGIN {9}\nS: + go\nC: «ab»\\c\nwait: 30\nend: client-closed\n"),
        // The record ends, or has a gap.
        (client, "protocol: pop3\nS: +OK\nC: QUIT\\c\nwait: 30\nend: broken-off\n"),
        (client, "protocol: pop3\nS: +OK\nC: QUIT\\c\nwait: 30\n"),
        (client, "protocol: pop3\nS: +OK\nC: QUIT\\c\nlost: client 2\nwait: 30\nend: client-closed\n"),
        // TLS, and what is no text.
        (client, "protocol: pop3\nS: +OK\nC: \\x16\\x03\\x01hello\\c\nwait: 30\nend: client-closed\n"),
        (
            client,
            "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\nC: \\x16\\x03\\x01\\c\nwait: 9\nend: client-closed\n"
        ),
        // Nobody is there who waits for a line.
        (client, "protocol: pop3\nC: QUIT\\c\nwait: 30\nend: client-closed\n"),
        (server, "protocol: pop3\nS: +OK bye\\c\nend: server-closed\n"),
        (server, "protocol: pop3\nS: +OK\nC: RETR 1\nS: +OK\nS: a: b\\c\nwait: 30\nend: client-closed\n"),
        (
            server,
            "protocol: imap\nS: * OK\nC: a FETCH 1 BODY[]\nS: * 1 FETCH (BODY[] {9}\nS: a\\c\nwait: 30\nend: client-closed\n"
        ),
        // A slow line, whole in the end.
        (server, "protocol: pop3\nS: +OK\\c\nwait: 30\nS:  ready\nC: QUIT\nS: +OK\nend: client-closed\n"),
        (answer, "protocol: pop3\nS: +OK\nC: QUIT\nend: server-closed\n"),
        (answer, "protocol: pop3\nS: +OK\nC: QUIT\nwait: 9\nend: client-closed\n"),
        (answer, "protocol: pop3\nS: +OK\nC: QUIT\nS: +OK\nC: STAT\nend: server-closed\n"),
        // For the server it may be no line yet.
        (answer, "protocol: pop3\nS: +OK\nC: STAT\\x0A\\c\nwait: 30\nend: client-closed\n"),
        (answer, "protocol: pop3\nS: -ERR busy\nC: USER a\nend: server-closed\n"),
        // Its time was up when the command was on its way.
        (answer, "protocol: pop3\nS: +OK\nwait: 600\nC: STAT\nend: server-closed\n"),
        (answer, "protocol: pop3\nS: +OK\nC: STAT\nlost: server 9\nend: client-closed\n"),
    ]

    @Test(arguments: none) func isNone(_ id: String, _ text: String) throws {
        #expect(try lintAlone(id, text).map(\.means.en) == [])
    }

    /// What comes of it is not told as well.
    @Test func itsConsequencesAreLeftOut() throws {
        let text = """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO a.example.com\\c
            wait: 30
            S: 421 4.4.2 mx.example.com timeout
            end: server-closed
            """
        #expect(try lint(text).map(\.rule) == [Self.client])
        let quit = "C: DELE 1\nS: +OK\nC: QUIT\\c\nwait: 30\nend: client-closed\n"
        let all = try lint(POP3Text.loggedIn + quit).map(\.rule)
        #expect(all.contains(Self.client) && !all.contains("pop3.client.dele-no-quit"))
    }
}
