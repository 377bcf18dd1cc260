import Testing

@testable import Lint

@Suite struct IMAPClientNameTests {
    private typealias Case = IMAPCase

    private static let dots =
        Case.loggedIn
        + "C: a2 LIST \"\" *\nS: * LIST () \".\" INBOX\nS: * LIST () \".\" INBOX.Sent\nS: * LIST (\\Noselect) \".\" INBOX.x\n"
        + "S: a2 OK done\n"
    private static let slashes =
        Case.loggedIn + "C: a2 LIST \"\" *\nS: * LIST () \"/\" INBOX\nS: * LIST () \"/\" Archive/2024\nS: a2 OK done\n"

    private static func refused(_ command: String) -> String { "C: a3 \(command)\nS: a3 NO Mailbox doesn't exist\n" }

    @Test(arguments: [
        Case("client.namespace", dots + refused("SELECT Sent"), "all 2 mailboxes"),
        Case("client.namespace", dots + refused("SELECT INBOX/Sent"), "it would be `INBOX.Sent`"),
        Case("client.namespace", dots + refused("SELECT INBOX.x"), "holds no messages"),
        Case("client.namespace", dots + refused("SELECT INBOX.sent"), "upper and lower case"),
        Case("client.namespace", dots + refused("RENAME INBOX.Sent Old"), "`INBOX.Old`"),
        Case("client.namespace", slashes + refused("SELECT \"Archive.2024\""), "`Archive/2024`"),
        Case("client.namespace", slashes + refused("SELECT Archive/2024/"), "without the delimiter"),
        Case("client.unknown-command", Case.loggedIn + "C: a2 AUTH\nS: a2 BAD no\n", "AUTHENTICATE"),
        Case("client.unknown-command", Case.loggedIn + "C: a2 UID LIST a b\nS: a2 BAD no\n", "before FETCH"),
        Case("client.unknown-command", Case.loggedIn + "C: a2 LISTT \"\" *\nS: a2 BAD no\n", "`LISTT`"),
        Case(
            "client.number-kind",
            Case.selected
                + "C: a3 SEARCH ALL\nS: * SEARCH 1 2 3\nS: a3 OK done\nC: a4 UID FETCH 2 (FLAGS)\nS: a4 OK done\n",
            "took it for a UID", .warning),
        Case("client.line-end", Case.loggedIn + "C: a2 LOGOUT\\c\nwait: 30\nend: client-closed\n", "for 30 seconds"),
        Case("client.no-logout", Case.loggedIn + "C: a2 NOOP\nwait: 40\nend: client-closed\n", "40 seconds"),
        Case(
            "client.state",
            Case.ready + "C: a1 LOGIN a «b»\nS: a1 NO no\nC: a2 SELECT INBOX\nS: a2 BAD no\n", "refused LOGIN"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        Case("client.namespace", dots + refused("SELECT INBOX.Other")),
        Case("client.namespace", dots + refused("SELECT inbox")),
        Case("client.namespace", slashes + refused("SELECT Drafts")),
        Case("client.namespace", slashes + refused("CREATE v1.2")),
        Case("client.namespace", dots + "C: a3 CREATE Test\nS: a3 NO [OVERQUOTA] does not exist\n"),
        Case(
            "client.namespace",
            Case.loggedIn
                + "C: a2 NAMESPACE\nS: * NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"shared.\" \".\"))\nS: a2 OK done\n"
                + refused("SELECT shared.all")),
        Case("client.namespace", Case.loggedIn + refused("SELECT Sent")),
        Case("client.unknown-command", Case.loggedIn + "C: a2 XFOO\nS: a2 BAD no\nC: a3 NOTIFY NONE\nS: a3 BAD no\n"),
        Case("client.unknown-command", Case.loggedIn + "C: Subject: hello\nS: Subject: BAD no\n"),
        Case(
            "client.number-kind",
            Case.selected
                + "C: a3 SEARCH ALL\nS: * SEARCH 2\nS: a3 OK\nC: a4 UID FETCH 2 (FLAGS)\nS: * 1 FETCH (UID 2 FLAGS ())\nS: a4 OK\n"
        ),
        Case(
            "client.number-kind",
            Case.selected
                + "C: a3 SEARCH ALL\nS: * SEARCH 2\nS: a3 OK\nC: a4 UID STORE 2 +FLAGS.SILENT (\\Seen)\nS: a4 OK done\n"
        ),
        Case("client.line-end", Case.loggedIn + "C: a2 LOGOUT\\c\nwait: 3\nend: client-closed\n"),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
