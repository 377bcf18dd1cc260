import Testing

@testable import Lint

/// The rules about what POP3 clients say where it is not due, each alone.
@Suite struct POP3ClientStepsTests {
    typealias Case = POP3ClientTests.Case

    private static let opened = POP3Text.opened
    private static let loggedIn = POP3Text.loggedIn
    private static let left = POP3Text.left
    private static let steps = POP3ClientAUTHResponse.self

    static let found: [Case] = [
        Case(steps, opened + "C: AUTH PLAIN\nC: «AGEAYg==»\nS: + \nS: -ERR\n", .error, "without waiting"),
        Case(steps, opened + "C: AUTH PLAIN\nC: «AGEAYg==»\nS: + \nS: +OK\n", .warning, "without waiting"),
        Case(steps, opened + "C: AUTH PLAIN\nS: + \nC: «AGEA»\nC: «Yg==»\nS: -ERR\n", .error, "more than one line"),
        Case(
            steps, opened + "C: AUTH PLAIN\nS: + \nC: «AGEA»\nC: «Yg==»\nend: client-closed\n", .error, "not answered"),
        Case(steps, opened + "C: AUTH PLAIN\nS: -ERR\nC: hiddenAB\nS: -ERR\n", .error, "had refused AUTH"),
        Case(
            steps, opened + "C: AUTH XOAUTH2 «aaaaaaaa»\nC: hiddenAB\nS: -ERR\nS: -ERR\n", .error, "initial response"),
        Case(
            POP3ClientCapabilityUnlisted.self, opened + POP3Text.capa("STLS") + "C: USER a\nS: -ERR no\n" + left,
            .warning, "lists STLS and no USER"),
        Case(
            POP3ClientCapabilityUnlisted.self,
            opened + POP3Text.capa("SASL XOAUTH2") + "C: USER a\nS: -ERR no\n" + left, .warning, "`XOAUTH2`"),
        // It did without.
        Case(
            POP3ClientCapabilityUnlisted.self,
            loggedIn + POP3Text.capa("USER") + "C: TOP 1 0\nS: -ERR no\nC: RETR 1\nS: +OK\n" + POP3Text.message + left,
            .note, "`TOP 1 0`"),
        Case(
            POP3ClientIgnoresERR.self,
            opened + POP3Text.capa("STLS") + "C: USER a\nS: -ERR no\nC: PASS «b»\nS: -ERR\n", .error, "before TLS"),
        Case(POP3ClientState.self, loggedIn + "C: QUIT\nS: +OK\nC: STAT\nend: server-closed\n", .error, "behind QUIT"),
        Case(POP3ClientState.self, loggedIn + "C: QUIT\nC: NOOP\nS: +OK\nS: -ERR\n", .error, "`-ERR `"),
        Case(POP3ClientExtraArguments.self, loggedIn + "C: STAT 1\nS: -ERR\n", .error, "takes none"),
        Case(POP3ClientExtraArguments.self, loggedIn + "C: RETR 1 2\nS: -ERR\n", .error, "1 at most"),
        Case(POP3ClientExtraArguments.self, loggedIn + "C: TOP 1 0 0\nS: -ERR\n", .error, "2 at most"),
        Case(POP3ClientExtraArguments.self, loggedIn + "C: NOOP a\nS: +OK\n", .note, "`NOOP a`"),
        Case(
            POP3ClientIdleTooLong.self, loggedIn + "C: DELE 1\nS: +OK\nwait: 600\nend: server-closed\n", .note,
            "deleted (1)"),
        Case(POP3ClientIdleTooLong.self, loggedIn + "wait: 650\nS: -ERR idle\nend: server-closed\n", .note, "650"),
    ]

    @Test(arguments: found) func isFound(_ example: Case) throws {
        let findings = try lint(example.text, rules: [example.rule])
        #expect(findings.map(\.severity) == [example.severity])
        #expect(findings.allSatisfy { $0.means.en.contains(example.words) }, "\(findings.map(\.means.en))")
        #expect(!findings.contains { $0.means.en.contains("hidden") || $0.means.ja.contains("hidden") })
        #expect(findings.allSatisfy { $0.means.ja.hasSuffix("。") && $0.means.en.hasSuffix(".") })
    }

    static let none: [Case] = [
        Case(steps, opened + "C: AUTH PLAIN\nS: + \nC: «AGEAYg==»\nS: +OK\n"),
        Case(steps, opened + "C: AUTH LOGIN\nS: + YQ==\nC: «YQ==»\nS: + Yg==\nC: «Yg==»\nS: -ERR\n" + left),
        Case(steps, opened + "C: AUTH PLAIN\nS: + \nC: *\nS: -ERR\nC: USER a\nS: +OK\n"),
        Case(steps, opened + "C: AUTH PLAIN\nS: -ERR\nC: AUTH LOGIN\nS: + YQ==\nC: «YQ==»\nS: -ERR\n"),
        Case(steps, opened + "C: AUTH PLAIN «AGEAYg==»\nS: -ERR\nC: USER a\nS: +OK\n"),
        // A word of another protocol's, or a slip.
        Case(steps, opened + "C: AUTH PLAIN\nS: -ERR\nC: STARTTLS\nS: -ERR\n"),
        Case(steps, opened + "C: AUTH PLAIN\nS: -ERR\nC: HELP\nS: -ERR\n"),
        Case(POP3ClientCapabilityUnlisted.self, opened + POP3Text.capa("TOP") + "C: USER a\nS: -ERR no\n" + left),
        Case(POP3ClientState.self, loggedIn + "C: QUIT\nS: +OK\nC: QUIT\nend: server-closed\n"),
        Case(POP3ClientState.self, loggedIn + "C: QUIT\nS: -ERR busy\nC: QUIT\nS: +OK\n"),
        Case(POP3ClientExtraArguments.self, loggedIn + "C: LIST 1\nS: -ERR\nC: TOP 1 0\nS: -ERR\nC: STAT \nS: -ERR\n"),
        Case(POP3ClientExtraArguments.self, opened + "C: USER a b\nS: -ERR\n"),
        Case(POP3ClientIdleTooLong.self, loggedIn + "wait: 300\nend: server-closed\n"),
        Case(POP3ClientIdleTooLong.self, loggedIn + "wait: 700\nC: NOOP\nS: +OK\nend: server-closed\n"),
        Case(POP3ClientIdleTooLong.self, loggedIn + "wait: 700\nend: client-closed\n"),
    ]

    @Test(arguments: none) func isNone(_ example: Case) throws {
        #expect(try lint(example.text, rules: [example.rule]).map(\.means.en) == [])
    }
}
