import Testing

@testable import Lint

@Suite struct IMAPClientLiteralTests {
    private typealias Case = IMAPCase

    @Test(arguments: [
        Case(
            "client.literal-no-wait", Case.loggedIn + "C: a2 APPEND INBOX {3}\nC: abc\nS: + go\nS: a2 OK done\n",
            "3 octets"),
        Case(
            "client.literal-no-wait",
            Case.loggedIn + "C: a2 APPEND {5}\nC: INBOX {3+}\nC: abc\nS: + go\nS: a2 OK done\n"),
        Case("client.literal-no-wait", Case.loggedIn + "C: a2 APPEND INBOX {0}\nC: \nS: + go\nS: a2 NO no\n"),
        // It had begun before it had leave.
        Case("client.literal-no-wait", Case.loggedIn + "C: a2 CREATE {4}\nC: Ju\\c\nS: + go\nC: nk\nS: a2 OK done\n"),
        Case("client.literal-no-wait", Case.ready + "C: a1 LOGIN {5}\nC: «alice» «secret»\nS: + go\nS: a1 OK done\n"),
        Case(
            "client.literal-count", Case.loggedIn + "C: a2 APPEND INBOX {3}\nS: + go\nC: abcdef\nS: a2 BAD no\n",
            "`def`"),
        Case("client.literal-minus", Case.rev2 + "C: a2 APPEND INBOX {4097+}\nC: abc\\c\n", "4097"),
        Case(
            "client.literal-after-no", Case.loggedIn + "C: a2 CREATE {4}\nS: a2 BAD too long\nC: Junk\nS: * BAD no\n",
            "`Junk`"),
        Case(
            "client.literal-after-no",
            Case.loggedIn
                + "C: a2 APPEND INBOX {20}\nS: a2 NO [TRYCREATE] no\nC: From: alice\nC: To: bob\nS: * BAD no\n",
            "From: alice"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        Case("client.literal-no-wait", Case.loggedIn + "C: a2 APPEND INBOX {3+}\nC: abc\nS: a2 OK done\n"),
        Case("client.literal-no-wait", Case.loggedIn + "C: a2 APPEND INBOX {0}\nS: + go\nC: \nS: a2 NO no\n"),
        Case(
            "client.literal-no-wait",
            Case.ready + "C: a1 LOGIN {5}\nS: + go\nC: «alice» {6}\nS: * 4 EXISTS\nS: + go\nC: «secret»\nS: a1 OK in\n"),
        // The server refused it, and the client goes on as it should.
        Case(
            "client.literal-no-wait", Case.loggedIn + "C: a2 APPEND INBOX {3}\nS: a2 NO no\nC: a3 NOOP\nS: a3 OK done\n"
        ),
        Case(
            "client.literal-no-wait", Case.loggedIn + "C: a2 APPEND INBOX {3}\nlost: server 20\nC: abc\nS: a2 OK done\n"
        ),
        Case("client.literal-count", Case.loggedIn + "C: a2 APPEND INBOX {3+}\nC: abc {3+}\nC: def\nS: a2 OK done\n"),
        Case(
            "client.literal-count",
            Case.selected + "C: a3 FETCH 1 (BODY.PEEK[HEADER.FIELDS ({4+}\nC: Date {2+}\nC: To)])\nS: a3 OK done\n"),
        Case(
            "client.literal-count",
            Case.loggedIn + "C: a2 APPEND INBOX CATENATE (TEXT {3+}\nC: abc URL \"/x\")\nS: a2 OK done\n"),
        Case("client.literal-count", Case.loggedIn + "C: a2 APPEND INBOX {3+}\nC: abc\\c\n"),
        Case("client.literal-minus", Case.rev2 + "C: a2 APPEND INBOX {4096+}\nC: abc\\c\n"),
        Case("client.literal-minus", Case.loggedIn("IMAP4rev1 LITERAL-") + "C: a2 APPEND INBOX {5000}\nS: + go\n"),
        Case("client.literal-minus", Case.loggedIn("IMAP4rev1 IMAP4rev2 LITERAL+") + "C: a2 APPEND INBOX {5000+}\n"),
        // After login the server may list more.
        Case(
            "client.literal-minus",
            IMAPScene.secure + "S: * OK [CAPABILITY IMAP4rev1 LITERAL-] ready\nC: a1 LOGIN a «b»\nS: a1 OK in\n"
                + "C: a2 APPEND INBOX {5000+}\n"),
        Case(
            "client.literal-after-no",
            Case.loggedIn + "C: a2 APPEND INBOX {9}\nS: a2 NO no\nC: a3 XAPPLE hi\nS: a3 OK done\n"),
        Case(
            "client.literal-after-no",
            Case.loggedIn + "C: a2 APPEND INBOX {9}\nS: + go\nC: 123456789\nS: a2 NO no\nC: huh\n"),
        Case("client.literal-after-no", Case.loggedIn + "C: a2 APPEND INBOX {9+}\nC: 123\\c\nS: a2 NO no\nC: 456789\n"),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
