import Testing

@testable import Lint

@Suite struct IMAPServerResponseTests {
    private typealias Case = IMAPCase
    private static let clear = "protocol: imap\nS: * OK ready\n"

    @Test(arguments: [
        Case("server.line-start", Case.loggedIn + "C: a2 NOOP\nS: \nS: a2 OK done\n", "empty line"),
        Case("server.line-start", Case.loggedIn + "C: a2 NOOP\nS: Segmentation fault\nS: a2 OK done\n", "Segmentation"),
        Case("server.line-start", Case.loggedIn + "C: a2 NOOP\nS: *5 EXISTS\nS: a2 OK done\n", "*5"),
        Case("server.unknown-tag", Case.loggedIn + "C: a2 NOOP\nS: A2 OK done\nS: a2 OK done\n", "A2 OK"),
        Case(
            "server.early-tagged", Case.loggedIn + "C: a2 APPEND INBOX {5}\nS: a2 OK done\nC: a3 NOOP\nS: a3 OK\n",
            "still saying it"),
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 UID FETCH 7 FLAGS\nC: a4 NOOP\nS: a4 OK done\nwait: 70\nC: a5 NOOP\nS: a5 OK\n",
            "UID FETCH"),
        Case("server.greeting", "protocol: imap\nS: * NO too busy\n", "too busy"),
        Case("server.greeting", "protocol: imap\nS: +OK POP3 ready\n", "POP3"),
        Case("server.greeting", IMAPScene.secure + "S: 220 mx ESMTP\n", "220"),
        Case(
            "server.capability-no-rev", Case.ready + "C: a1 LOGIN a «b»\nS: a1 OK [CAPABILITY IDLE UIDPLUS] in\n",
            "IDLE UIDPLUS"),
        Case(
            "server.capability-no-rev", Case.ready + "C: a1 CAPABILITY\nS: * CAPABILITY IMAP4 IDLE\nS: a1 OK done\n",
            "IMAP4"),
        Case(
            "server.capability-lies", Case.loggedIn("IMAP4rev1 NAMESPACE") + "C: a2 NAMESPACE\nS: a2 BAD no\n",
            "NAMESPACE"),
        Case("server.capability-lies", Case.ready + "C: a1 AUTHENTICATE PLAIN\nS: a1 BAD no\n", "AUTH=PLAIN"),
        Case("server.literal-both", Case.loggedIn("IMAP4rev1 literal+ LITERAL-") + "C: a2 NOOP\nS: a2 OK\n"),
        Case(
            "server.literal-count",
            Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" {3}\nS: Junk\nS: a2 OK done\n", "`k`"),
        Case(
            "server.literal-plus-sent",
            Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" {4+}\nS: Junk\nS: a2 OK done\n", "{4+}"),
        Case("server.unsolicited-preauth-data", clear + "S: * 4 EXISTS\nC: a1 CAPABILITY\nS: a1 OK done\n", "4 EXISTS"),
        Case(
            "server.unsolicited-preauth-data", clear + "C: a1 CAPABILITY\nS: * STATUS x (MESSAGES 3)\nS: a1 OK done\n",
            "STATUS"),
        Case(
            "server.unsolicited-preauth-data", Case.loggedIn + "C: a2 NOOP\nS: * 1 FETCH (FLAGS ())\nS: a2 OK done\n",
            "FETCH"),
        Case("server.bye-missing", Case.selected + "end: server-closed\n", "no BYE"),
        Case(
            "server.continuation", Case.loggedIn + "C: a2 CREATE {4+}\nC: Junk\nS: + go\nS: a2 OK done\n",
            "nothing that the client"),
        Case(
            "server.continuation", Case.ready + "C: a1 AUTHENTICATE PLAIN\nS: +\nC: «AGEAYg==»\nS: a1 OK in\n",
            "No space", .warning),
        Case(
            "server.continuation", Case.ready + "C: a1 AUTHENTICATE PLAIN\nS: + go ahead\nC: «AGEAYg==»\nS: a1 OK in\n",
            "not base64", .error),
        Case(
            "server.autologout",
            Case.selected
                + "C: a3 IDLE\nS: + ok\nwait: 900\nS: * BYE Autologout; idle for too long\nend: server-closed\n",
            "900 seconds"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        // In a literal stands what will.
        Case(
            "server.line-start",
            Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" {6}\nS: a\nS: b\nS: \nS: a2 OK done\n"),
        Case("server.line-start", Case.loggedIn + "C: a2 NOOP\nS: *\nS: +\nS: a7 OK huh\nS: a2 OK done\n"),
        Case("server.line-start", Case.loggedIn + "C: a2 XWEIRD\nS: a2 WHAT huh\n"),
        Case("server.line-start", "protocol: imap\nS: \\x15\\x03\\x01\\x00\\x02\\x02\\x28\\x0A\\c\n"),
        Case("server.line-start", clear + "C: a1 STARTTLS\nS: a1 OK go\nS: in clear\n"),
        Case("server.line-start", Case.loggedIn + "lost: server 10\nS: XISTS\n"),
        Case(
            "server.line-start",
            Case.loggedIn("IMAP4rev1 COMPRESS=DEFLATE")
                + "C: a2 COMPRESS DEFLATE\nS: a2 OK go\nS: \\xF3\\x0Ax\\x0A\\c\n"),
        // It was answered before it was said: the other rule.
        Case("server.unknown-tag", Case.loggedIn + "C: a2 NOOP\nS: a2 OK\nS: a3 OK\nC: a3 NOOP\nS: a3 OK\n"),
        Case("server.unknown-tag", Case.loggedIn + "lost: client 10\nS: a2 OK done\n"),
        Case("server.unknown-tag", "protocol: imap\nS: a7 OK done\nC: a8 NOOP\nS: a8 OK done\n"),
        Case("server.early-tagged", Case.loggedIn + "C: a2 APPEND INBOX {5}\nS: a2 NO no\nC: a3 NOOP\nS: a3 OK\n"),
        Case("server.early-tagged", Case.loggedIn + "C: a2 NOOP\nS: a2 OK\nS: a2 OK\nC: a3 NOOP\nS: a3 OK\n"),
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 NOOP\nC: a4 IDLE\nS: a3 OK done\nS: + ok\nend: client-closed\n"),
        // It may still have been at work on it.
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 UID FETCH 7 FLAGS\nC: a4 NOOP\nS: a4 OK done\nend: client-closed\n"),
        // In whatever order.
        Case(
            "server.no-tagged-reply", Case.selected + "C: a3 FETCH 1 FLAGS\nC: a4 NOOP\nS: a4 OK done\nS: a3 OK done\n"),
        Case("server.no-tagged-reply", Case.loggedIn + "C: (2 NOOP\nS: * BAD no\nC: a3 NOOP\nS: a3 OK done\n"),
        Case("server.no-tagged-reply", Case.selected + "C: a3 NOOP\nend: server-closed\n"),
        Case("server.greeting", "protocol: imap\nS: * BYE too busy\n"),
        Case("server.greeting", "protocol: imap\nS: * ok hi\nC: a NOOP\n"),
        // Begun in the middle.
        Case("server.greeting", "protocol: imap\nS: * 4 EXISTS\nC: DONE\n"),
        Case("server.greeting", "protocol: imap\nS: x4 OK done\n"),
        Case("server.greeting", "protocol: imap\nC: x4 NOOP\nS: * SEARCH\n"),
        Case("server.capability-no-rev", Case.rev2),
        // Not the same before login as after it.
        Case(
            "server.literal-both",
            IMAPScene.secure + "S: * OK [CAPABILITY IMAP4rev1 LITERAL-] ready\nC: a1 LOGIN a «b»\n"
                + "S: a1 OK [CAPABILITY IMAP4rev1 LITERAL+] in\n"),
        Case(
            "server.capability-no-rev",
            Case.ready + "C: a1 FETCH 1 BODY[TEXT]\nS: * 1 FETCH (BODY[TEXT] {16}\nS: * CAPABILITY IDLE)\n"),
        Case("server.capability-lies", Case.loggedIn + "C: a2 IDLE\nS: + ok\nC: nonsense\nS: a2 BAD expected DONE\n"),
        Case("server.capability-lies", Case.ready + "C: a1 AUTHENTICATE PLAIN\nS: + \nC: *\nS: a1 BAD cancelled\n"),
        Case("server.capability-lies", Case.loggedIn + "C: a2 IDLE now\nS: a2 BAD arguments\n"),
        Case("server.capability-lies", Case.loggedIn + "C: a2 IDLE\nS: a2 NO not now\n"),
        Case(
            "server.capability-lies",
            "protocol: imap\nremark: fault refuse-command: x\nS: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: a1 STARTTLS\nS: a1 BAD no\n"
        ),
        Case(
            "server.literal-count",
            Case.selected
                + "C: a3 FETCH 1 (ENVELOPE)\nS: * 1 FETCH (ENVELOPE (NIL {2}\nS: hi ((NIL NIL {1}\nS: a {1}\nS: b)) NIL))\nS: a3 OK\n"
        ),
        Case(
            "server.literal-count",
            Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" {4}\nS: Junk\nS: a2 OK done\n"),
        // Text for people.
        Case("server.literal-plus-sent", Case.loggedIn + "C: a2 NOOP\nS: * OK try {4+}\nS: a2 OK use {5+}\n"),
        Case(
            "server.unsolicited-preauth-data",
            "protocol: imap\nS: * OK still here\nS: * 4 EXISTS\nC: DONE\nS: x OK done\n"),
        Case(
            "server.unsolicited-preauth-data",
            clear + "C: a1 LOGIN a «b»\nC: a2 SELECT INBOX\nS: a1 OK in\nS: * 4 EXISTS\nS: a2 OK done\n"),
        Case(
            "server.unsolicited-preauth-data", clear + "C: a1 ID NIL\nS: * ID NIL\nS: * OK [ALERT] hi\nS: a1 OK done\n"),
        Case(
            "server.unsolicited-preauth-data",
            Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" a\nS: a2 OK done\n"),
        Case(
            "server.unsolicited-preauth-data",
            Case.selected + "C: a3 SELECT x\nS: a3 NO no\nS: * 4 EXISTS\nC: a4 NOOP\nS: a4 OK\n"),
        Case("server.bye-missing", Case.selected + "S: * BYE going down\nend: server-closed\n"),
        Case("server.bye-missing", Case.selected + "end: server-reset\n"),
        Case("server.bye-missing", clear + "C: a1 STARTTLS\nS: a1 OK go\nC: \\x16\\x03\\x01\\c\nend: server-closed\n"),
        Case("server.bye-missing", Case.selected + "C: a9 LOGOUT\nend: server-closed\n"),
        Case(
            "server.continuation",
            Case.ready + "C: a1 AUTHENTICATE XOAUTH2 «dXNlcg==»\nS: + eyJzdGF0dXMiOiI0MDAifQ==\nC: «»\nS: a1 NO no\n"),
        // It did not wait, and is answered all the same.
        Case("server.continuation", Case.loggedIn + "C: a2 CREATE {4}\nC: Junk\nS: + go\nS: a2 OK done\n"),
        Case(
            "server.continuation",
            Case.selected + "C: a3 FETCH 1 BODY[TEXT]\nS: * 1 FETCH (BODY[TEXT] {4}\nS: + ab)\nS: a3 OK done\n"),
        Case("server.continuation", Case.selected + "C: a3 IDLE\nS: + idling\nS: + still\nC: DONE\nS: a3 OK done\n"),
        Case(
            "server.preauth-clear", "protocol: imap\ntls server start=implicit verification=verified\nS: * PREAUTH in\n"
        ),
        Case("server.autologout", Case.selected + "wait: 900\nS: * BYE shutting down\nend: server-closed\n"),
        Case(
            "server.autologout",
            Case.selected + "wait: 900\nC: a3 NOOP\nS: * BYE timeout of the store\nend: server-closed\n"),
        Case(
            "server.autologout", Case.ready + "C: a1 NOOP\nS: a1 OK\nwait: 180\nS: * BYE Disconnected for inactivity.\n"
        ),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
