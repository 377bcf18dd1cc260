import Testing

@testable import Lint

@Suite struct IMAPClientFaultTests {
    private typealias Case = IMAPCase

    private static let append = Case.loggedIn + "C: a2 APPEND INBOX {40}\nS: + go\n"
    private static let namespace =
        Case.loggedIn
        + "C: a2 NAMESPACE\nS: * NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"shared.\" \".\"))\nS: a2 OK done\n"
    private static let listed =
        Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \".\" INBOX\nS: * LIST () \".\" INBOX.Sent\n"
        + "S: * LIST () \".\" INBOX.Trash\nS: a2 OK done\n"

    @Test(arguments: [
        Case("client.literal-count", append + "C: Subject: hi\nC: \nwait: 60\nend: client-closed\n", "40 octets"),
        Case(
            "client.literal-count",
            append + "C: From: J\\xFCrg\nC: \nC: Gr\\xFC\\xDFe to you all, you\nwait: 60\nend: timed-out\n",
            "40 octets"),
        Case("client.syntax", Case.loggedIn + "C: a2 CREATE My Folder\nS: a2 NO no\n", "\"My Folder\"", .error),
        Case("client.syntax", Case.selected + "C: a3 STORE 1 +FLAGS (Deleted)\nS: a3 OK done\n", "\\Deleted", .warning),
        Case(
            "client.read-only", Case.loggedIn + "C: a2 SELECT X\nS: a2 OK [READ-ONLY] in\nC: a3 EXPUNGE\nS: a3 NO no\n"),
        Case("client.namespace", namespace + "C: a3 CREATE INBOX/Test\nS: a3 NO no\n", "INBOX."),
        Case("client.namespace", listed + "C: a3 SELECT Sent\nS: a3 NO no such mailbox\n", "INBOX.Sent"),
        Case("client.seq-out-of-range", Case.selected + "C: a3 FETCH 5 FLAGS\nS: a3 OK done\n", "3 messages", .warning),
        Case(
            "client.ignores-no", Case.ready + "C: a1 LOGIN a «b»\nS: a1 NO no\nC: a2 SELECT INBOX\nS: a2 BAD no\n",
            "LOGIN"),
        Case(
            "client.capability-unlisted",
            Case.loggedIn("IMAP4rev1") + "C: a2 THREAD REFERENCES UTF-8 ALL\nS: a2 BAD no\n", "THREAD"),
        Case("server.unknown-tag", Case.loggedIn + "C: tag2 NOOP\nS: TAG2 OK done\n", "another case"),
        Case("server.capability-lies", Case.selected + "C: a3 UID MOVE 7 Trash\nS: a3 BAD unknown\n", "MOVE"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        // It was cut off on its way, or goes on.
        Case("client.literal-count", append + "C: Subject: hi\nend: client-closed\n"),
        Case("client.literal-count", append + "S: a2 NO no\nwait: 60\nend: client-closed\n"),
        Case(
            "client.literal-count",
            append + "C: 0123456789012345678901234567890123456789\nwait: 60\nend: server-closed\n"),
        Case("client.syntax", Case.selected + "C: a3 SEARCH SINCE 2025-12-21\nS: * SEARCH\nS: a3 OK done\n"),
        Case("client.syntax", Case.loggedIn + "C: a2 XSTRANGE a b c (\nS: a2 BAD no\n"),
        Case("client.read-only", Case.selected + "C: a3 EXPUNGE\nS: a3 NO no\n"),
        Case("client.namespace", namespace + "C: a3 CREATE shared.X\nS: a3 NO no\n"),
        Case("client.namespace", namespace + "C: a3 CREATE X\nS: a3 NO [OVERQUOTA] no\n"),
        Case("client.namespace", Case.loggedIn + "C: a3 CREATE X\nS: a3 NO no\n"),
        Case(
            "client.literal-unlisted",
            Case.loggedIn("IMAP4rev1") + "C: a2 CREATE {1+}\nC: a\nS: a2 NO no\nC: a3 NOOP\nS: a3 OK done\n"),
        Case("server.capability-lies", Case.selected + "C: a3 UID MOVE 7 My Trash\nS: a3 BAD no\n"),
        Case("server.capability-lies", Case.ready + "C: a1 AUTHENTICATE PLAIN «=»\nS: a1 BAD invalid base64\n"),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
