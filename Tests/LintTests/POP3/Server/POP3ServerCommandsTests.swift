import Testing

@testable import Lint

/// The rules about what POP3 servers make of commands, each alone.
@Suite struct POP3ServerCommandsTests {
    typealias Case = POP3ClientTests.Case

    private static let opened = POP3Text.opened
    private static let loggedIn = POP3Text.loggedIn
    private static let left = POP3Text.left
    private static let two = loggedIn + "C: STAT\nS: +OK 2 18\n"

    static let found: [Case] = [
        Case(
            POP3ServerDeletionsFailed.self, loggedIn + "C: DELE 1\nS: +OK\nC: DELE 2\nS: +OK\nC: QUIT\nS: -ERR full\n",
            .warning, "2 messages"),
        Case(POP3ServerRequiredMissing.self, loggedIn + "C: RSET\nS: -ERR unknown command\n", .error, "`RSET`"),
        Case(POP3ServerRequiredMissing.self, loggedIn + "C: noop\nS: -ERR Unknown command\n", .error, "upper case"),
        Case(POP3ServerRequiredMissing.self, opened + "C: quit\nS: -ERR bad command\n", .error, "`quit`"),
        Case(
            POP3ServerCountsDisagree.self, two + "C: DELE 1\nS: +OK\nC: RSET\nS: +OK\nC: STAT\nS: +OK 1 9\n", .error,
            "1 by STAT, where 2 is due"),
        Case(
            POP3ServerCountsDisagree.self, two + "C: DELE 1\nS: +OK\nC: STAT\nS: +OK 2 18\n", .error,
            "2 by STAT, where 1 is due"),
        Case(
            POP3ServerCountsDisagree.self, loggedIn + "C: LIST\nS: +OK 3 messages\nS: 1 9\nS: .\n", .warning,
            "`+OK 3 messages`, and 1 line"),
        Case(
            POP3ServerNoTerminator.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nwait: 30\nC: DELE 1\nS: +OK\nC: RETR 2\nS: +OK\n"
                + POP3Text.message + left, .error, "said DELE after 30 seconds of silence"),
        Case(
            POP3ServerUIDLSyntax.self, loggedIn + "C: UIDL\nS: +OK\nS: 1  a\nS: .\n", .error, "stand 2 blanks"),
        Case(
            POP3ServerSASLForm.self, opened + "C: AUTH PLAIN\nS: +\nwait: 30\nend: client-closed\n", .warning,
            "without the space"),
    ]

    @Test(arguments: found) func isFound(_ example: Case) throws {
        let findings = try lint(example.text, rules: [example.rule])
        #expect(findings.map(\.severity) == [example.severity])
        #expect(findings.allSatisfy { $0.means.en.contains(example.words) }, "\(findings.map(\.means.en))")
        #expect(findings.allSatisfy { $0.means.ja.hasSuffix("。") && $0.means.en.hasSuffix(".") })
    }

    static let none: [Case] = [
        Case(POP3ServerDeletionsFailed.self, loggedIn + "C: QUIT\nS: -ERR no\n"),
        // Said while the message passes.
        Case(
            POP3ServerNoTerminator.self,
            loggedIn + "C: RETR 1\nS: +OK\nS: a: b\nC: DELE 1\nS: \nS: +OK\nS: .\nS: +OK\n" + left),
        Case(POP3ServerDeletionsFailed.self, loggedIn + "C: DELE 1\nS: +OK\nC: RSET\nS: +OK\nC: QUIT\nS: -ERR no\n"),
        Case(POP3ServerRequiredMissing.self, loggedIn + "C: RETR 9\nS: -ERR invalid message\n"),
        Case(POP3ServerRequiredMissing.self, opened + "C: STAT\nS: -ERR unknown command\n"),
        Case(POP3ServerRequiredMissing.self, loggedIn + "C: UIDL\nS: -ERR unknown command\n"),
        Case(POP3ServerRequiredMissing.self, loggedIn + "C: STAT now\nS: -ERR invalid command\n"),
        Case(POP3ServerRequiredMissing.self, loggedIn + "C: LIST\nS: -ERR Command is not valid in this state.\n"),
        Case(
            POP3ServerCountsDisagree.self,
            two + "C: DELE 1\nS: +OK\nC: STAT\nS: +OK 1 9\nC: RSET\nS: +OK\nC: STAT\nS: +OK 2 18\n"),
        Case(POP3ServerCountsDisagree.self, loggedIn + "C: DELE 1\nS: +OK\nC: STAT\nS: +OK 1 9\nC: STAT\nS: +OK 1 9\n"),
        // `1 25` of Exchange's, and an empty mailbox.
        Case(POP3ServerCountsDisagree.self, loggedIn + "C: LIST\nS: +OK 1 25\nS: 1 25\nS: .\n"),
        Case(POP3ServerCountsDisagree.self, loggedIn + "C: LIST\nS: +OK 0 messages\nS: .\n"),
        Case(POP3ServerSASLForm.self, opened + "C: AUTH PLAIN\nS: +\nC: «AGEAYg==»\nS: -ERR\nend: client-closed\n"),
    ]

    @Test(arguments: none) func isNone(_ example: Case) throws {
        #expect(try lint(example.text, rules: [example.rule]).map(\.means.en) == [])
    }
}
