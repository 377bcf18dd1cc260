import Lint
import Testing

@Suite struct TLSDataAfterSTARTTLSTests {
    @Test(arguments: [
        "protocol: pop3\nS: +OK\nC: STLS\nC: NOOP\nS: +OK\ntls client\nC: QUIT\nS: +OK\n",
        "protocol: imap\nS: * OK\nC: a STARTTLS\nC: b NOOP\nS: a OK\ntls client\nC: c LOGOUT\nS: c OK\n",
        // A line that has no end yet is one.
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: NOOP\\c\nS: 220 go\ntls client\nC: QUIT\nS: 221 bye\n",
    ]) func behindTheCommand(_ text: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.data-after-starttls"])
        #expect(findings.allSatisfy { $0.means.en.contains("NOOP`") })
    }

    /// The client goes on in clear, to a server that awaits its handshake; that is one cause, whatever comes of it.
    @Test(arguments: [
        """
        protocol: smtp
        S: 220 mx
        C: EHLO a
        S: 250-mx
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        C: MAIL FROM:<a@b.example>
        tls client by=client means="It spoke in clear where its handshake should have been."
        S: 503 no
        C: QUIT
        end: client-closed
        """,
        "protocol: pop3\nS: +OK\nC: STLS\nS: +OK\nC: USER a\nC: PASS «b»\nS: -ERR\n",
    ]) func insteadOfTheHandshake(_ text: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.data-after-starttls"])
    }

    /// What came before the server agreed was thrown away; that the server's time is up later on is no answer to it.
    @Test func whoWaitsForTheAnswerWaitsInVain() throws {
        let findings = try lintFamily(
            "tls.",
            """
            protocol: smtp
            S: 220 mx
            C: STARTTLS
            C: EHLO a
            S: 220 go
            tls server
            tls client
            wait: 300
            S: 421 4.4.2 timeout exceeded
            end: server-closed
            """)
        #expect(findings.map(\.rule) == ["tls.data-after-starttls"])
        #expect(findings.allSatisfy { $0.means.en.contains("waits in vain") })
    }

    /// A secret said there is neither told nor another cause.
    @Test func aPasswordBehindTheCommand() throws {
        let findings = try lintFamily(
            "tls.",
            "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: AUTH PLAIN «AGEAYg==»\nS: 220 go\ntls client\nC: QUIT\nS: 221\n"
        )
        #expect(findings.map(\.rule) == ["tls.data-after-starttls"])
        #expect(findings.allSatisfy { $0.means.en.contains("`AUTH PLAIN ***`") })
    }

    @Test(arguments: [
        // Refused: what stands behind is said in clear as the rest is.
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: NOOP\nS: 454 no\nS: 250 ok\nC: QUIT\nS: 221 bye\n",
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: NOOP\nS: 454 no\nS: 250 ok\nC: STARTTLS\nS: 220 go\ntls client\n",
        // Its handshake came early.
        "protocol: imap\nS: * OK\nC: a STARTTLS\nC: \\x16\\x03\\x01\\x00\\x05he\nC: lo\\c\nS: a OK\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }

    @Test func aLongLineIsCut() throws {
        let line = String(repeating: "x", count: 5_000)
        let findings = try lintFamily(
            "tls.", "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: \(line)\nS: 220 go\ntls client\n")
        let quoted = "`" + String(repeating: "x", count: LintLimits.quoted) + "…`"
        #expect(findings.count == 1 && findings[0].means.en.contains(quoted))
    }

    @Test func controlCharactersAreShownAsPictures() throws {
        let findings = try lintFamily(
            "tls.", "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: \\x1B[2J\\x00\nS: 220 go\ntls client\n")
        #expect(findings.count == 1 && findings[0].means.en.contains("`␛[2J␀`"))
    }
}
