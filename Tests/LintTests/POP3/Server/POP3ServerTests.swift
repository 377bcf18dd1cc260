import Testing

@testable import Lint

/// Each of the rules about POP3 servers, alone.
@Suite struct POP3ServerTests {
    typealias Case = POP3ClientTests.Case

    private static let opened = POP3Text.opened
    private static let loggedIn = POP3Text.loggedIn
    private static let left = POP3Text.left
    private static let message = POP3Text.message

    /// RETR of a message, its size announced by LIST.
    private static func listed(_ size: Int, _ message: String = message) -> String {
        loggedIn + "C: LIST\nS: +OK\nS: 1 \(size)\nS: .\nC: RETR 1\nS: +OK\n" + message + left
    }

    /// The same with its size in the answer to RETR.
    private static func told(_ text: String, _ message: String = message) -> String {
        loggedIn + "C: RETR 1\nS: +OK \(text)\n" + message + left
    }

    static let found: [Case] = [
        Case(POP3ServerIndicator.self, "protocol: pop3\nS: +Ok ready\nC: QUIT\nS: +OK\n", .error, "`+Ok ready`"),
        Case(POP3ServerIndicator.self, loggedIn + "C: NOOP\nS: -err\n", .error, "`-err`"),
        Case(POP3ServerIndicator.self, loggedIn + "C: NOOP\nS: -ERROR\n", .warning, "something else than a space"),
        Case(POP3ServerIndicator.self, loggedIn + "C: NOOP\nS: 250 ok\n", .error, "`250 ok`, which is neither"),
        Case(POP3ServerIndicator.self, loggedIn + "C: NOOP\nS: \n", .error, "NOOP with ``"),
        Case(POP3ServerIndicator.self, loggedIn + "C: NOOP\nS: + ok\n", .error, "in an authentication only"),
        Case(
            POP3ServerIndicator.self, loggedIn + "C: STAT\nS: +OK 0 0\nS: no mail\n", .error, "one more line: `no mail`"
        ),
        Case(POP3ServerLineEnd.self, "protocol: pop3\nS: +OK ready\\x0A\\c\nC: QUIT\nS: +OK\n", .error, "`+OK ready`"),
        Case(
            POP3ServerLineEnd.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nS: .\\x0A\\c\n" + left, .error, "`.` and ended"
        ),
        Case(POP3ServerLineEnd.self, loggedIn + "C: NOOP\nS: +OK a\\x0Db\n", .error, "with a CR in it"),
        Case(
            POP3ServerLineEnd.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\\x0D\\x0D\nS: \nS: .\n", .note,
            "stands 2 times"),
        // A note does not keep an error back.
        Case(
            POP3ServerLineEnd.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\\x0Dc\nS: \nS: .\nC: RETR 2\nS: +OK\nS: a: b\\x0A\\c\nS: \nS: .\n",
            .error,
            "1 of the 2 lines"),
        Case(
            POP3ServerFirstLineTooLong.self, loggedIn + "C: NOOP\nS: +OK \(String(repeating: "a", count: 507))\n",
            .warning,
            "513 octets"),
        Case(POP3ServerGreetingMultiline.self, opened + "S: no. 2\nC: QUIT\nS: +OK\n", .error, "`no. 2`"),
        Case(POP3ServerGreetingMultiline.self, opened + "S: +OK again\nC: QUIT\nS: +OK\n", .error, "`+OK again`"),
        Case(
            POP3ServerGreetingERR.self, "protocol: pop3\nS: -ERR no\nC: USER a\nS: +OK\n", .error, "`USER a` with `+OK "
        ),
        Case(POP3ServerAPOPTimestampSyntax.self, "protocol: pop3\nS: +OK <1.2> ready\n", .warning, "`<1.2>`"),
        Case(
            POP3ServerAPOPTimestampSyntax.self, "protocol: pop3\nS: +OK <pop.example.com>\n", .note,
            "`<pop.example.com>`"),
        Case(POP3ServerAPOPTimestampSyntax.self, "protocol: pop3\nS: +OK a < b@c > d\n", .warning, "`< b@c >`"),
        Case(POP3ServerSTATSyntax.self, loggedIn + "C: STAT\nS: +OK\n", .error, "`+OK`"),
        Case(POP3ServerSTATSyntax.self, loggedIn + "C: STAT\nS: +OK 1  9\n", .error, "`+OK 1  9`"),
        Case(POP3ServerSTATSyntax.self, loggedIn + "C: STAT\nS: +OK  1 9\n", .error, "`+OK  1 9`"),
        Case(POP3ServerSTATSyntax.self, loggedIn + "C: STAT\nS: +OK 1 -9\n", .error, "`+OK 1 -9`"),
        Case(POP3ServerSTATSyntax.self, loggedIn + "C: STAT\nS: +OK 1 99999999999999999999\n", .error),
        Case(POP3ServerListExtra.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9 octets\nS: .\n", .note, "`1 9 octets`"),
        Case(POP3ServerListExtra.self, loggedIn + "C: LIST 1\nS: +OK 1 9 octets\n", .note, "`+OK 1 9 octets`"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST\nS: +OK\nS: \nS: .\n", .error, "said ``"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST\nS: +OK\nS: 1 -5\nS: .\n", .error, "`1 -5`"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST\nS: +OK\nS: 0 10\nS: .\n", .error, "no message 0"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST 1\nS: +OK 2 9\n", .error, "about message 2"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST 1\nS: +OK message 1 has 9\n", .error),
        Case(POP3ServerUIDLSyntax.self, loggedIn + "C: UIDL\nS: +OK\nS: a 1\nS: .\n", .error, "`a 1`"),
        Case(POP3ServerUIDLSyntax.self, loggedIn + "C: UIDL 1\nS: +OK 1  a\n", .error, "`+OK 1  a`"),
        Case(POP3ServerUIDLSyntax.self, loggedIn + "C: UIDL 1\nS: +OK 2 a\n", .error, "about message 2"),
        Case(POP3ServerUIDLID.self, loggedIn + "C: UIDL\nS: +OK\nS: 2\nS: .\n", .error, "message 2 is empty"),
        Case(
            POP3ServerUIDLID.self, loggedIn + "C: UIDL\nS: +OK\nS: 2 \(String(repeating: "a", count: 71))\nS: .\n",
            .error,
            "71 characters"),
        Case(POP3ServerUIDLID.self, loggedIn + "C: UIDL 2\nS: +OK 2 \\xE9\n", .error, "outside 0x21 to 0x7E"),
        Case(POP3ServerUIDLDuplicate.self, loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: 3 a\nS: .\n", .warning, "1 and 3"),
        Case(
            POP3ServerUIDLDuplicate.self,
            loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: 2 a\nS: .\nC: RETR 1\nS: +OK\n\(message)C: DELE 2\nS: +OK\n",
            .error,
            "The client fetched message 1, took message 2 for the same"),
        Case(
            POP3ServerUIDLDuplicate.self,
            loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: 2 a\nS: .\nC: RETR 2\nS: +OK\n\(message)" + left, .warning,
            "fetched message 2, and not message 1"),
        // It is the client who deletes what it did not fetch.
        Case(
            POP3ServerUIDLDuplicate.self,
            loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: 2 a\nS: .\nC: DELE 2\nS: +OK\nC: DELE 1\nS: +OK\n", .warning),
        // They may be copies.
        Case(
            POP3ServerUIDLDuplicate.self,
            loggedIn + "C: LIST\nS: +OK\nS: 1 9\nS: 2 9\nS: .\nC: UIDL\nS: +OK\nS: 1 a\nS: 2 a\nS: .\n", .note,
            "1 and 2"),
        Case(
            POP3ServerUIDLChanged.self, loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: .\nC: UIDL\nS: +OK\nS: 1 b\nS: .\n",
            .error,
            "`1 b`"),
        Case(
            POP3ServerCountsDisagree.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nS: .\nC: UIDL\nS: +OK\nS: .\n", .error,
            "is 1 by LIST and 0 by UIDL"),
        Case(
            POP3ServerCountsDisagree.self, loggedIn + "C: STAT\nS: +OK 1 8\nC: LIST\nS: +OK\nS: 1 9\nS: .\n", .warning,
            "8 octets by STAT and 9 by LIST"),
        Case(
            POP3ServerCountsDisagree.self,
            loggedIn + "C: DELE 1\nS: +OK\nC: STAT\nS: +OK 1 9\nC: LIST\nS: +OK\nS: 2 9\nS: 3 9\nS: .\n", .error),
        Case(
            POP3ServerOctetsMismatch.self, listed(916), .error, "LIST announced 916 octets for message 1, and it had 25"
        ),
        Case(POP3ServerOctetsMismatch.self, told("916 octets"), .warning, "RETR announced 916 octets"),
        Case(POP3ServerOctetsMismatch.self, told("message 1 (916 octets):"), .warning, "RETR announced 916 octets"),
        Case(POP3ServerOctetsMismatch.self, listed(23), .note, "announced 23"),
        // LIST is right.
        Case(
            POP3ServerOctetsMismatch.self,
            loggedIn + "C: LIST 1\nS: +OK 1 25\nC: RETR 1\nS: +OK 30 octets\n" + message + left, .warning,
            "announced 30"),
        Case(POP3ServerOctetsLFCounted.self, listed(22), .warning, "has lines (3)"),
        Case(POP3ServerOctetsLFCounted.self, told("22 octets"), .warning, "22"),
        Case(POP3ServerOctetsStuffingCounted.self, listed(12, "S: a: b\nS: \nS: ..\nS: .\n"), .warning, "dots (1)"),
        Case(POP3ServerMissingBody.self, loggedIn + "C: CAPA\nS: +OK\nC: QUIT\nS: +OK\n", .error, "CAPA with +OK"),
        Case(
            POP3ServerMissingBody.self, loggedIn + "C: RETR 1\nS: +OK\nC: QUIT\nS: +OK bye\nend: server-closed\n",
            .error),
        Case(
            POP3ServerMissingBody.self, loggedIn + "C: RETR 1\nS: +OK\nwait: 60\nend: client-closed\n", .error, "RETR"),
        Case(POP3ServerMissingBody.self, loggedIn + "C: LIST\nS: +OK\nend: server-closed\n", .error, "LIST"),
        Case(
            POP3ServerMissingBody.self, loggedIn + "C: LIST\nS: +OK 1 9\nwait: 7\nend: client-closed\n", .error,
            "as if it had been asked about one message. LIST without a number is answered with a line for each message and a dot, and none of these came. The client waited for them for 7 seconds."
        ),
        Case(
            POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nwait: 60\nend: client-closed\n", .error,
            "waited for it for 60 seconds"),
        Case(
            POP3ServerNoTerminator.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nS: \nS: c\nwait: 20\nend: client-closed\n", .error, "20 seconds"),
        Case(
            POP3ServerNoTerminator.self,
            loggedIn + "C: LIST\nS: +OK\nS: 1 9\nwait: 60\nC: QUIT\nwait: 60\nend: server-closed\n", .error,
            "120 seconds"),
        Case(
            POP3ServerListingForOne.self, loggedIn + "C: LIST 1\nS: +OK 1 9\nS: .\n", .error, "a line with a single dot"
        ),
        Case(
            POP3ServerListingForOne.self, loggedIn + "C: LIST 2\nS: +OK\nS: 2 9\nS: .\n", .error,
            "`LIST 2` asks about one message"),
        Case(
            POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nC: QUIT\nS: +OK bye\n", .error,
            "`+OK bye`"),
        Case(
            POP3ServerNoTerminator.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nS: \nend: server-closed\n", .error,
            "in the middle of its answer to RETR"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nend: server-reset\n", .warning),
        Case(
            POP3ServerNoTerminator.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nS: \nC: QUIT\nS: +OK bye\nend: client-closed\n", .error,
            "stands inside the message"),
        Case(POP3ServerUnstuffedDot.self, listed(12, "S: a: b\nS: \nS: .b\nS: .\n"), .error, "1 line begins"),
        Case(POP3ServerUnstuffedDot.self, listed(12, "S: a: b\nS: \nS: .\nS: more\nS: .\n"), .error, "went on: `more`"),
        Case(POP3ServerBodyAfterERR.self, loggedIn + "C: LIST\nS: -ERR\nS: sorry\nS: .\n", .error, "refused LIST"),
        Case(POP3ServerBodyAfterERR.self, loggedIn + "C: LIST\nS: -ERR\nS: .\n", .error, "`.`"),
        Case(
            POP3ServerTOPWrong.self, loggedIn + "C: TOP 1 0\nS: +OK\nS: a: b\nS: \nS: one\nS: two\nS: .\n", .warning,
            "TOP 1 0 is 2, where 0"),
        Case(POP3ServerTOPWrong.self, loggedIn + "C: TOP 1 1\nS: +OK\nS: a: b\nS: \nS: one\nS: \nS: .\n", .note),
        Case(POP3ServerDeletedStillThere.self, loggedIn + "C: DELE 1\nS: +OK\nC: DELE 1\nS: +OK\n", .error, "`DELE 1`"),
        Case(
            POP3ServerDeletedStillThere.self, loggedIn + "C: DELE 1\nS: +OK\nC: UIDL\nS: +OK\nS: 1 a\nS: .\n", .error,
            "`1 a`"),
        Case(
            POP3ServerCapaState.self,
            opened + POP3Text.capa("USER", "UIDL") + "C: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n" + POP3Text.capa("TOP"),
            .error, "UIDL"),
        Case(
            POP3ServerCapaLies.self, opened + POP3Text.capa("STLS") + "C: STLS\nS: -ERR Unknown command.\n", .warning,
            "STLS"),
        Case(
            POP3ServerCapaLies.self,
            opened + POP3Text.capa("SASL PLAIN") + "C: AUTH PLAIN\nS: -ERR mechanism not supported\n", .warning, "SASL"),
        Case(
            POP3ServerCapaLies.self, opened + POP3Text.capa("STLS") + "C: STLS\nS: -ERR not now\n", .warning, "STLS"),
        Case(
            POP3ServerCapaLies.self, "protocol: pop3\nS: +OK <1@b>\nC: APOP a «d»\nS: -ERR unknown command\n", .warning,
            "has a timestamp"),
        Case(
            POP3ServerRespCodeUnannounced.self, loggedIn + POP3Text.capa() + "C: NOOP\nS: -ERR [SYS/TEMP] no\n", .note,
            "SYS"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH LOGIN\nS: + User:\nC: «YQ==»\nS: -ERR\n", .error, "`+ User:`"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH LOGIN\nS: +VXNlcm5hbWU6\nC: «YQ==»\nS: -ERR\n", .error, "`+VX"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH LOGIN\nS: VXNlcm5hbWU6\nend: client-closed\n", .error, "`VX"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH PLAIN\nS: +OK go\nend: client-closed\n", .error, "`+OK go`"),
        Case(POP3ServerUserLeaks.self, opened + "C: USER a\nS: -ERR no such user\n", .note, "no such account"),
        Case(POP3ServerUserLeaks.self, opened + "C: USER a\nS: -ERR no\nC: USER b\nS: +OK\n", .note, "for another"),
        Case(POP3ServerAutologoutShort.self, loggedIn + "wait: 60\nend: server-closed\n", .error, "for 60 seconds"),
        Case(
            POP3ServerAutologoutShort.self, loggedIn + "C: DELE 1\nS: +OK\nwait: 60\nend: server-closed\n", .error,
            "The message marked as deleted stays"),
        Case(
            POP3ServerAutologoutShort.self, loggedIn + "wait: 60\nS: -ERR idle\nend: server-closed\n", .error,
            "60 seconds, and the server closed the connection with `-ERR idle`"),
        // The command and the farewell crossed each other.
        Case(
            POP3ServerAutologoutShort.self, loggedIn + "wait: 90\nS: -ERR idle\nC: DELE 1\nend: server-closed\n",
            .error,
            "90 seconds"),
        Case(
            POP3ServerAutologoutShort.self, loggedIn + "wait: 600\nS: -ERR idle\nend: server-closed\n", .note,
            "`-ERR idle`"),
        Case(POP3ServerTabOrNUL.self, "protocol: pop3\nS: +OK a\\x00b\n", .warning, "0x0"),
        Case(POP3ServerTabOrNUL.self, "protocol: pop3\nS: +OK a\\x09b\n", .note, "0x9"),
    ]

    @Test(arguments: found) func isFound(_ example: Case) throws {
        let findings = try lint(example.text, rules: [example.rule])
        #expect(findings.map(\.severity) == [example.severity])
        #expect(
            findings.allSatisfy { example.words.isEmpty || $0.means.en.contains(example.words) },
            "\(findings.map(\.means.en))")
        #expect(findings.allSatisfy { $0.means.ja.hasSuffix("。") && $0.means.en.hasSuffix(".") })
    }

    static let none: [Case] = [
        Case(POP3ServerIndicator.self, loggedIn + "C: LIST\nS: +OK\nS: no listing\nS: .\nC: NOOP\nS: -ERR\n" + left),
        Case(POP3ServerIndicator.self, opened + "C: AUTH PLAIN\nS: +\nC: «AGEAYg==»\nS: +OK\n"),
        Case(POP3ServerIndicator.self, loggedIn + "C: NOOP\nS: 250 ok\\c\n"),
        // The record begins in the middle of a message.
        Case(POP3ServerIndicator.self, "protocol: pop3\nS: hello\nS: .\nC: QUIT\nS: +OK\n"),
        Case(POP3ServerIndicator.self, loggedIn + "lost: server 100\nS: hello\nS: .\n"),
        // It serves another protocol there.
        Case(POP3ServerIndicator.self, "protocol: pop3\nS: 220 mx.example.com ESMTP\nC: QUIT\nS: 221 bye\n"),
        Case(POP3ServerLineEnd.self, loggedIn + "C: RETR 1\nS: +OK\n" + message + left),
        Case(POP3ServerLineEnd.self, loggedIn + "C: NOOP\nS: +OK\\c\nend: server-closed\n"),
        Case(
            POP3ServerFirstLineTooLong.self, loggedIn + "C: NOOP\nS: +OK \(String(repeating: "a", count: 506))\n"),
        Case(
            POP3ServerFirstLineTooLong.self, loggedIn + POP3Text.capa(String(repeating: "a", count: 600))),
        Case(POP3ServerGreetingMultiline.self, opened + "wait: 60\nS: -ERR too slow\nend: server-closed\n"),
        // Only the server is in the record.
        Case(POP3ServerGreetingMultiline.self, opened + "S: +OK\nS: +OK in\nS: +OK 0 0\nS: +OK bye\n"),
        Case(
            POP3ServerGreetingMultiline.self,
            opened + "C: STLS\nS: +OK\ntls client\nS: +OK again\nC: CAPA\nS: +OK\nS: .\n"),
        Case(POP3ServerGreetingERR.self, "protocol: pop3\nS: -ERR busy\nC: QUIT\nS: +OK\nend: server-closed\n"),
        Case(POP3ServerAPOPTimestampSyntax.self, "protocol: pop3\nS: +OK POP3 <1896.697170952@dbc.mtview.ca.us>\n"),
        Case(POP3ServerAPOPTimestampSyntax.self, "protocol: pop3\nS: +OK << welcome: 1 < 2\n"),
        Case(POP3ServerSTATSyntax.self, loggedIn + "C: STAT\nS: +OK 2 320 octets\nC: STAT\nS: -ERR no\n"),
        Case(POP3ServerListExtra.self, loggedIn + "C: LIST\nS: +OK 1 message (9 octets)\nS: 1 9\nS: .\n"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST\nS: +OK 1 message\nS: 1 9\nS: .\nC: LIST 2\nS: -ERR no\n"),
        Case(POP3ServerListSyntax.self, loggedIn + "C: LIST\nS: +OK\nS: 1 \\c\nend: server-closed\n"),
        Case(POP3ServerUIDLSyntax.self, loggedIn + "C: UIDL\nS: +OK unique-id listing follows\nS: 1 a\nS: .\n"),
        Case(POP3ServerUIDLSyntax.self, loggedIn + "C: UIDL 1\nS: +OK 1 a\nC: UIDL 2\nS: -ERR no\n"),
        Case(
            POP3ServerUIDLID.self, loggedIn + "C: UIDL\nS: +OK\nS: 2 \(String(repeating: "~", count: 70))\nS: .\n"),
        // A listing for each.
        Case(
            POP3ServerUIDLDuplicate.self, loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: .\nC: UIDL\nS: +OK\nS: 1 a\nS: .\n"),
        Case(
            POP3ServerUIDLChanged.self,
            loggedIn + "C: UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nC: UIDL 2\nS: +OK 2 b\nC: UIDL 1\nS: +OK 1 a\n"),
        Case(
            POP3ServerCountsDisagree.self,
            loggedIn + "C: STAT\nS: +OK 2 9\nC: DELE 1\nS: +OK\nC: LIST\nS: +OK\nS: 2 5\nS: .\nC: RSET\nS: +OK\n"
                + "C: UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nC: STAT\nS: +OK 2 9\n"),
        Case(
            POP3ServerCountsDisagree.self,
            loggedIn + "C: STAT\nS: +OK 2 9\nC: LIST\nS: +OK\nS: 1 9\nend: server-closed\n"),
        Case(POP3ServerOctetsMismatch.self, listed(25)),
        Case(POP3ServerOctetsMismatch.self, told("25 octets")),
        Case(POP3ServerOctetsMismatch.self, told("message 1 follows")),
        Case(POP3ServerOctetsMismatch.self, listed(22)),
        Case(POP3ServerOctetsMismatch.self, listed(12, "S: a: b\nS: \nS: ..\nS: .\n")),
        // A part of it, and what was cut off or lost.
        Case(
            POP3ServerOctetsMismatch.self,
            loggedIn + "C: LIST 1\nS: +OK 1 900\nC: TOP 1 0\nS: +OK 900 octets\n" + message),
        Case(POP3ServerOctetsMismatch.self, loggedIn + "C: RETR 1\nS: +OK 900 octets\nS: a: b\nend: client-closed\n"),
        Case(
            POP3ServerOctetsMismatch.self,
            loggedIn + "C: RETR 1\nS: +OK 900 octets\nS: a: b\nlost: server 100\nS: \nS: .\n" + left),
        // Lines with LF alone are counted as they should be.
        Case(POP3ServerOctetsMismatch.self, listed(11, "S: a: b\\x0A\\c\nS: \nS: c\nS: .\n")),
        Case(POP3ServerOctetsLFCounted.self, listed(25)),
        Case(POP3ServerOctetsLFCounted.self, listed(21 - 5)),
        Case(POP3ServerOctetsStuffingCounted.self, listed(11, "S: a: b\nS: \nS: ..\nS: .\n")),
        Case(POP3ServerMissingBody.self, loggedIn + "C: LIST\nS: +OK 0 messages\nS: .\nC: LIST 1\nS: +OK 1 9\n" + left),
        Case(POP3ServerMissingBody.self, loggedIn + "C: RETR 1\nS: +OK\nend: client-closed\n"),
        Case(POP3ServerMissingBody.self, loggedIn + "C: RETR 1\nS: +OK\nC: QUIT\nend: broken-off\n"),
        Case(POP3ServerMissingBody.self, loggedIn + "C: RETR 1\nS: +OK\nlost: server 900\nend: server-closed\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nS: .\n" + left),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nwait: 2\nend: client-closed\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nS: 1 9\nwait: 60\nend: broken-off\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: LIST\nS: +OK\nlost: server 9\nwait: 60\nend: client-closed\n"),
        Case(POP3ServerListingForOne.self, loggedIn + "C: LIST 1\nS: +OK 1 9\nC: UIDL 1\nS: +OK 1 a\n" + left),
        Case(POP3ServerListingForOne.self, loggedIn + "C: LIST 1\nS: -ERR\nS: .\n" + left),
        Case(POP3ServerCapaLies.self, opened + POP3Text.capa("STLS") + "C: STLS\nS: -ERR [SYS/TEMP] not now\n"),
        Case(POP3ServerCapaLies.self, "protocol: pop3\nS: +OK <1@b>\nC: APOP a «d»\nS: -ERR wrong\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nend: client-closed\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nC: QUIT\nend: client-closed\n"),
        Case(POP3ServerNoTerminator.self, loggedIn + "C: RETR 1\nS: +OK\nS: a: b\\x0A\\c\nS: \\x0A.\\x0A\\c\n" + left),
        Case(POP3ServerUnstuffedDot.self, listed(12, "S: a: b\nS: \nS: ..\nS: ...b\nS: .\n")),
        Case(POP3ServerUnstuffedDot.self, listed(12, "S: a: b\nS: \nS: c.\nS: .\n")),
        Case(POP3ServerBodyAfterERR.self, loggedIn + "C: LIST 1\nS: -ERR no\nC: LIST\nS: +OK\nS: .\n" + left),
        Case(POP3ServerTOPWrong.self, loggedIn + "C: TOP 1 9\nS: +OK\nS: a: b\nS: \nS: c\nS: \nS: .\n" + left),
        Case(POP3ServerTOPWrong.self, loggedIn + "C: TOP 1 0\nS: +OK\nS: a: b\nS:  c\nS: .\n" + left),
        Case(
            POP3ServerTOPWrong.self,
            loggedIn + "C: RETR 1\nS: +OK\n" + message + "C: TOP 1 1\nS: +OK\n" + message + left),
        Case(
            POP3ServerDeletedStillThere.self,
            loggedIn + "C: DELE 1\nS: +OK\nC: DELE 1\nS: -ERR\nC: LIST\nS: +OK\nS: 2 9\nS: .\n"),
        Case(POP3ServerDeletedStillThere.self, loggedIn + "C: DELE 1\nS: +OK\nC: RSET\nS: +OK\nC: DELE 1\nS: +OK\n"),
        // What belongs to the login is over.
        Case(
            POP3ServerCapaState.self,
            opened + POP3Text.capa("USER", "TOP", "SASL PLAIN", "STLS") + "C: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n"
                + POP3Text.capa("TOP", "UIDL")),
        Case(
            POP3ServerCapaState.self,
            opened + POP3Text.capa("TOP", "STLS") + "C: STLS\nS: +OK\ntls client\n"
                + "C: USER a\nS: +OK\nC: PASS «b»\nS: +OK\n"
                + POP3Text.capa("UIDL")),
        Case(
            POP3ServerCapaLies.self, loggedIn + POP3Text.capa("UIDL", "TOP") + "C: TOP 9 0\nS: -ERR Unknown message.\n"),
        Case(POP3ServerCapaLies.self, opened + POP3Text.capa("UIDL") + "C: UIDL\nS: -ERR Unknown command.\n"),
        Case(POP3ServerCapaLies.self, loggedIn + POP3Text.capa("USER") + "C: USER a\nS: -ERR Unknown command.\n"),
        Case(POP3ServerRespCodeUnannounced.self, loggedIn + "C: NOOP\nS: -ERR [SYS/TEMP] no\n"),
        Case(
            POP3ServerRespCodeUnannounced.self,
            opened + POP3Text.capa("AUTH-RESP-CODE") + "C: USER a\nS: -ERR [AUTH] no\n"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH PLAIN\nS: + \nC: «AGEAYg==»\nS: +OK\n"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH PLAIN «AGEAYg==»\nS: +OK in\n"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH\nS: +OK\nS: PLAIN\nS: .\n"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: *\nS: -ERR\n"),
        Case(POP3ServerUserLeaks.self, opened + "C: USER a\nS: -ERR not in clear\nC: QUIT\nS: +OK\n"),
        Case(
            POP3ServerUserLeaks.self,
            opened + "C: USER a\nS: -ERR not in clear\nC: STLS\nS: +OK\ntls client\nC: USER a\nS: +OK\n"),
        Case(POP3ServerAutologoutShort.self, loggedIn + "wait: 600\nend: server-closed\n"),
        Case(POP3ServerAutologoutShort.self, loggedIn + "wait: 60\n" + left),
        Case(POP3ServerAutologoutShort.self, loggedIn + "C: QUIT\nwait: 60\nS: +OK\nend: server-closed\n"),
        Case(POP3ServerAutologoutShort.self, loggedIn + "C: FOO\nS: -ERR too many errors\nend: server-closed\n"),
        Case(POP3ServerAutologoutShort.self, opened + "wait: 60\nS: -ERR idle\nend: server-closed\n"),
        Case(POP3ServerAutologoutShort.self, loggedIn + "C: RETR 1\nwait: 60\nend: server-closed\n"),
        Case(POP3ServerTabOrNUL.self, loggedIn + "C: RETR 1\nS: +OK\nS: a:\\x09b\nS: \nS: \\x00\nS: .\n" + left),
        Case(POP3ServerTabOrNUL.self, loggedIn + POP3Text.capa("IMPLEMENTATION a\\x09b")),
    ]

    @Test(arguments: none) func isNone(_ example: Case) throws {
        #expect(try lint(example.text, rules: [example.rule]).map(\.means.en) == [])
    }
}
