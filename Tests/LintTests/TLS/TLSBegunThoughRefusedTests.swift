import Lint
import Testing

@Suite struct TLSBegunThoughRefusedTests {
    private static let hello = "C: \\x16\\x03\\x01\\x00\\x05hello\\c\nwait: 60\nend: client-closed\n"

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\nC: STARTTLS\nS: 454 no\n",
        "protocol: pop3\nS: +OK\nC: STLS\nS: -ERR no\n",
        "protocol: imap\nS: * OK\nC: a1 STARTTLS\nS: a1 NO not now\n",
        "protocol: imap\nS: * OK\nC: a1 STARTTLS\nS: a1 BAD what\n",
        // Never asked for.
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\n",
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: .\n",
    ]) func isFound(_ text: String) throws {
        let findings = try lintFamily("tls.", text + Self.hello).filter { $0.rule == "tls.begun-though-refused" }
        #expect(findings.map(\.side) == [.client])
        #expect(findings.allSatisfy { $0.severity == .error })
    }

    @Test func withoutWaitingForTheAnswer() throws {
        let text =
            "protocol: smtp\nS: 220 mx\nC: STARTTLS\nC: \\x16\\x03\\x01\\x00\\x01\\x0A\\c\nS: 454 no\nend: client-closed\n"
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.begun-though-refused"])
        #expect(findings.allSatisfy { $0.means.en.contains("without waiting") })
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\nC: STARTTLS\nS: 220 go\n",
        "protocol: imap\nS: * OK\nC: a1 STARTTLS\nS: a1 OK go\n",
        // The first that it says: it is at the wrong port.
        "protocol: smtp\nS: 220 mx\n",
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 454 no\nlost: client 5\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text + Self.hello).filter { $0.rule == "tls.begun-though-refused" }.isEmpty)
    }

    @Test(arguments: [
        (
            "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 no\nC: QUIT\nS: 221 bye\n",
            true
        ),
        ("protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: -ERR TLS not available\n", true),
        ("protocol: imap\nS: * OK [CAPABILITY IMAP4rev1 STARTTLS]\nC: a1 STARTTLS\nS: a1 NO no certificate\n", true),
        ("protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\nC: STARTTLS\nS: 454 no\n", false),
        ("protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS x\nS: 501 no\n", false),
        ("protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 502 what\n", false),
    ]) func aRefusedOfferIsTheServers(_ text: String, _ isFound: Bool) throws {
        let findings = try lintFamily("tls.", text).filter { $0.rule == "tls.offered-refused" }
        #expect(findings.map(\.side) == (isFound ? [.server] : []))
    }
}
