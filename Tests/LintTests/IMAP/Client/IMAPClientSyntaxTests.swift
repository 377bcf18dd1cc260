import Testing

@testable import Lint

@Suite struct IMAPClientSyntaxTests {
    private typealias Case = IMAPCase

    static let found: [IMAPCase] = [
        Case("client.line-end", Case.ready + "C: a1 NOOP\\x0Da2 NOOP\nS: a1 BAD no\n", "CR in the line"),
        Case(
            "client.line-end", Case.ready + "C: a1 AUTHENTICATE PLAIN\nS: + \nC: «AGEAYg==»\\x0A\\c\nS: a1 OK in\n",
            "LF"),
        Case("client.line-end", Case.ready + "C: a1 NOOP\\x0Da2 NOOP\\x0D\\c\n", "CR in the line"),
        Case(
            "client.line-end", Case.loggedIn + "C: a2 CREATE {4}\nS: + go\nC: Junk\\x0A\\c\nS: a2 OK done\n", "LF alone"
        ),
        Case("client.tag-syntax", Case.ready + "C: * NOOP\nS: * BAD no\n", "`*`"),
        Case("client.tag-syntax", Case.ready + "C:  a1 NOOP\nS: * BAD no\n", "begins with a blank"),
        Case("client.tag-syntax", Case.ready + "C: NOOP\nS: * BAD no\n", "no tag before it"),
        Case("client.tag-syntax", Case.ready + "C: LOGIN alice «secret»\nS: LOGIN BAD no\n", "no tag before it"),
        Case("client.tag-syntax", Case.ready + "C: \nS: * BAD no\n", "empty line", .warning),
        Case("client.tag-syntax", Case.ready + "C: \\xE3\\x81\\x82 NOOP\nS: * BAD no\n"),
        Case("client.tag-reuse", Case.loggedIn + "C: a1 NOOP\nS: a1 OK done\n", "earlier", .warning),
        Case(
            "client.tag-reuse", Case.loggedIn + "C: a2 NOOP\nC: a2 NOOP\nS: a2 OK done\n", "waits for its answer",
            .error),
        Case("client.spacing", Case.loggedIn + "C: a2 NOOP \nS: a2 BAD no\n", "a space at its end"),
        Case("client.spacing", Case.loggedIn + "C: a2\\x09NOOP\nS: a2 BAD no\n", "a tab"),
        Case("client.spacing", Case.loggedIn + "C: a2 SELECT\"INBOX\"\nS: a2 BAD no\n", "no space before"),
        Case("client.spacing", Case.selected + "C: a3 FETCH 1(FLAGS)\nS: a3 BAD no\n", "no space before `(`"),
        Case("client.spacing", Case.ready + "C: a1 LOGIN  alice «secret»\nS: a1 BAD no\n", "two spaces"),
        Case(
            "client.spacing", Case.loggedIn + "C: a2 CREATE {4}\nS: + go\nC: Junk \nS: a2 BAD no\n",
            "a space at its end"),
        Case("client.quoted", Case.loggedIn + "C: a2 SELECT \"IN\\x00BOX\"\nS: a2 BAD no\n", "NUL", .error),
        Case("client.quoted", Case.loggedIn + "C: a2 SELECT \"IN\\x0DBOX\"\nS: a2 BAD no\n", "CR", .error),
        Case(
            "client.quoted", Case.selected + "C: a3 SEARCH SUBJECT \"\\xE9\"\nS: * SEARCH\nS: a3 OK done\n", "8-bit",
            .warning),
        Case(
            "client.quoted", Case.ready + "C: a1 LOGIN \"OFFICE\\x5Calice\" «secret»\nS: a1 NO no\n", "escapes nothing",
            .warning),
        Case("client.mutf7", Case.loggedIn + "C: a2 SELECT Entw\\xC3\\xBCrfe\nS: a2 NO no\n", "8-bit"),
        Case("client.mutf7", Case.loggedIn + "C: a2 RENAME a \"b & c\"\nS: a2 OK done\n", "b & c"),
        Case("client.mutf7", Case.selected + "C: a3 UID COPY 7 R&D\nS: a3 NO no\n", "R&D"),
        Case("client.mutf7", Case.loggedIn + "C: a2 CREATE {3+}\nC: R&D\nS: a2 OK done\n", "R&D"),
    ]

