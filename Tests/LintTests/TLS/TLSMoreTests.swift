import Lint
import Testing

/// What of TLS and logins is seen beside STARTTLS itself.
@Suite struct TLSMoreTests {
    private static let ehlo = "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 AUTH CRAM-MD5\n"
    private static let cram = "C: AUTH CRAM-MD5\nS: 334 a\nC: «YSBi»\nS: 235 in\n"
    private static let offer =
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250-STARTTLS\nS: 250 AUTH CRAM-MD5\n"
    private static let mail =
        "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok\nC: DATA\nS: 354 go\nC: a: b\nC: .\nS: 250 ok\n"

    static let clear: [(String, [String])] = [
        (ehlo + cram, ["tls.weak-auth-clear"]),
        (offer + cram + mail, ["tls.weak-auth-clear"]),
        ("protocol: imap\nS: * OK\nC: a authenticate ntlm\nS: + \nC: «YSBi»\nS: a OK\n", ["tls.weak-auth-clear"]),
        (ehlo + "C: AUTH SCRAM-SHA-256\nS: 334 a\nC: «YSBi»\nS: 235 in\n", []),
        (ehlo + "C: AUTH CRAM-MD5\nS: 334 a\nC: *\nS: 501 well\n", []),
        (ehlo + "C: AUTH CRAM-MD5\nS: 538 no\n", []),
        // mailtee speaks TLS with the server, as it was asked to.
        ("protocol: imap\ntls server start=implicit\nS: * OK\nC: a authenticate ntlm\nS: + \nC: «YSBi»\nS: a OK\n", []),
        (ehlo + mail, ["tls.mail-clear"]),
        (offer + mail, ["tls.not-used-though-offered"]),
        (ehlo + "C: AUTH PLAIN «AGEAYg==»\nS: 235 in\n" + mail, ["tls.password-clear"]),
        ("protocol: lmtp\nS: 220 mx\nC: LHLO a\nS: 250 mx\n" + mail, []),
    ]

    @Test(arguments: clear) func inClear(_ text: String, _ rules: [String]) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == rules)
        if !text.contains("STARTTLS"), rules != ["tls.password-clear"] {
            #expect(findings.allSatisfy { $0.severity == .note })
        }
    }

    @Test(arguments: [
        ("tls server start=implicit version=\"TLS 1.1\"", "tls.version"),
        ("tls client start=implicit version=\"SSL 3.0\" sni=a", "tls.version"),
        ("tls client start=implicit version=\"TLS 1.2\"", "tls.no-sni"),
        ("tls client start=implicit version=\"TLS 1.2\" sni=a", ""),
        ("tls server start=implicit version=\"TLS 1.2\"", ""),
        // A handshake of which nothing is known.
        ("tls client start=implicit", ""),
    ]) func handshakes(_ line: String, _ rule: String) throws {
        let findings = try lintFamily("tls.", "protocol: imap\n\(line)\nS: * OK\nC: a LOGOUT\nS: * BYE\nS: a OK\n")
        #expect(findings.map(\.rule) == (rule.isEmpty ? [] : [rule]))
        if rule == "tls.version" { #expect(findings.map(\.side) == [line.contains("server") ? .server : .client]) }
    }

    /// One mail server names none to another.
    @Test func aRelayNeedNotNameTheServer() throws {
        let text =
            "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\ntls client version=\"TLS 1.3\"\nC: EHLO a\nS: 250 mx\n"
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
