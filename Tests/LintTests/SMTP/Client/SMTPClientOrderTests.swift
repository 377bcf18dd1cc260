import Lint
import Testing

@Suite struct SMTPClientOrderTests {
    typealias Case = SMTPClientCase

    private static let refusedMail = "C: MAIL FROM:<a@example.com>\nS: 550 5.7.1 not you\n"
    private static let refusedRcpt = "C: RCPT TO:<b@example.net>\nS: 550 5.1.1 who?\n"
    private static let group = "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: DATA\n"
    private static let pipelining = Case.hello("PIPELINING")
    private static let chunking = Case.hello("CHUNKING") + Case.mail + Case.rcpt

    @Test(arguments: [
        Case("ignores-reply", Case.hello + refusedMail + refusedRcpt),
        Case("ignores-reply", Case.hello + refusedMail + "C: NOOP\nS: 250 ok\nC: DATA\nS: 503 no\n"),
        Case("ignores-reply", Case.hello + Case.mail + refusedRcpt + Case.data + "C: a\n" + Case.end),
        Case("ignores-reply", Case.hello("CHUNKING") + Case.mail + refusedRcpt + "C: BDAT 0 LAST\nS: 503 no\n"),
        Case(
            "ignores-reply",
            Case.greeted + "C: EHLO c.example.com\nS: 550 no\nC: HELO c.example.com\nS: 550 no\n" + Case.mail),
        Case("ignores-reply", "protocol: smtp\nS: 554 no mail here\nC: EHLO c.example.com\nS: 503 no\n"),
        Case(
            "data-without-354",
            Case.hello + Case.mail + Case.rcpt + "C: DATA\nS: 503 no\nC: Subject: x\nC: .\nS: 500 what?\n"),
        Case("data-without-354", Case.hello + Case.mail + Case.rcpt + "C: DATA\nS: 250 ok\nC: Hello\nS: 500 what?\n"),
        Case("data-without-354", pipelining + group + "C: Hello\nC: .\nS: 250 ok\nS: 250 ok\nS: 451 no\n"),
        Case("nested-mail", Case.hello + Case.mail + Case.mail),
        Case("nested-mail", Case.hello + Case.mail + refusedRcpt + Case.mail),
        Case("order", Case.said("DATA", "503 no")),
        Case("order", Case.hello + Case.mail + "C: DATA\nS: 503 no\n"),
        Case("order", Case.sent("C: a\n") + Case.rcpt),
        Case("bdat-data-mixed", chunking + "C: BDAT 2\nC: \nS: 250 ok\nC: DATA\nS: 503 no\n"),
        Case("bdat-data-mixed", chunking + "C: BDAT 2 LAST\nC: \nS: 250 ok\nC: BDAT 0 LAST\nS: 503 no\n"),
        Case(
            "bdat-data-mixed",
            Case.hello("CHUNKING", "BINARYMIME") + "C: MAIL FROM:<a@example.com> BODY=BINARYMIME\nS: 250 ok\n"
                + Case.rcpt + "C: DATA\nS: 503 no\n"),
        Case("bdat-count", chunking + "C: BDAT 2 LAST\nC: \nC: \nS: 250 ok\nS: 500 what?\n"),
        Case("bdat-count", chunking + "C: BDAT -1 LAST\nS: 501 no\n"),
        Case("bdat-count", chunking + "C: BDAT 99999999999999999999 LAST\nS: 501 no\n"),
        Case("bdat-count", chunking + "C: BDAT\nS: 501 no\n"),
        Case("bdat-count", chunking + "C: BDAT 100 LAST\nC: abc\nC: QUIT\nend: client-closed\n"),
        Case("repeat-after-5yz", Case.hello + refusedMail + refusedMail),
        Case(
            "repeat-after-5yz",
            Case.hello + Case.mail + refusedRcpt + Case.rcpt.replacing("b@", with: "c@") + refusedRcpt),
        Case("repeat-after-5yz", Case.greeted + "C: EHLO c.example.com\nS: 502 no\nC: EHLO c.example.com\nS: 502 no\n"),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        Case("ignores-reply", Case.hello + refusedMail + "C: RSET\nS: 250 ok\n" + Case.mail + Case.rcpt),
        Case("ignores-reply", Case.hello + refusedMail + Case.mail + Case.rcpt),
        Case("ignores-reply", Case.hello + Case.mail + refusedRcpt + Case.rcpt + Case.data + "C: a\n" + Case.end),
        Case("ignores-reply", Case.helo + Case.mail),
        // It had not heard of it yet.
        Case("ignores-reply", pipelining + group + "S: 550 no\nS: 503 no\nS: 503 no\n" + Case.quit),
        Case("ignores-reply", pipelining + refusedMail + group + "S: 250 ok\nS: 250 ok\nS: 354 go\nC: a\n" + Case.end),
        Case("ignores-reply", pipelining + group + "S: 250 ok\nS: 550 no\nS: 354 go\nC: .\nS: 554 no\n" + Case.quit),
        Case("ignores-reply", "protocol: smtp\nS: 554 no mail here\nC: QUIT\nS: 221 bye\n"),
        Case("ignores-reply", "protocol: smtp\nS: 550 no\n" + Case.rcpt),
        Case("ignores-reply", Case.hello + "lost: server 20\n" + refusedMail + refusedRcpt),
        // Left in the middle of a reply.
        Case(
            "ignores-reply",
            Case.hello + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nend: server-closed\n"),
        Case("data-without-354", Case.hello + Case.mail + Case.rcpt + "C: DATA\nS: 451 no\nC: RSET\nS: 250 ok\n"),
        Case(
            "data-without-354", Case.hello + Case.mail + Case.rcpt + "C: DATA\nS: 451 no\nC: XEXCH50 1 2\nS: 500 no\n"),
        Case("data-without-354", Case.sent("C: Subject: x\n")),
        Case("data-without-354", pipelining + group + "S: 250 ok\nS: 250 ok\nS: 451 no\n" + Case.quit),
        Case("nested-mail", Case.sent("C: a\n") + Case.mail),
        Case("nested-mail", Case.hello + refusedMail + Case.mail),
        Case("nested-mail", Case.hello + Case.open + "C: a\nC: .\nS: 554 no\n" + Case.mail),
        Case("nested-mail", Case.hello + Case.mail + Case.rcpt + "C: DATA\nS: 451 no\n" + Case.mail),
        Case("nested-mail", Case.hello + Case.mail + "C: EHLO c.example.com\nS: 250 mx\n" + Case.mail),
        Case("order", Case.sent("C: a\n")),
        Case("order", pipelining + group + "S: 550 no\nS: 503 no\nS: 503 no\n" + Case.quit),
        Case("order", "protocol: smtp\n" + Case.rcpt + Case.data + "C: a\n" + Case.end),
        Case("order", "protocol: smtp\nS: 220 mx\nlost: client 99\n" + Case.rcpt),
        Case(
            "bdat-data-mixed",
            chunking + "C: BDAT 2\nC: \nS: 250 ok\nC: BDAT 0 LAST\nS: 250 ok\n" + Case.mail + Case.rcpt
                + Case.data + "C: a\n" + Case.end),
        Case("bdat-count", chunking + "C: BDAT 2\nC: \nC: BDAT 0 LAST\nC: QUIT\nS: 250 ok\nS: 250 ok\nS: 221 bye\n"),
        Case("bdat-count", chunking + "C: BDAT 8 LAST\nC: QUIT\nC: \nS: 250 ok\n" + Case.quit),
        Case("bdat-count", chunking + "C: BDAT 8\nC: .\nend: client-reset\n"),
        Case("repeat-after-5yz", Case.hello + "C: MAIL FROM:<a@example.com>\nS: 450 later\n" + refusedMail),
        Case(
            "repeat-after-5yz", Case.hello + Case.mail + refusedRcpt + "C: RSET\nS: 250 ok\n" + Case.mail + refusedRcpt),
        Case("repeat-after-5yz", Case.hello + "C: RCPT TO:<b@example.net>\nS: 503 no\n" + Case.mail + Case.rcpt),
        Case("repeat-after-5yz", Case.hello + "C: NOOP\nS: 500 no\nC: NOOP\nS: 500 no\n"),
        Case("repeat-after-5yz", Case.hello + Case.mail + "C: RCPT TO:<b@example.net>\nS: 552 too many\n" + Case.rcpt),
        // Both were said before either was answered.
        Case(
            "repeat-after-5yz",
            pipelining + Case.mail + "C: RCPT TO:<b@example.net>\nC: RCPT TO:<b@example.net>\n"
                + "S: 550 no\nS: 550 no\n"),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }

    /// What was refused, with what, and what the client said next.
    @Test(arguments: [
        (
            refusedMail + refusedRcpt,
            ["`MAIL FROM:<a@example.com>`", "`550 5.7.1 not you`", "`RCPT TO:<b@example.net>`"]
        ),
        (Case.mail + refusedRcpt + Case.data, ["`RCPT TO:<b@example.net>`", "`550 5.1.1 who?`", "`DATA`"]),
        (Case.mail + refusedRcpt + refusedRcpt + Case.data, ["the last of 2 recipients that it refused"]),
    ]) func theRefusalIsQuoted(_ text: String, _ parts: [String]) throws {
        let findings = try Case("ignores-reply", Case.hello + text).findings()
        #expect(findings.count == 1)
        for part in parts { #expect(findings.allSatisfy { $0.means.en.contains(part) }) }
    }
}