    @Test(arguments: found) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        // What is in a message, or in a literal, has other line ends.
        Case("client.line-end", Case.loggedIn + "C: a2 APPEND INBOX {2+}\nC: \\x0A\\x0A\nS: a2 OK done\n"),
        Case("client.line-end", Case.loggedIn + "C: a2 CREATE {3+}\nC: \\x0Aab\nS: a2 OK done\n"),
        // The rest of it never came.
        Case("client.line-end", Case.loggedIn + "C: a2 NOOP\\x0D\\c\n"),
        // That is another rule's matter.
        Case("client.line-end", Case.loggedIn + "C: a2 SELECT \"a\\x0Db\"\nS: a2 BAD no\n"),
        // TLS where nobody asked for it.
        Case("client.line-end", "protocol: imap\nC: \\x16\\x03\\x01\\x00\\x05he\\x0Alo\\c\n"),
        Case("client.tag-syntax", "protocol: imap\nC: \\x16\\x03\\x01\\x00\\x05he\\x0Alo\\x0A\\c\n"),
        Case("client.tag-syntax", Case.ready + "C: . NOOP\nC: ] NOOP\nC: 00000001 NOOP\n"),
        // What ends an IDLE or an authentication that the server has ended just before.
        Case("client.tag-syntax", Case.loggedIn + "C: a2 IDLE\nS: a2 NO no\nC: DONE\nS: * BAD no\n"),
        Case("client.tag-syntax", Case.ready + "C: a1 AUTHENTICATE PLAIN\nS: a1 NO no\nC: *\nS: * BAD no\n"),
        Case("client.tag-syntax", Case.loggedIn + "C: a2 IDLE\nS: + ok\nC: DONE\nS: a2 OK done\n"),
        Case("client.tag-syntax", Case.loggedIn + "C: a2 APPEND INBOX {2+}\nC: ab\nC: a3 XNEW\n"),
        Case("client.tag-syntax", Case.ready + Case.lost + "C: )\n"),
        Case(
            "client.tag-reuse",
            Case.loggedIn + "C: a2 IDLE\nS: + ok\nC: DONE\nS: a2 OK done\nC: a3 IDLE\nS: + ok\nC: DONE\n"),
        Case(
            "client.tag-reuse",
            Case.ready + (0..<600).map { "C: t\($0 % 300) NOOP\nS: t\($0 % 300) OK done\n" }.joined()),
        Case(
            "client.spacing", Case.loggedIn + "C: a2 LIST \"\" \"a  b\"\nC: a3 LIST (SUBSCRIBED) \"\" (\"*\" \"x\")\n"),
        Case("client.spacing", Case.loggedIn + "C: a2 ID (\"name\" \"x \\\"y  z\")\n"),
        Case(
            "client.spacing",
            Case.selected + "C: a3 UID FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (\"From\" {2+}\nC: To)])\n"),
        Case("client.spacing", Case.ready + "C: a1 LOGIN alice «s  t »\nS: a1 OK in\n"),
        Case("client.spacing", Case.loggedIn + "C: a2 CREATE {4+}\nC:  a  \nS: a2 OK done\n"),
        Case("client.quoted", Case.loggedIn + "C: a2 LIST \"\" \"a\\x5C\"b\\x5C\\x5C\"\nS: a2 OK done\n"),
        Case("client.quoted", Case.ready + "C: a1 LOGIN alice «\"not closed»\nS: a1 BAD no\n"),
        Case(
            "client.quoted",
            Case.loggedIn + "C: a2 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: a2 OK done\n"
                + "C: a3 SELECT INBOX\nS: a3 OK done\nC: a4 SEARCH SUBJECT \"\\xC3\\xA9\"\n"),
        Case("client.quoted", Case.rev2 + "C: a2 SELECT INBOX\nS: a2 OK done\nC: a3 SEARCH TEXT \"\\xC3\\xA9\"\n"),
        Case("client.quoted", Case.loggedIn + "C: a2 CREATE {3+}\nC: a\"b\nS: a2 OK done\n"),
        Case("client.mutf7", Case.rev2 + "C: a2 CREATE \"R&D \\xC3\\xA9\"\nS: a2 OK done\n"),
        Case("client.mutf7", Case.loggedIn + "C: a2 LIST \"\" \"R&*\"\nS: a2 OK done\nC: a3 STATUS &- (MESSAGES)\n"),
        Case("client.mutf7", Case.loggedIn + "C: a2 APPEND INBOX {3+}\nC: R&D\nS: a2 OK done\n"),
        Case("client.mutf7", Case.selected + "C: a3 UID SEARCH SUBJECT \"R&D\"\nS: * SEARCH\nS: a3 OK done\n"),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
