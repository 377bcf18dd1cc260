import Testing

@testable import Lint

/// Each of the rules about POP3 clients, alone.
@Suite struct POP3ClientTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var rule: any Rule.Type
        var text: String
        var severity: Severity?
        var words: String
        var testDescription: String { "\(rule) \(text)" }

        init(_ rule: any Rule.Type, _ text: String, _ severity: Severity? = nil, _ words: String = "") {
            self.rule = rule
            self.text = text
            self.severity = severity
            self.words = words
        }
    }

    private static let opened = POP3Text.opened
    private static let loggedIn = POP3Text.loggedIn
    private static let left = POP3Text.left
    private static let message = POP3Text.message
    private static let long = String(repeating: "a", count: 41)
    private static let longest = String(repeating: "a", count: 249)

    static let found: [Case] = [
        Case(POP3ClientLineEnd.self, opened + "C: USER a\\x0A\\c\nS: +OK\n", .error, "`USER a` with LF alone"),
        Case(
            POP3ClientLineEnd.self, opened + "C: USER a\nS: +OK\nC: PASS «secret»\\x0A\\c\nS: +OK\n", .error,
            "`PASS ***`"),
        Case(
            POP3ClientLineEnd.self, opened + "C: USER a\\x0DPASS hidden\nS: -ERR\n", .error,
            "at octet 7 that no LF follows"),
        Case(
            POP3ClientLineEnd.self, opened + "C: AUTH PLAIN\nS: + \nC: «AGEAYg==»\\x0A\\c\nS: +OK\n", .error, "a step"),
        // The server never sees a command.
        Case(POP3ClientLineEnd.self, opened + "C: QUIT\\x0D\\c\nend: client-closed\n", .error, "`QUIT`"),
        Case(POP3ClientSpaces.self, opened + "C:  CAPA\nS: -ERR\n", .warning, "before it"),
        Case(POP3ClientSpaces.self, opened + "C: CAPA \nS: -ERR\n", .warning, "behind it"),
        Case(POP3ClientSpaces.self, opened + "C: USER\\x09a\nS: -ERR\n", .warning, "a tab"),
        Case(POP3ClientSpaces.self, opened + "C: PASS\\x09«secret»\nS: -ERR\n", .warning, "a tab"),
        Case(POP3ClientTooLong.self, opened + "C: USER \(longest)\nS: -ERR\n", .warning, "256 octets"),
        Case(
            POP3ClientTooLong.self, opened + "C: CAPA\nS: -ERR\nC: USER \(long)\nS: -ERR\n", .warning, "41 characters"),
        Case(POP3ClientTooLong.self, opened + "C: USER \(long)\nS: +OK\n", .note, "41 characters"),
        Case(POP3ClientNonASCII.self, opened + "C: USER \\xE9\nS: -ERR\n", .warning, "0xE9"),
        Case(POP3ClientNonASCII.self, opened + "C: USER a\\x01\nS: -ERR\n", .warning, "0x1"),
        Case(POP3ClientState.self, opened + "C: UIDL\nS: -ERR no\n", .error, "`UIDL` before"),
        Case(POP3ClientState.self, loggedIn + "C: PASS «again»\nS: -ERR no\n", .error, "`PASS ***` though"),
        Case(POP3ClientState.self, loggedIn + "C: STLS\nS: -ERR no\n", .error, "`STLS` though"),
        Case(
            POP3ClientIgnoresERR.self, opened + "C: USER a\nS: -ERR who\nC: PASS «b»\nS: -ERR\n", .error, "`-ERR who`"),
        Case(
            POP3ClientIgnoresERR.self, opened + "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR wrong\nC: STAT\nS: -ERR\n",
            .error,
            "`-ERR wrong`, and the client went on with `STAT`"),
        Case(POP3ClientIgnoresERR.self, loggedIn + "C: RETR 1\nS: -ERR\nC: DELE 1\nS: +OK\n", .error, "DELE 1"),
        Case(POP3ClientPASSWithoutUSER.self, opened + "C: PASS «b»\nS: -ERR\n", .error, "without a USER"),
        Case(
            POP3ClientPASSWithoutUSER.self,
            opened + "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR\nC: PASS «c»\nS: -ERR\n", .error, "without a USER"),
        Case(
            POP3ClientPASSWithoutUSER.self, opened + "C: USER a\nS: +OK\nC: CAPA\nS: -ERR\nC: PASS «b»\nS: +OK\n",
            .note,
            "said CAPA"),
        Case(
            POP3ClientCapabilityUnlisted.self, opened + POP3Text.capa("USER") + "C: STLS\nS: -ERR\n", .warning,
            "do not fit"),
        Case(
            POP3ClientCapabilityUnlisted.self,
            opened + POP3Text.capa("USER", "SASL PLAIN") + "C: AUTH LOGIN\nS: -ERR\n",
            .warning, "SASL LOGIN is not among"),
        Case(
            POP3ClientCapabilityUnlisted.self, loggedIn + POP3Text.capa("USER") + "C: UIDL\nS: +OK\nS: .\n", .note,
            "UIDL is not among"),
        // The refusal is told, though another command was granted before.
        Case(
            POP3ClientCapabilityUnlisted.self,
            loggedIn + POP3Text.capa("USER") + "C: UIDL\nS: +OK\nS: .\nC: TOP 1 0\nS: -ERR no\n", .warning,
            "TOP is not among"),
        Case(
            POP3ClientGivesUp.self, loggedIn + "C: STAT\nS: +OK 2 9\nC: UIDL\nS: -ERR no\n" + left, .warning,
            "though LIST and RETR were there"),
        Case(
            POP3ClientGivesUp.self,
            loggedIn + POP3Text.capa("USER") + "C: TOP 1 0\nS: -ERR no\nC: TOP 2 0\nS: -ERR no\n" + left, .warning,
            "and 1 more TOP likewise. It may do so, since that command is optional. It does not list it either."),
        Case(
            POP3ClientGivesUp.self, opened + "C: APOP a «d»\nS: -ERR unknown command\n" + left, .warning,
            "`APOP ***` with"),
        Case(
            POP3ClientGivesUp.self, opened + "C: STLS\nS: -ERR what\nend: client-closed\n", .warning, "do not fit"),
        Case(POP3ClientGivesUp.self, opened + "C: CAPA\nS: -ERR\nend: client-closed\n", .warning, "USER and PASS"),
        Case(
            POP3ClientGivesUp.self,
            opened + POP3Text.capa("SASL PLAIN") + "C: AUTH CRAM-MD5\nS: -ERR unknown mechanism\n" + left, .warning,
            "AUTH PLAIN was there"),
        Case(
            POP3ClientRepeatsLogin.self, opened + String(repeating: "C: USER a\nS: -ERR no\n", count: 3), .warning,
            "`USER a` 3 times"),
        Case(
            POP3ClientRepeatsLogin.self,
            opened + String(repeating: "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR no\n", count: 5), .warning,
            "`PASS ***` 5 times"),
        Case(
            POP3ClientRepeatsLogin.self, opened + String(repeating: "C: AUTH PLAIN «b»\nS: -ERR no\n", count: 3),
            .warning, "`AUTH PLAIN ***` 3 times"),
        Case(
            POP3ClientIgnoresERR.self,
            opened + "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR no\nC: LIST\nend: server-closed\n",
            .error, "`LIST`"),
        Case(
            POP3ClientAPOPNoTimestamp.self,
            "protocol: pop3\nS: +OK <pop.example.com>\n" + POP3Text.capa("USER")
                + "C: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: -ERR\n", .error, "The server lists USER"),
        Case(
            POP3ClientCapabilityUnlisted.self, opened + POP3Text.capa("USER") + "C: AUTH PLAIN\nS: -ERR\n", .warning,
            "SASL is not among"),
        Case(
            POP3ClientAUTHIRUnlisted.self, opened + POP3Text.capa("USER") + "C: AUTH PLAIN «AGEAYg==»\nS: +OK\n",
            .error,
            "`AUTH PLAIN ***`"),
        Case(
            POP3ClientAUTHIRUnlisted.self, opened + "C: CAPA\nS: -ERR\nC: AUTH PLAIN «AGEAYg==»\nS: -ERR\n", .error,
            "`AUTH PLAIN ***`"),
        Case(POP3ClientAUTHIRUnlisted.self, opened + "C: AUTH PLAIN «AGEAYg==»\nS: -ERR\n", .warning, "did not ask"),
        Case(POP3ClientAUTHIRUnlisted.self, opened + "C: AUTH PLAIN «AGEAYg==»\nS: +OK\n", .note, "did not ask"),
        Case(
            POP3ClientPipelining.self, loggedIn + "C: STAT\nC: LIST\nS: +OK 0 0\nS: +OK\nS: .\n", .error,
            "`LIST` before the answer to its STAT"),
        Case(
            POP3ClientPipelining.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nC: NOOP\nS: \nS: .\nS: +OK\n", .error,
            "its RETR"),
        // It gives up on a message.
        Case(POP3ClientPipelining.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nC: QUIT\nS: \nS: .\nS: +OK\n", .note),
        Case(
            POP3ClientBadNumber.self, loggedIn + "C: STAT\nS: +OK 1 9\nC: DELE 2\nS: -ERR\n", .error,
            "last message is number 1"),
        Case(POP3ClientBadNumber.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nS: .\nC: RETR 2\nS: -ERR\n", .error),
        Case(POP3ClientBadNumber.self, loggedIn + "C: RETR 0\nS: -ERR\n", .error, "no message 0"),
        Case(POP3ClientBadNumber.self, loggedIn + "C: RETR -1\nS: -ERR\n", .error, "decimal"),
        Case(POP3ClientBadNumber.self, loggedIn + "C: RETR\nS: -ERR\n", .error, "names no message"),
        Case(POP3ClientBadNumber.self, loggedIn + "C: DELE 1\nS: +OK\nC: RETR 1\nS: -ERR\n", .error, "had deleted"),
        Case(
            POP3ClientBadNumber.self, loggedIn + "C: STAT\nS: +OK 0 0\nC: TOP 1 0\nS: -ERR\n", .note,
            "there is no message"),
        // A note does not keep an error back.
        Case(
            POP3ClientBadNumber.self, loggedIn + "C: STAT\nS: +OK 0 0\nC: UIDL 1\nS: -ERR\nC: RETR 1\nS: -ERR\n", .error
        ),
        Case(POP3ClientTOPOneArg.self, loggedIn + "C: TOP 1\nS: +OK\nS: a: b\nS: \nS: .\n", .error, "`TOP 1`, without"),
        Case(POP3ClientTOPOneArg.self, loggedIn + "C: TOP 1 -1\nS: -ERR\n", .error, "0 or more"),
        Case(
            POP3ClientAPOPDigest.self, "protocol: pop3\nS: +OK <1@a>\nC: APOP a\nS: -ERR\n", .error, "without a digest"),
        Case(
            POP3ClientAPOPDigest.self, "protocol: pop3\nS: +OK <1@a>\nC: APOP a «b»\nS: -ERR\n", .error, "digest is 1,"),
        Case(
            POP3ClientAPOPNoTimestamp.self, opened + "C: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: -ERR\n", .error,
            "`+OK ready`"),
        Case(
            POP3ClientAPOPUsed.self,
            "protocol: pop3\nS: +OK <1@a>\nC: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: +OK\n",
            .warning),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 3\nS: +OK\nend: client-closed\n", .error, "number 3"),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 3\nS: +OK\nend: client-reset\n", .warning, "number 3"),
        Case(
            POP3ClientDELEBeforeRETROK.self,
            loggedIn + "C: RETR 1\nC: DELE 1\n" + "S: +OK\n" + message + "S: +OK\n", .error, "RETR 1 was still to come"),
        Case(
            POP3ClientDELEBeforeRETROK.self,
            loggedIn + POP3Text.capa("PIPELINING") + "C: RETR 1\nC: DELE 1\nS: +OK\n" + message + "S: +OK\n", .warning),
        Case(POP3ClientDELEBeforeRETROK.self, loggedIn + "C: DELE 1\nS: +OK\n", .note, "without having retrieved"),
        Case(
            POP3ClientDELEAfterShortBody.self,
            loggedIn + "C: LIST\nS: +OK\nS: 1 900\nS: .\nC: RETR 1\nS: +OK\n" + message + "C: DELE 1\nS: +OK\n",
            .warning,
            "900 octets of message 1, 25 came"),
        Case(
            POP3ClientRETRRepeat.self,
            loggedIn + "C: RETR 1\nS: +OK\n" + message + "C: RETR 1\nS: +OK\n" + message, .note, "all 25 octets"),
        Case(
            POP3ClientLoginDelay.self,
            opened + POP3Text.capa("LOGIN-DELAY 300") + "C: USER a\nS: -ERR [LOGIN-DELAY] later\n", .warning,
            "LOGIN-DELAY 300"),
        Case(POP3ClientObsoleteCommand.self, loggedIn + "C: XTND XLST Message-Id\nS: -ERR\n", .note, "XTND"),
        Case(POP3ClientNoQUIT.self, loggedIn + "C: NOOP\nS: +OK\nend: client-closed\n", .warning, "was `NOOP`"),
        Case(POP3ClientNoQUIT.self, loggedIn + "end: client-closed\n", .warning, "was `PASS ***`"),
    ]

    @Test(arguments: found) func isFound(_ example: Case) throws {
        let findings = try lint(example.text, rules: [example.rule])
        #expect(findings.map(\.severity) == [example.severity])
        #expect(
            findings.allSatisfy { example.words.isEmpty || $0.means.en.contains(example.words) },
            "\(findings.map(\.means.en))")
        #expect(!findings.contains { $0.means.en.contains("hidden") || $0.means.ja.contains("hidden") })
        #expect(findings.allSatisfy { $0.means.ja.hasSuffix("。") && $0.means.en.hasSuffix(".") })
    }

    static let none: [Case] = [
        Case(POP3ClientLineEnd.self, loggedIn + left),
        Case(POP3ClientLineEnd.self, opened + "C: QUI\\c\nend: client-closed\n"),
        // TLS that mailtee cannot look into, on the wrong port.
        Case(POP3ClientLineEnd.self, "protocol: pop3\nC: \\x16\\x03\\x01\\x0A\\x0Dhello\\x0A\\c\nend: client-closed\n"),
        // A password may have any blanks.
        Case(POP3ClientSpaces.self, opened + "C: USER a\nS: +OK\nC: PASS « my  password »\nS: +OK\n"),
        Case(POP3ClientSpaces.self, opened + "C: USER a b\nS: +OK\nC: PASS \nS: -ERR\n"),
        // As long as may be.
        Case(POP3ClientTooLong.self, opened + POP3Text.capa("USER") + "C: USER \(longest.dropLast())\nS: -ERR\n"),
        Case(POP3ClientTooLong.self, opened + POP3Text.capa("USER") + "C: USER \(long)\nS: +OK\n"),
        Case(POP3ClientTooLong.self, opened + "C: USER a\nS: +OK\nC: PASS «\(long)»\nS: +OK\n"),
        Case(POP3ClientTooLong.self, opened + "C: AUTH PLAIN\nS: + \nC: «\(longest)\(longest)»\nS: +OK\n"),
        Case(POP3ClientNonASCII.self, opened + "C: USER a\nS: +OK\nC: PASS «\\xC3\\xA9»\nS: +OK\n"),
        Case(POP3ClientNonASCII.self, opened + "C: UTF8\nS: +OK\nC: USER \\xC3\\xA9\nS: +OK\n"),
        Case(POP3ClientNonASCII.self, opened + POP3Text.capa("UTF8 USER") + "C: USER \\xC3\\xA9\nS: +OK\n"),
        Case(POP3ClientState.self, loggedIn + "C: STAT\nS: +OK 0 0\nC: CAPA\nS: -ERR\n" + left),
        // Started for a user who is known, as on a pipe.
        Case(POP3ClientState.self, opened + "C: STAT\nS: +OK 0 0\nC: UIDL 7\nS: -ERR\n" + left),
        Case(POP3ClientState.self, loggedIn + "C: AUTH\nS: -ERR\n"),
        Case(POP3ClientState.self, opened + "C: USER a\nS: +OK\nC: PASS «b»\nC: STAT\nS: +OK\nS: +OK 0 0\n"),
        // The login may have been said where nobody heard it.
        Case(POP3ClientState.self, opened + "lost: client 100\nC: STAT\nS: -ERR\n"),
        // The record begins in the middle.
        Case(POP3ClientState.self, "protocol: pop3\nC: NOOP\nS: +OK\nC: STAT\nS: -ERR\n"),
        Case(POP3ClientIgnoresERR.self, opened + "C: USER a\nS: -ERR\nC: USER b\nS: +OK\nC: PASS «c»\nS: +OK\n"),
        Case(POP3ClientIgnoresERR.self, opened + "C: USER a\nC: PASS «b»\nS: -ERR\nS: -ERR\n"),
        Case(POP3ClientIgnoresERR.self, opened + "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR\n" + left),
        Case(POP3ClientIgnoresERR.self, loggedIn + "C: RETR 1\nS: -ERR\nC: DELE 2\nS: +OK\n"),
        Case(
            POP3ClientIgnoresERR.self,
            loggedIn + "C: RETR 1\nS: -ERR\nC: RETR 1\nS: +OK\n" + message + "C: DELE 1\nS: +OK\n"),
        // UIDL is refused, and the client copes.
        Case(
            POP3ClientIgnoresERR.self,
            loggedIn + "C: UIDL\nS: -ERR\nC: LIST 1\nS: +OK 1 9\nC: RETR 1\nS: +OK\n" + message),
        Case(POP3ClientPASSWithoutUSER.self, opened + "C: USER a\nC: PASS «b»\nS: +OK\nS: +OK\n"),
        Case(POP3ClientPASSWithoutUSER.self, opened + "C: USER a\nS: -ERR\nC: PASS «b»\nS: -ERR\n"),
        Case(POP3ClientCapabilityUnlisted.self, loggedIn + "C: CAPA\nS: -ERR\nC: UIDL\nS: -ERR\nC: TOP 1 0\nS: -ERR\n"),
        Case(POP3ClientCapabilityUnlisted.self, opened + POP3Text.capa("USER") + "C: STLS\nS: +OK\ntls client\n"),
        // Which mechanisms there are is asked.
        Case(POP3ClientCapabilityUnlisted.self, opened + POP3Text.capa("USER") + "C: AUTH\nS: -ERR\n"),
        Case(
            POP3ClientAUTHIRUnlisted.self, opened + POP3Text.capa("SASL PLAIN") + "C: AUTH PLAIN «AGEAYg==»\nS: +OK\n"),
        Case(
            POP3ClientAUTHIRUnlisted.self,
            opened + POP3Text.capa("USER") + "C: AUTH PLAIN\nS: + \nC: «AGEAYg==»\nS: +OK\n"),
        Case(
            POP3ClientPipelining.self,
            opened + POP3Text.capa("PIPELINING", "USER")
                + "C: USER a\nC: PASS «b»\nC: STAT\nS: +OK\nS: +OK\nS: +OK 0 0\n"),
        // The client takes LF dot LF for the end, and goes on.
        Case(
            POP3ClientPipelining.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\\x0A\\c\nS: \\x0A.\\x0A\\c\nC: QUIT\nS: +OK\n"),
        // That is told of as a matter of TLS.
        Case(POP3ClientPipelining.self, opened + "C: STLS\nC: USER a\nS: -ERR\nS: +OK\n"),
        Case(POP3ClientPipelining.self, opened + "C: AUTH LOGIN\nS: + YQ==\nC: «Yg==»\nS: + Yg==\nC: «Yg==»\nS: +OK\n"),
        Case(
            POP3ClientBadNumber.self,
            loggedIn + "C: STAT\nS: +OK 2 9\nC: DELE 1\nS: +OK\nC: STAT\nS: +OK 1 5\nC: RETR 2\nS: -ERR\n"),
        Case(POP3ClientBadNumber.self, loggedIn + "C: DELE 1\nS: +OK\nC: RSET\nS: +OK\nC: RETR 1\nS: -ERR\n"),
        Case(POP3ClientBadNumber.self, loggedIn + "C: RETR 9\nS: -ERR\nC: LIST\nS: +OK\nS: .\n"),
        Case(POP3ClientTOPOneArg.self, loggedIn + "C: TOP 1 0\nS: +OK\nS: a: b\nS: \nS: .\n"),
        Case(
            POP3ClientAPOPDigest.self,
            "protocol: pop3\nS: +OK <1@a>\nC: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: -ERR\n"),
        // What is there is the server's to mend.
        Case(
            POP3ClientAPOPNoTimestamp.self,
            "protocol: pop3\nS: +OK < 1@a >\nC: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: -ERR\n"),
        // It knows it, whatever it says in its greeting.
        Case(
            POP3ClientAPOPNoTimestamp.self,
            "protocol: pop3\nS: +OK <1.2>\nC: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: +OK\n"),
        Case(POP3ClientGivesUp.self, loggedIn + "C: STAT\nS: +OK 0 0\nC: UIDL\nS: -ERR no\n" + left),
        Case(POP3ClientGivesUp.self, loggedIn + "C: UIDL\nS: -ERR no\nC: LIST\nS: +OK\nS: .\n" + left),
        Case(
            POP3ClientGivesUp.self,
            loggedIn + "C: RETR 1\nS: +OK\n" + message + "C: TOP 2 0\nS: -ERR unknown command\n" + left),
        Case(POP3ClientGivesUp.self, opened + "C: CAPA\nS: -ERR\nC: USER a\nS: -ERR no\n" + left),
        Case(POP3ClientGivesUp.self, opened + "C: APOP a «d»\nS: -ERR wrong\n" + left),
        // Nothing else is offered outside TLS.
        Case(
            POP3ClientGivesUp.self, opened + POP3Text.capa("STLS") + "C: AUTH PLAIN\nS: -ERR unknown command\n" + left),
        Case(POP3ClientGivesUp.self, opened + "C: CAPA\nS: -ERR\nlost: client 9\nend: client-closed\n"),
        // Each of the ways is tried.
        Case(
            POP3ClientRepeatsLogin.self,
            opened
                + "C: AUTH CRAM-MD5\nS: -ERR\nC: AUTH PLAIN «b»\nS: -ERR\nC: AUTH LOGIN\nS: -ERR\nC: USER a\nS: +OK\nC: PASS «b»\nS: -ERR\n"
        ),
        Case(
            POP3ClientAPOPUsed.self,
            "protocol: pop3\ntls server start=implicit\nS: +OK <1@a>\nC: APOP a «c4c9334bac560ecc979e58001b3e22fb»\nS: +OK\n"
        ),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: +OK\n" + left),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: +OK\nC: RSET\nS: +OK\nend: client-closed\n"),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: -ERR\nend: client-closed\n"),
        // It goes while it waits for an answer, or the server does, or the record ends.
        Case(
            POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: +OK\nC: RETR 2\nS: +OK\nS: a: b\nend: client-closed\n"),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: +OK\nend: server-closed\n"),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: +OK\n"),
        Case(POP3ClientDELENoQUIT.self, loggedIn + "C: DELE 1\nS: +OK\nlost: client 6\nend: client-closed\n"),
        // It left its mail there, and has it: the ids tell.
        Case(POP3ClientDELEBeforeRETROK.self, loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: .\nC: DELE 1\nS: +OK\n" + left),
        Case(
            POP3ClientDELEBeforeRETROK.self,
            loggedIn + "C: TOP 1 0\nS: +OK\nS: a: b\nS: \nS: .\nC: DELE 1\nS: +OK\n" + left),
        Case(
            POP3ClientDELEBeforeRETROK.self, loggedIn + "C: RETR 1\nS: +OK\n" + message + "C: DELE 1\nS: +OK\n" + left),
        Case(
            POP3ClientDELEBeforeRETROK.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\\x0A\\c\nS: \\x0A.\\x0A\\c\nC: DELE 1\nS: +OK\n" + left),
        // A server that guesses sizes.
        Case(
            POP3ClientDELEAfterShortBody.self,
            loggedIn + "C: LIST 1\nS: +OK 1 27\nC: RETR 1\nS: +OK\n" + message + "C: DELE 1\nS: +OK\n"),
        Case(
            POP3ClientDELEAfterShortBody.self,
            loggedIn + "C: LIST 1\nS: +OK 1 900\nC: RETR 1\nS: +OK\n" + message + left),
        Case(POP3ClientRETRRepeat.self, loggedIn + "C: RETR 1\nS: -ERR\nC: RETR 1\nS: +OK\n" + message),
        Case(POP3ClientLoginDelay.self, opened + "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR [AUTH] wrong\n"),
        Case(POP3ClientObsoleteCommand.self, loggedIn + "C: LANG\nS: -ERR\n"),
        Case(POP3ClientNoQUIT.self, loggedIn + left),
        // QUIT need not be answered, and who could not log in need not say it.
        Case(POP3ClientNoQUIT.self, loggedIn + "C: QUIT\nend: client-closed\n"),
        Case(POP3ClientNoQUIT.self, opened + "C: USER a\nS: +OK\nC: PASS «b»\nS: -ERR\nend: client-closed\n"),
        Case(POP3ClientNoQUIT.self, loggedIn + "C: LIST\nend: client-closed\n"),
        Case(POP3ClientNoQUIT.self, loggedIn + "end: server-closed\n"),
    ]

    @Test(arguments: none) func isNone(_ example: Case) throws {
        #expect(try lint(example.text, rules: [example.rule]).map(\.means.en) == [])
    }
}
