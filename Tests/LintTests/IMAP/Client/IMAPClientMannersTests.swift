import Testing

@testable import Lint

@Suite struct IMAPClientMannersTests {
    private typealias Case = IMAPCase
    private static let idle = Case.selected + "C: a3 IDLE\nS: + idling\n"

    @Test(arguments: [
        Case(
            "client.ambiguous-pipeline",
            Case.selected + "C: a3 UID FETCH 5 FLAGS\nC: a4 FETCH 2 FLAGS\nS: a3 OK\nS: a4 OK\n", "UID FETCH"),
        Case("client.ambiguous-pipeline", idle + "C: DONE\nC: a4 COPY 2 Trash\nS: a3 OK done\nS: a4 OK done\n", "IDLE"),
        Case(
            "client.idle-command", Case.selected + "C: a3 IDLE\nC: a4 NOOP\nS: + idling\nS: a3 BAD no\n", "behind IDLE"),
        Case("client.idle-command", idle + "C: DONE now\nS: a3 BAD no\n"),
        Case("client.idle-too-long", idle + "wait: 1800\nS: * 4 EXISTS\nC: DONE\nS: a3 OK done\n", "30 minutes"),
        Case("client.idle-too-long", idle + "wait: 7200\nend: server-closed\n", "120 minutes"),
        Case("client.expunge-all", Case.selected + "C: a3 CLOSE\nS: a3 OK done\n", "CLOSE"),
        Case(
            "client.body-not-peek",
            Case.selected + (1...4).map { "C: b\($0) UID FETCH \($0) (UID RFC822)\nS: b\($0) OK done\n" }.joined(), "b4"
        ),
        Case("client.body-not-peek", Case.selected + "C: a3 FETCH 1:* BODY[]\nS: a3 OK done\n"),
        Case("client.seq-out-of-range", Case.selected + "C: a3 STORE 0 FLAGS ()\nS: a3 BAD no\n", "begin with 1"),
        Case("client.seq-out-of-range", Case.selected + "C: a3 COPY 2:4 Trash\nS: a3 BAD no\n", "has 3"),
        Case(
            "client.seq-out-of-range",
            Case.selected + "C: a3 NOOP\nS: * 1 EXPUNGE\nS: a3 OK done\nC: a4 FETCH 3 FLAGS\nS: a4 BAD no\n", "has 2"),
        Case("client.no-logout", Case.loggedIn + "end: client-reset\n"),
        Case(
            "client.poll-storm",
            Case.selected + (10..<20).map { "wait: 2\nC: p\($0) STATUS X (MESSAGES)\nS: p\($0) OK done\n" }.joined(),
            "10 times"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        // All messages are all messages.
        Case("client.ambiguous-pipeline", Case.selected + "C: a3 NOOP\nC: a4 FETCH 1:* FLAGS\nS: a3 OK\nS: a4 OK\n"),
        Case("client.ambiguous-pipeline", Case.selected + "C: a3 NOOP\nC: a4 UID FETCH 5 FLAGS\nS: a3 OK\nS: a4 OK\n"),
        Case(
            "client.ambiguous-pipeline",
            Case.loggedIn + "C: a2 NOOP\nC: a3 SELECT INBOX\nC: a4 FETCH 1 FLAGS\nS: a2 OK\nS: a3 OK\nS: a4 OK\n"),
        Case(
            "client.ambiguous-pipeline", Case.selected + "C: a3 SEARCH ALL\nC: a4 FETCH 1 FLAGS\nS: a3 OK\nS: a4 OK\n"),
        // The server had ended it.
        Case("client.idle-command", idle + "S: a3 OK enough\nC: a4 NOOP\nS: a4 OK done\n"),
        Case(
            "client.idle-command",
            Case.selected + "C: a3 IDLE\nC: DONE\nC: a4 NOOP\nS: + idling\nS: a3 OK done\nS: a4 OK done\n"),
        Case("client.idle-command", idle + "S: * BYE\nC: a4 LOGOUT\n"),
        Case(
            "client.idle-too-long",
            idle + "wait: 1700\nC: DONE\nS: a3 OK done\nwait: 1700\nC: a4 IDLE\nS: + ok\nC: DONE\n"),
        Case("client.idle-too-long", Case.selected + "wait: 7200\nend: server-closed\n"),
        Case(
            "client.expunge-all",
            Case.loggedIn("IMAP4rev1") + "C: a2 SELECT INBOX\nS: a2 OK done\nC: a3 EXPUNGE\nS: a3 OK done\n"),
        Case("client.expunge-all", Case.loggedIn + "C: a2 EXAMINE INBOX\nS: a2 OK done\nC: a3 CLOSE\nS: a3 OK done\n"),
        Case(
            "client.expunge-all",
            Case.loggedIn + "C: a2 SELECT INBOX\nS: a2 OK [READ-ONLY] done\nC: a3 CLOSE\nS: a3 OK done\n"),
        Case("client.body-not-peek", Case.selected + "C: a3 UID FETCH 7 (BODY[])\nS: a3 OK done\n"),
        Case(
            "client.body-not-peek",
            Case.selected + "C: a3 FETCH 1:* (RFC822.SIZE RFC822.HEADER BODY BODYSTRUCTURE)\nS: a3 OK\n"),
        Case(
            "client.body-not-peek",
            Case.loggedIn + "C: a2 EXAMINE INBOX\nS: a2 OK done\nC: a3 FETCH 1:* BODY[]\nS: a3 OK done\n"),
        Case(
            "client.seq-out-of-range",
            Case.selected + "C: a3 FETCH 4:* FLAGS\nS: a3 OK done\nC: a4 UID FETCH 999 FLAGS\nS: a4 OK\n"),
        Case("client.seq-out-of-range", Case.selected + "S: * 4 EXISTS\nC: a3 FETCH 4 FLAGS\nS: a3 OK done\n"),
        Case("client.seq-out-of-range", Case.selected + "S: * VANISHED 5\nC: a3 FETCH 3 FLAGS\nS: a3 OK done\n"),
        Case(
            "client.seq-out-of-range",
            Case.selected + "C: a3 NOOP\nC: a4 FETCH 4 FLAGS\nS: * 4 EXISTS\nS: a3 OK\nS: a4 OK\n"),
        Case(
            "client.seq-out-of-range",
            Case.loggedIn + "C: a2 SELECT INBOX\nS: a2 OK done\nC: a3 FETCH 99 FLAGS\nS: a3 OK done\n"),
        Case("client.no-logout", Case.ready + "end: client-closed\n"),
        Case("client.no-logout", Case.loggedIn + "S: * BYE going down\nend: client-closed\n"),
        Case("client.no-logout", Case.loggedIn + "end: stopped\n"),
        Case(
            "client.no-logout",
            "protocol: imap\nS: * OK ready\nC: a1 STARTTLS\nS: a1 OK go\nC: \\x16\\x03\\x01\\c\nend: client-closed\n"),
        Case(
            "client.poll-storm",
            Case.selected
                + (10..<30).map { "C: p\($0) \($0 % 2 == 0 ? "NOOP" : "FETCH 1 UID")\nS: p\($0) OK done\n" }.joined()),
        // One after the other for all of its mailboxes.
        Case(
            "client.poll-storm",
            Case.selected + (10..<30).map { "C: p\($0) STATUS m\($0) (MESSAGES)\nS: p\($0) OK done\n" }.joined()),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
