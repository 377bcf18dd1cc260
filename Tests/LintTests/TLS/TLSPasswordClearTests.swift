import Lint
import Testing

@Suite struct TLSPasswordClearTests {
    static let said: [(String, String)] = [
        ("protocol: smtp\nS: 220 mx\nC: AUTH PLAIN «AGEAYg==»\nS: 235 in\n", "AUTH PLAIN"),
        ("protocol: smtp\nS: 220 mx\nC: AUTH PLAIN\nS: 334 \nC: «AGEAYg==»\nS: 235 in\n", "AUTH PLAIN"),
        ("protocol: smtp\nS: 220 mx\nC: auth login\nS: 334 a\nC: «YQ==»\nS: 334 b\nC: «Yg==»\nS: 235\n", "AUTH LOGIN"),
        ("protocol: smtp\nS: 220 mx\nC: AUTH LOGIN «YQ==»\nS: 334 b\nC: «Yg==»\nS: 235\n", "AUTH LOGIN"),
        ("protocol: smtp\nS: 220 mx\nC: AUTH XOAUTH2 «Yg==»\nS: 235\n", "token in clear (AUTH XOAUTH2)"),
        ("protocol: pop3\nS: +OK\nC: AUTH PLAIN\nS: + \nC: «AGEAYg==»\nS: +OK\n", "AUTH PLAIN"),
        ("protocol: imap\nS: * OK\nC: a LOGIN b «c»\nS: a OK\n", "LOGIN"),
        ("protocol: imap\nS: * OK\nC: a LOGIN {1}\nS: + go\nC: «b» {1}\nS: + go\nC: «c»\nS: a OK\n", "LOGIN"),
        ("protocol: imap\nS: * OK\nC: a LOGIN b {1+}\nC: «c»\nS: a OK\n", "LOGIN"),
        ("protocol: imap\nS: * OK\nC: a AUTHENTICATE PLAIN\nS: + \nC: «AGEAYg==»\nS: a OK\n", "AUTHENTICATE PLAIN"),
    ]

    @Test(arguments: said) func isFound(_ text: String, _ words: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.password-clear"])
        #expect(findings.allSatisfy { $0.means.en.contains(words) && $0.means.en.contains("without having asked") })
    }

    /// Where the user is a literal, the password is that which comes after it.
    @Test func thePasswordIsPointedTo() throws {
        let text = "protocol: imap\nS: * OK\nC: a LOGIN {1}\nS: + go\nC: «b» {1}\nS: + go\nC: «c»\nS: a OK\n"
        #expect(try lintFamily("tls.", text).map(\.place.bytes) == [SpokenBytes(.client, offset: 20, length: 1)])
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: AUTH CRAM-MD5\nS: 334 a\nC: «YQ==»\nS: 235\n",
        "protocol: smtp\nS: 220 mx\nC: AUTH PLAIN\nS: 538 not in clear\n",
        "protocol: smtp\nS: 220 mx\nC: AUTH PLAIN\nS: 334 \nC: *\nS: 501 well\n",
        "protocol: smtp\nS: 220 mx\nC: AUTH LOGIN\nS: 334 a\nC: «YQ==»\nS: 535 no\n",
        "protocol: pop3\nS: +OK <1.2@c>\nC: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: +OK\n",
        "protocol: pop3\nS: +OK\nC: USER a\nS: -ERR not in clear\n",
        "protocol: imap\nS: * OK\nC: a LOGIN b {1}\nS: a NO not in clear\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintAlone("tls.password-clear", text).isEmpty)
    }

    /// The offer is told, and that it was not used is the same cause.
    @Test func theOfferIsTold() throws {
        let greeting = "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\n"
        let login = "S: .\nC: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n"
        let offered = try lintFamily("tls.", greeting + "S: STLS\n" + login)
        #expect(offered.map(\.rule) == ["tls.password-clear"])
        #expect(offered.allSatisfy { $0.means.en.contains("though the server offers STLS") })
        let notOffered = try lintFamily("tls.", greeting + login)
        #expect(notOffered.map(\.rule) == ["tls.password-clear"])
        #expect(notOffered.allSatisfy { $0.means.en.contains("to a server that offers no TLS") })
    }

    @Test func itBelongsToItsExchange() throws {
        let findings = try lintFamily("tls.", "protocol: pop3\nS: +OK\nC: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n")
        #expect(findings.map(\.place.exchange) == [2])
    }
}
