import Testing

@testable import Lint

@Suite struct IMAPServerMailboxTests {
    private typealias Case = IMAPCase

    private static func fetch(_ items: String) -> String {
        Case.selected + "C: a3 FETCH 2 (FLAGS)\nS: * 2 FETCH \(items)\nS: a3 OK done\n"
    }

    @Test(arguments: [
        Case(
            "server.rfc822size",
            Case.selected
                + "C: a3 FETCH 2 RFC822.SIZE\nS: * 2 FETCH (RFC822.SIZE 9)\nS: a3 OK\nC: a4 FETCH 2 RFC822\nS: * 2 FETCH (RFC822 {4}\nS: ab\nS: )\nS: a4 OK\n",
            "SIZE 9"),
        Case(
            "server.select-incomplete",
            Case.loggedIn + "C: a2 EXAMINE x\nS: * 0 EXISTS\nS: * FLAGS ()\nS: a2 OK done\n", "RECENT, UIDVALIDITY",
            .warning),
        Case("server.select-incomplete", Case.rev2 + IMAPScene.select, "LIST", .warning),
        Case("server.exists-shrinks", Case.selected + "S: * 0 EXISTS\n", "3 messages"),
        Case("server.expunge-timing", Case.selected + "S: * 1 EXPUNGE\n", "no command"),
        Case("server.expunge-timing", Case.selected + "C: a3 SEARCH ALL\nS: * VANISHED 5\nS: a3 OK done\n", "SEARCH"),
        Case("server.expunge-range", Case.selected + "C: a3 NOOP\nS: * 0 EXPUNGE\nS: a3 OK done\n", "begin with 1"),
        Case("server.expunge-range", Case.selected + "C: a3 NOOP\nS: * 4 EXPUNGE\nS: a3 OK done\n", "3 messages"),
        Case(
            "server.uid-order", Case.selected + "C: a3 NOOP\nS: * 2 FETCH (UID 7)\nS: * 2 FETCH (UID 8)\nS: a3 OK\n",
            "UID 8"),
        Case("server.uid-order", Case.selected + "C: a3 NOOP\nS: * 2 FETCH (UID 0)\nS: a3 OK\n", "UID 0"),
        Case(
            "server.uid-order", Case.selected + "C: a3 NOOP\nS: * 3 FETCH (UID 7)\nS: * 1 FETCH (UID 7)\nS: a3 OK\n",
            "UID 7"),
        Case(
            "server.uidvalidity", Case.loggedIn + "C: a2 SELECT x\nS: * OK [UIDVALIDITY 4294967296]\nS: a2 OK done\n",
            "4294967295"),
        Case(
            "server.uidvalidity",
            Case.selected
                + "C: a3 STATUS inbox (UIDVALIDITY)\nS: * STATUS inbox (UIDVALIDITY 5)\nS: a3 OK\nC: a4 SELECT INBOX\nS: * OK [UIDVALIDITY 4]\nS: a4 OK\n",
            "before that UIDVALIDITY 5"),
        Case("server.fetch-missing", Case.selected + "C: a3 FETCH 2 FLAGS\nS: a3 OK done\n", "told nothing"),
        Case(
            "server.fetch-missing",
            Case.selected + "C: a3 UID FETCH 7 (FLAGS BODY.PEEK[])\nS: * 2 FETCH (FLAGS () UID 7)\nS: a3 OK done\n",
            "BODY[]"),
        Case("server.fetch-syntax", fetch("(FLAGS ()"), "not closed"),
        Case("server.fetch-syntax", fetch("(ENVELOPE (\"a\" \"b))"), "string is not closed"),
        Case("server.fetch-syntax", fetch("FLAGS ()"), "no parenthesis opens"),
        Case("server.fetch-syntax", fetch("(FLAGS ()) UID 7"), "behind the closing"),
        Case("server.fetch-syntax", fetch("(FLAGS () UID)"), "no value"),
        Case("server.fetch-syntax", fetch("(FLAGS(\\Seen))"), "no space"),
        Case("server.fetch-syntax", fetch("(RFC822.SIZE -1)"), "RFC822.SIZE is no number"),
        Case("server.fetch-syntax", fetch("(ENVELOPE (\"a\" \"b \"c\" d\"))"), "middle of a word"),
        Case("server.nul", Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" a\\x00b\nS: a2 OK done\n"),
        Case("server.nul", Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" {3}\nS: a\\x00b\nS: a2 OK done\n"),
        Case(
            "server.eight-bit-quoted",
            Case.selected + "C: a3 FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE (NIL \"\\xE9\" NIL))\nS: a3 OK\n"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        Case(
            "server.rfc822size",
            Case.selected
                + "C: a3 FETCH 2 (RFC822.SIZE BODY[]<0>)\nS: * 2 FETCH (RFC822.SIZE 9 BODY[]<0> {4}\nS: ab\nS: )\nS: a3 OK\n"
        ),
        // It is another message by then.
        Case(
            "server.rfc822size",
            Case.selected
                + "C: a3 FETCH 2 RFC822.SIZE\nS: * 2 FETCH (RFC822.SIZE 9)\nS: a3 OK\nC: a4 UID FETCH 9 RFC822\nS: * 1 EXPUNGE\nS: * 2 FETCH (RFC822 {4}\nS: ab\nS: )\nS: a4 OK\n"
        ),
        Case("server.select-incomplete", Case.loggedIn + "C: a2 SELECT x\nS: a2 NO no\n"),
        Case("server.select-incomplete", Case.loggedIn("IMAP4rev1 IMAP4rev2") + IMAPScene.select),
        Case("server.select-incomplete", Case.loggedIn + "lost: server 100\n" + IMAPScene.select),
        Case("server.exists-shrinks", Case.selected + "C: a3 EXAMINE x\nS: * 0 EXISTS\nS: a3 OK done\nS: * 1 EXISTS\n"),
        Case(
            "server.exists-shrinks",
            Case.selected + "C: a3 NOOP\nS: * 3 EXISTS\nS: * VANISHED 5,6\nS: * 1 EXISTS\nS: a3 OK\n"),
        Case("server.exists-shrinks", Case.selected + "lost: server 20\nS: * 0 EXISTS\n"),
        Case(
            "server.expunge-timing",
            Case.selected + "C: a3 IDLE\nS: + ok\nS: * 1 EXPUNGE\nC: DONE\nS: * 1 EXPUNGE\nS: a3 OK done\n"),
        Case(
            "server.expunge-timing",
            Case.selected + "C: a3 FETCH 1 UID\nC: a4 NOOP\nS: * 3 EXPUNGE\nS: a3 OK\nS: a4 OK\n"),
        Case("server.expunge-timing", Case.selected + "C: a3 UID SEARCH ALL\nS: * 3 EXPUNGE\nS: a3 OK\n"),
        Case("server.expunge-timing", Case.selected + "S: * VANISHED (EARLIER) 5\n"),
        Case(
            "server.expunge-timing",
            Case.selected + "C: a3 NOTIFY SET (SELECTED (MessageExpunge))\nS: a3 OK\nS: * 1 EXPUNGE\n"),
        Case(
            "server.expunge-range",
            Case.selected + "C: a3 NOOP\nS: * 3 EXPUNGE\nS: * 2 EXPUNGE\nS: * 1 EXPUNGE\nS: a3 OK done\n"),
        Case(
            "server.expunge-range",
            Case.selected + "C: a3 UID EXPUNGE 1:9\nS: * VANISHED 5\nS: * 3 EXPUNGE\nS: a3 OK done\n"),
        Case(
            "server.uid-order",
            Case.selected
                + "C: a3 NOOP\nS: * 2 FETCH (UID 7)\nS: * 1 EXPUNGE\nS: * 2 FETCH (UID 8)\nS: * 1 FETCH (UID 7)\nS: a3 OK\n"
        ),
        Case(
            "server.uid-order",
            Case.selected
                + "C: a3 NOOP\nS: * 2 FETCH (UID 7)\nS: a3 OK\nC: a4 SELECT x\nS: * 9 EXISTS\nS: a4 OK\nC: a5 FETCH 3 UID\nS: * 3 FETCH (UID 5)\nS: a5 OK\n"
        ),
        Case(
            "server.uidvalidity",
            Case.selected
                + "C: a3 SELECT x\nS: * OK [UIDVALIDITY 9]\nS: a3 OK\nC: a4 SELECT y\nS: * OK [UIDVALIDITY 8]\nS: a4 OK\n"
        ),
        Case(
            "server.uidvalidity",
            Case.selected
                + "C: a3 SELECT x\nS: * OK [UIDVALIDITY 9]\nS: a3 OK\nC: a4 RENAME x z\nS: a4 OK\nC: a5 SELECT x\nS: * OK [UIDVALIDITY 8]\nS: a5 OK\n"
        ),
        Case(
            "server.uidvalidity",
            Case.selected + "C: a3 STATUS x (MESSAGES UNSEEN)\nS: * STATUS x (MESSAGES 0 UNSEEN 0)\nS: a3 OK\n"),
        Case(
            "server.fetch-missing", Case.selected + "C: a3 UID FETCH 99 FLAGS\nS: * 1 FETCH (FLAGS ())\nS: a3 OK done\n"
        ),
        Case(
            "server.fetch-missing",
            Case.selected
                + "C: a3 UID FETCH 7 (RFC822.SIZE)\nS: * 2 FETCH (RFC822.SIZE 3)\nS: * 2 FETCH (UID 7)\nS: a3 OK done\n"
        ),
        Case(
            "server.fetch-missing",
            Case.selected + "C: a3 FETCH 9 FLAGS\nS: a3 OK done\nC: a4 FETCH 2 FLAGS\nS: a4 NO gone\n"),
        Case(
            "server.fetch-missing",
            Case.selected
                + "C: a3 FETCH 2 (BODY.PEEK[HEADER] BODY.PEEK[2.MIME])\nS: * 2 FETCH (BODY[HEADER] \"\")\nS: a3 OK done\n"
        ),
        Case("server.fetch-missing", Case.selected + "C: a3 FETCH 2 FAST\nS: * 2 FETCH (FLAGS ())\nS: a3 OK done\n"),
        Case(
            "server.fetch-syntax",
            fetch("(FLAGS (\\Seen $x) UID 7 X-GM-LABELS (\"\\x5C\\x5CSent\" \"a)b\") X-GM-MSGID 12)")),
        Case("server.fetch-syntax", fetch("(BODY[HEADER.FIELDS (\"From\" TO)] {2}\nS: \nS:  FLAGS ())")),
        Case(
            "server.fetch-syntax",
            fetch(
                "(BODY[1.2]<0> NIL BINARY.SIZE[1] 4 MODSEQ (4) EMAILID (M1) INTERNALDATE \"01-Jan-2024 00:00:00 +0000\")"
            )),
        Case(
            "server.fetch-syntax",
            fetch("(ENVELOPE (\"a\" \"q \\x5C\"x\\x5C\" (\" ((NIL NIL {1}\nS: b \"c\")) NIL NIL NIL NIL NIL NIL NIL))")),
        Case("server.fetch-syntax", Case.selected + "S: * 2 FETCH (FLAGS (\\c\n"),
        // So long a line is not kept whole.
        Case("server.fetch-syntax", fetch("(ENVELOPE (" + String(repeating: "NIL ", count: 4_000) + "x")),
        Case("server.nul", Case.loggedIn + "C: a2 APPEND INBOX {3+}\nC: a\\x00b\nS: a2 OK done\n"),
        Case("server.eight-bit-quoted", Case.rev2 + "C: a2 LIST \"\" *\nS: * LIST () \"/\" \"\\xC3\\xA9\"\nS: a2 OK\n"),
        Case(
            "server.eight-bit-quoted",
            Case.loggedIn
                + "C: a2 LIST \"\" *\nS: * OK \"\\xC3\\xA9\"\nS: * LIST () \"/\" {2}\nS: \\xC3\\xA9\nS: a2 OK \"\\xC3\\xA9\"\n"
        ),
        // The retry that followed succeeded.
        Case(
            "server.append-partial",
            Case.selected
                + "C: a3 APPEND INBOX {3+}\nC: abc\nS: a3 NO no\nC: a4 APPEND INBOX {3+}\nC: abc\nS: * 4 EXISTS\nS: a4 OK\nC: a5 FETCH 4 RFC822.SIZE\nS: * 4 FETCH (RFC822.SIZE 3)\nS: a5 OK\n"
        ),
        Case(
            "server.append-partial",
            Case.selected
                + "C: a3 APPEND Sent {3+}\nC: abc\nS: a3 NO no\nS: * 4 EXISTS\nC: a5 FETCH 4 RFC822.SIZE\nS: * 4 FETCH (RFC822.SIZE 3)\nS: a5 OK\n"
        ),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
