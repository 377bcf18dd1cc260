import Testing

@testable import Lint

@Suite struct IMAPClientStateTests {
    private typealias Case = IMAPCase
    private static let refused = Case.loggedIn + "C: a2 SELECT Gone\nS: a2 NO no such mailbox\n"

    @Test(arguments: [
        Case(
            "client.state", Case.ready + "C: a1 CAPABILITY\nS: a1 OK done\nC: a2 SELECT INBOX\nS: a2 BAD no\n",
            "nobody has logged in"),
        Case("client.state", Case.selected + "C: a3 LOGIN alice «secret»\nS: a3 BAD no\n", "LOGIN"),
        Case("client.state", Case.selected + "C: a3 ENABLE CONDSTORE\nS: a3 BAD no\n", "ENABLE", .warning),
        Case(
            "client.state", Case.selected + "C: a3 CLOSE\nS: a3 OK done\nC: a4 UID FETCH 1 FLAGS\nS: a4 BAD no\n",
            "UID FETCH"),
        Case(
            "client.capability-unlisted", Case.loggedIn("IMAP4rev1") + "C: a2 SELECT INBOX (CONDSTORE)\nS: a2 BAD no\n",
            "CONDSTORE"),
        Case(
            "client.capability-unlisted",
            Case.loggedIn("IMAP4rev1") + "C: a2 APPEND INBOX {3+}\nC: abc\nS: a2 OK done\n", "LITERAL+"),
        Case("client.capability-unlisted", Case.ready + "C: a1 AUTHENTICATE XOAUTH2\nS: a1 NO no\n", "AUTH=XOAUTH2"),
        Case(
            "client.capability-unlisted", Case.ready + "C: a1 AUTHENTICATE PLAIN «AGEAYg==»\nS: a1 OK in\n", "SASL-IR"),
        Case(
            "client.capability-unlisted", Case.loggedIn("IMAP4rev1 UIDPLUS") + "C: a2 COMPRESS DEFLATE\nS: a2 BAD no\n",
            "COMPRESS"),
        Case(
            "client.capability-unlisted",
            Case.loggedIn("IMAP4rev1")
                + "C: a2 SELECT INBOX\nS: a2 OK done\nC: a3 UID STORE 1 (UNCHANGEDSINCE 3) FLAGS ()\n",
            "CONDSTORE"),
        Case("client.ignores-no", refused + "C: a3 FETCH 1 FLAGS\nS: a3 BAD no\n", "SELECT Gone"),
        Case(
            "client.ignores-no", Case.selected + "C: a3 EXAMINE X\nS: a3 NO no\nC: a4 UID SEARCH ALL\nS: a4 BAD no\n",
            "EXAMINE X"),
        Case(
            "client.ignores-no",
            Case.selected
                + "C: a3 COPY 1 X\nS: a3 NO [OVERQUOTA] no\nC: a4 STORE 1 +FLAGS.SILENT \\Deleted\nS: a4 OK done\n",
            "OVERQUOTA"),
        Case(
            "client.stale-uid",
            Case.selected + "C: a3 EXAMINE Other\nS: * OK [UIDVALIDITY 1]\nS: a3 OK done\nC: a4 SELECT inbox\n"
                + "S: * OK [UIDVALIDITY 2]\nS: a4 OK done\nC: a5 UID FETCH 7 (FLAGS)\nS: a5 OK done\n", "from 1 to 2"),
        Case("client.starttls-order", Case.selected + "C: a3 STARTTLS\nS: a3 BAD no\n", "inside TLS"),
        Case(
            "client.login-disabled",
            Case.ready + "C: a1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 LOGINDISABLED\nS: a1 OK\nC: a2 LOGIN a «b»\n"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        // All in one go, which is as good.
        Case(
            "client.state",
            Case.ready
                + "C: a1 LOGIN alice «secret»\nC: a2 SELECT INBOX\nC: a3 FETCH 1 FLAGS\nC: a4 CLOSE\nC: a5 LIST \"\" *\n"
                + "S: a1 OK in\nS: a2 OK done\nS: a3 OK done\nS: a4 OK done\nS: a5 OK done\n"),
        Case(
            "client.state", Case.ready + "C: a1 LOGIN alice «secret»\nC: a2 SELECT INBOX\nS: a1 NO no\nS: a2 BAD no\n"),
        // The server is content, so that the state must have been another.
        Case("client.state", Case.ready + "C: a1 FETCH 1 FLAGS\nS: a1 OK done\nC: a2 FETCH 2 FLAGS\nS: a2 BAD no\n"),
        // The recording begins in the middle: what looks like a greeting is none.
        Case(
            "client.state",
            "protocol: imap\nS: * OK still here\nC: DONE\nS: x1 OK done\nC: x2 FETCH 9 FLAGS\nS: x2 NO no\n"),
        Case("client.state", "protocol: imap\nC: x2 FETCH 9 FLAGS\nS: x2 NO no\n"),
        Case("client.state", Case.ready + Case.lost + "C: a2 SELECT INBOX\nS: a2 NO no\n"),
        Case("client.state", refused + "C: a3 FETCH 1 FLAGS\nS: a3 BAD no\n"),
        Case("client.state", Case.selected + "C: a3 FETCH 9 FLAGS\nS: a3 BAD no\nC: a4 SELECT Other\nS: a4 NO no\n"),
        Case("client.state", IMAPScene.secure + "S: * PREAUTH in\nC: a1 SELECT INBOX\nS: a1 NO no\n"),
        // Only what it does not list after login is what it lacks.
        Case("client.capability-unlisted", Case.silent + "C: a2 IDLE\nS: + ok\nC: DONE\nS: a2 OK done\n"),
        Case(
            "client.capability-unlisted",
            Case.ready + "C: a1 LOGIN a «b»\nS: a1 OK in\nC: a2 IDLE\nS: + ok\nC: DONE\nS: a2 OK done\n"),
        // Gmail tells it without a tag before the completion.
        Case(
            "client.capability-unlisted",
            Case.ready
                + "C: a1 LOGIN a «b»\nS: * CAPABILITY IMAP4rev1 IDLE MOVE\nS: a1 OK in\nC: a2 IDLE\nS: + ok\nC: DONE\nS: a2 OK done\n"
        ),
        Case(
            "client.capability-unlisted",
            Case.rev2 + "C: a2 IDLE\nS: + ok\nC: DONE\nS: a2 OK done\nC: a3 NAMESPACE\nC: a4 CREATE {1+}\nC: a\n"),
        Case(
            "client.capability-unlisted",
            Case.loggedIn("IMAP4rev1") + "C: a2 SELECT \"(CONDSTORE)\"\nC: a3 ID NIL\nC: a4 XLIST a b\n"),
        Case(
            "client.capability-unlisted",
            Case.loggedIn("IMAP4rev1 QRESYNC ENABLE") + "C: a2 SELECT INBOX (QRESYNC (1 2))\n"),
        Case("client.login-disabled", Case.ready + "C: a1 LOGIN a «b»\nS: a1 OK in\n"),
        Case(
            "client.ignores-no",
            refused
                + "C: a3 CREATE Gone\nS: a3 OK done\nC: a4 SELECT Gone\nC: a5 FETCH 1 FLAGS\nS: a4 OK done\nS: a5 OK\n"),
        // It could not know.
        Case(
            "client.ignores-no", Case.loggedIn + "C: a2 SELECT Gone\nC: a3 FETCH 1 FLAGS\nS: a2 NO no\nS: a3 BAD no\n"),
        Case(
            "client.ignores-no",
            Case.selected + "C: a3 COPY 1 X\nS: a3 NO no\nwait: 20\nC: a4 STORE 1 +FLAGS (\\Deleted)\nS: a4 OK done\n"),
        Case(
            "client.ignores-no",
            Case.selected + "C: a3 COPY 1 X\nS: a3 NO no\nC: a4 STORE 2 +FLAGS (\\Deleted)\nS: a4 OK done\n"),
        Case(
            "client.ignores-no",
            Case.selected + "C: a3 COPY 1 X\nS: a3 NO no\nC: a4 STORE 1 +FLAGS (\\Flagged)\nS: a4 OK done\n"),
        Case(
            "client.stale-uid",
            Case.selected + "C: a3 SELECT Other\nS: * OK [UIDVALIDITY 2]\nS: a3 OK done\nC: a4 UID FETCH 7 (FLAGS)\n"),
        Case(
            "client.stale-uid",
            Case.selected
                + "S: * OK [UIDVALIDITY 2]\nC: a3 UID FETCH 1:* (FLAGS)\nS: a3 OK done\nC: a4 UID STORE 7 FLAGS ()\n"),
        Case(
            "client.starttls-order",
            "protocol: imap\nS: * OK ready\nC: a1 NOOP\nC: a2 STARTTLS\nS: a1 OK\nS: a2 OK go\n"),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
