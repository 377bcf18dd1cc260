import Lint
import Testing

@Suite struct SMTPClientPaceTests {
    typealias Case = SMTPClientCase

    private static let pipelining = Case.hello("PIPELINING", "AUTH PLAIN LOGIN")
    private static let left = "end: client-closed\n"

    @Test(arguments: [
        Case("pipelining-not-offered", Case.hello + Case.open + "C: a\nC: .\nC: QUIT\nS: 250 ok\nS: 221 bye\n"),
        Case(
            "pipelining-not-offered", Case.hello + Case.mail + Case.rcpt + "C: DATA\nC: a\nC: .\nS: 354 go\nS: 250 ok\n"
        ),
        Case(
            "pipelining-not-offered",
            Case.greeted + "C: EHLO c.example.com\nC: MAIL FROM:<a@example.com>\nS: 250 mx\nS: 250 ok\n"),
        // The next one was begun before the reply, and ended after it.
        Case("pipelining-not-offered", Case.hello + "C: RSET\nC: NO\\c\nS: 250 ok\nC: OP\nS: 250 ok\n"),
        Case("pipelining-wrong-member", pipelining + "C: NOOP\nC: RSET\nS: 250 ok\nS: 250 ok\n"),
        Case("pipelining-wrong-member", pipelining + "C: EHLO c.example.com\nC: RSET\nS: 250 mx\nS: 250 ok\n"),
        Case(
            "pipelining-wrong-member",
            pipelining + "C: AUTH LOGIN\nC: «YQ==»\nS: 334 a\nS: 334 b\nC: «Yg==»\nS: 235 in\n"),
        Case("no-quit", Case.sent("C: a\n").replacing(Case.quit, with: left)),
        Case("no-quit", Case.hello + Case.open + "C: a\nend: client-reset\n"),
        Case("no-quit", Case.greeted + left),
        Case("quit-not-awaited", Case.hello + "C: QUIT\nend: client-reset\n"),
        Case("short-timeout", Case.hello + "C: MAIL FROM:<a@example.com>\nwait: 299\n" + left),
        Case("short-timeout", Case.hello + Case.open + "C: a\nC: .\nwait: 599\n" + left),
        Case("short-timeout", Case.hello + Case.mail + Case.rcpt + "C: DATA\nwait: 60\n" + left),
        Case(
            "one-rcpt-per-mail",
            Case.sent("C: a\n").replacing(Case.quit, with: "") + Case.mail
                + "C: RCPT TO:<c@example.net>\nS: 250 ok\n" + Case.data + "C: a\n" + Case.end),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        Case("pipelining-not-offered", Case.sent("C: a\n")),
        Case("pipelining-not-offered", Case.hello("PIPELINING") + "C: RSET\nC: RSET\nS: 250 ok\nS: 250 ok\n"),
        // Heard from one side only, and cut off.
        Case("pipelining-not-offered", "protocol: smtp\nC: EHLO c.example.com\nC: MAIL FROM:<a@example.com>\n" + left),
        Case("pipelining-not-offered", Case.hello + "C: RSET\nC: RSET\n" + left),
        Case("pipelining-not-offered", Case.hello("STARTTLS") + "C: STARTTLS\nC: NOOP\nS: 454 no\nS: 250 ok\n"),
        Case(
            "pipelining-not-offered",
            Case.greeted + "C: AUTH LOGIN\nS: 334 a\nC: «YQ==»\nS: 334 b\nC: «Yg==»\nS: 235 in\n"),
        Case("pipelining-not-offered", "protocol: smtp\nS: 250 ok\nC: RSET\nC: RSET\nS: 250 ok\nS: 250 ok\n"),
        // LMTP answers the end once for each recipient.
        Case(
            "pipelining-not-offered",
            "protocol: lmtp\nS: 220 mx\nC: LHLO c.example.com\nS: 250 mx\n" + Case.mail + Case.rcpt + Case.rcpt
                + Case.data
                + "C: a\nC: .\nS: 250 ok\nS: 250 ok\n" + Case.quit),
        Case(
            "pipelining-wrong-member",
            pipelining + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: DATA\nS: 250 ok\nS: 250 ok\n"
                + "S: 354 go\nC: a\nC: .\nC: QUIT\nS: 250 ok\nS: 221 bye\n"),
        Case(
            "pipelining-wrong-member",
            pipelining + "C: AUTH PLAIN «AGEAYg==»\nC: MAIL FROM:<a@example.com>\nS: 235 in\nS: 250 ok\n"),
        Case(
            "pipelining-wrong-member",
            pipelining + "C: AUTH LOGIN\nS: 334 a\nC: «YQ==»\nS: 334 b\nC: «Yg==»\nS: 235 in\n"),
        Case("pipelining-wrong-member", Case.hello + "C: NOOP\nC: RSET\nS: 250 ok\nS: 250 ok\n"),
        Case("no-quit", Case.sent("C: a\n") + left),
        Case("no-quit", Case.hello + "C: NOOP\nS: 421 going\n" + left),
        Case("no-quit", Case.hello + "end: server-closed\n"),
        Case("no-quit", Case.hello + "end: stopped\n"),
        Case("no-quit", Case.hello + "C: NOOP\n" + left),
        Case("no-quit", Case.hello("STARTTLS") + "C: STARTTLS\nS: 220 go\n" + left),
        Case("no-quit", "protocol: smtp\n" + left),
        Case("quit-not-awaited", Case.hello + Case.quit + left),
        Case("quit-not-awaited", Case.hello + "C: QUIT\nend: server-closed\n"),
        Case("quit-not-awaited", Case.hello + Case.open + "C: a\nC: .\nC: QUIT\n" + left),
        Case("short-timeout", Case.hello + "C: MAIL FROM:<a@example.com>\nwait: 301\n" + left),
        Case("short-timeout", Case.hello + Case.open + "C: a\nC: .\nwait: 601\n" + left),
        Case("short-timeout", Case.hello + Case.open + "C: a\nC: .\nend: server-closed\n"),
        Case("short-timeout", "protocol: smtp\nC: MAIL FROM:<a@example.com>\n" + left),
        Case("one-rcpt-per-mail", Case.sent("C: a\n").replacing(Case.quit, with: "") + Case.open + "C: a\n" + Case.end),
        Case(
            "one-rcpt-per-mail",
            Case.sent("C: a\n").replacing(Case.quit, with: "")
                + "C: MAIL FROM:<v@example.com>\nS: 250 ok\nC: RCPT TO:<c@example.net>\nS: 250 ok\n" + Case.data
                + "C: a\n" + Case.end),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }

    @Test(arguments: [
        (Case.greeted + left, Severity.note),
        (Case.hello + Case.open + "C: a\n" + left, .warning),
        (Case.hello + "C: MAIL FROM:<a@example.com>\nS: 550 no\n" + left, .warning),
        (Case.hello + Case.mail + left, .error),
    ]) func howBadItIsToLeave(_ text: String, _ severity: Severity) throws {
        #expect(try Case("no-quit", text).findings().map(\.severity) == [severity])
    }
}
