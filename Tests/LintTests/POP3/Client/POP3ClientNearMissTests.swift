import Lint
import Testing

/// What looks like a fault of some later rules and is none.
@Suite struct POP3ClientNearMissTests {
    private static let begin = """
        protocol: pop3
        tls server start=implicit
        tls client start=implicit
        S: +OK pop.example.com ready
        C: USER alice
        S: +OK
        C: PASS «secret»
        S: +OK logged in

        """

    @Test(arguments: [
        // It looks once more behind what it fetched.
        """
        C: STAT
        S: +OK 1 30
        wait: 60
        C: STAT
        S: +OK 1 30
        C: DELE 1
        S: +OK
        wait: 60
        C: STAT
        S: +OK 0 0
        """,
        "C: STAT\nS: +OK 1 30\nC: STAT\nS: +OK 1 30\nC: STAT\nS: +OK 1 30",
    ]) func noPolling(_ rest: String) throws {
        #expect(try lintAlone("pop3.client.polls-in-session", Self.begin + rest).isEmpty)
    }

    @Test(arguments: [
        // It goes on before the end, for another reason.
        "C: RETR 1\nS: +OK\nS: Subject: a\nS: \nS: ..\nS: b\nC: NOOP\nS: .\nS: +OK",
        "C: RETR 1\nS: +OK\nS: Subject: a\nS: \nS: ...\nC: NOOP\nS: .\nS: +OK",
    ]) func dotsThatAreNoEnd(_ rest: String) throws {
        #expect(try lintAlone("pop3.client.stuffed-dot-end", Self.begin + rest).isEmpty)
    }
}
