import Lint
import Testing

/// What clients do that do not wait, wait in vain, or do not see what they waited for.
@Suite struct SMTPClientWaitTests {
    typealias Case = SMTPClientCase

    private static let hello = Case.hello("8BITMIME", "SIZE 100000")
    private static let pipelining = Case.hello("PIPELINING", "8BITMIME", "SIZE 100000")
    private static let begun = Case.hello + Case.open + "C: Subject: a\nC: \n"
    private static let late = "wait: 300\nS: 421 4.4.2 timeout exceeded\nend: server-closed\n"
    private static let gone = "wait: 120\nend: client-closed\n"
    private static let message = "C: Subject: a\nC: \nC: b\nC: .\n"
    private static func auth(_ mechanism: String, _ rest: String) -> String {
        Case.hello("AUTH \(mechanism)") + "C: AUTH \(mechanism)\n" + rest
    }
    private static let oneRefused =
        Case.hello + Case.mail + Case.rcpt + "C: RCPT TO:<c@example.net>\nS: 450 later\n"
    private static let refused = "C: RCPT TO:<c@example.net>\nS: 550 no such user\n"

    @Test(arguments: [
        Case("end-dot-not-alone", begun + "C: b.\n" + late),
        Case("end-dot-not-alone", begun + "C: b.\n" + gone),
        Case("end-dot-not-alone", begun + "C: b.\\c\n" + late),
        Case("end-dot-not-alone", begun + "C: b\nC: .\\c\n" + late),
        // The server's words are enough where the record has no times.
        Case("end-dot-not-alone", begun + "C: b.\nS: 421 4.4.2 timeout exceeded\nend: server-closed\n"),
        Case("end-dot-not-alone", begun + "C: b.\nS: 451 timed out\nend: server-closed\n"),
        Case("no-end-of-data", begun + "C: b\n" + late),
        Case("no-end-of-data", begun + "C: b\n" + gone),
        Case("no-end-of-data", begun + "C: b\\c\n" + late),
        Case("no-end-of-data", Case.hello + Case.open + late),
        Case("no-end-of-data", begun + "C: b\nC: QUIT\nend: client-closed\n"),
        Case("no-end-of-data", begun + "C: b.\nC: quit\nend: client-closed\n"),
        Case("no-end-of-data", begun + "C: b\nwait: 60\nC: MAIL FROM:<a@example.com>\n" + late),
        Case(
            "bdat-no-last",
            Case.hello("CHUNKING") + Case.mail + Case.rcpt + "C: BDAT 3\nC: a\nS: 250 ok\n" + Case.quit),
        Case("next-before-end-reply", hello + Case.open + message + "wait: 30\n" + Case.mail),
        Case("next-before-end-reply", pipelining + Case.open + message + "wait: 6\nC: RSET\nS: 250 a\nS: 250 b\n"),
        Case("next-before-end-reply", pipelining + Case.open + message + "wait: 20\nC: QUIT\nend: client-closed\n"),
        Case(
            "next-before-end-reply",
            Case.hello("CHUNKING") + Case.mail + Case.rcpt + "C: BDAT 3 LAST\nC: a\nwait: 9\n" + Case.mail),
        // The replies to MAIL and RCPT are taken for what is left of that to EHLO.
        Case(
            "lines-as-replies",
            hello + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: DATA\nS: 250 ok\n" + message
                + "S: 250 ok\nS: 354 go\nS: 250 ok\n"),
        Case(
            "lines-as-replies",
            pipelining + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: DATA\nC: QUIT\n"
                + "S: 250 ok\nS: 250 ok\nS: 354 go\nend: client-closed\n"),
        Case(
            "lines-as-replies",
            "protocol: smtp\nS: 220-mx.example.com\nS: 220 hi\nC: EHLO c.example.com\nC: QUIT\n"
                + "S: 250-mx.example.com\nS: 250 HELP\nS: 221 bye\n"),
        Case("lines-as-replies", Case.hello("AUTH LOGIN", "HELP") + "C: AUTH LOGIN\nC: QUIT\nS: 334 VXNlcm5hbWU6\n"),
        Case(
            "lines-as-replies", Case.hello("STARTTLS", "HELP") + "C: STARTTLS\nC: QUIT\nS: 220 go\nend: client-closed\n"
        ),
        Case("abandons-accepted", oneRefused + "C: RSET\nS: 250 ok\n" + Case.quit),
        Case("abandons-accepted", oneRefused + Case.quit),
        Case("abandons-accepted", oneRefused + "end: client-closed\n"),
        Case("abandons-accepted", Case.hello + Case.mail + Case.rcpt + refused + Case.quit),
        Case("gives-up-on-252", Case.hello + "C: VRFY b\nS: 252 maybe\n" + Case.quit + "end: client-closed\n"),
        Case("gives-up-on-252", Case.hello + "C: VRFY b\nS: 251 elsewhere\nend: client-closed\n"),
        Case(
            "gives-up-on-252",
            Case.hello + Case.mail + "C: RCPT TO:<b@example.net>\nS: 251 elsewhere\nC: RSET\nS: 250 ok\n" + Case.quit
                + "end: server-closed\n"),
        Case("auth-abandoned", auth("LOGIN", "S: 334 VXNlcm5hbWU6\nend: client-closed\n")),
        Case(
            "auth-abandoned", auth("LOGIN", "S: 334 VXNlcm5hbWU6\nC: «YQ==»\nS: 334 UGFzc3dvcmQ6\nend: client-closed\n")
        ),
        Case("auth-abandoned", auth("PLAIN", "S: 334 \nwait: 60\nend: server-closed\n")),
        Case("auth-abandoned", auth("PLAIN", "S: 334 \nwait: 60\nS: 421 4.4.2 timeout\nend: server-closed\n")),
        Case("auth-abandoned", auth("CRAM-MD5", "S: 334 PDFAYT4=\nend: client-reset\n")),
        Case("auth-abandoned", auth("XOAUTH2", "S: 334 eyJzdGF0dXMiOiI0MDAifQ==\nend: client-closed\n")),
        Case(
            "talks-after-421", Case.hello + "wait: 300\nS: 421 timeout\nwait: 9\nC: RSET\nend: server-closed\n"),
        Case(
            "talks-after-421",
            Case.hello + "C: MAIL FROM:<a@example.com>\nS: 421 closing\nwait: 2\nC: RCPT TO:<b@example.net>\n"),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        // Broken off at once, or held up on its way.
        Case("end-dot-not-alone", begun + "C: b.\nend: client-closed\n"),
        Case("no-end-of-data", begun + "C: b\nend: client-closed\n"),
        Case("no-end-of-data", begun + "C: b\nend: server-reset\n"),
        Case("no-end-of-data", begun + "C: " + String(repeating: "x", count: 20_000) + "\\c\n" + late),
        Case("no-end-of-data", begun + "C: b\nlost: client 100\n" + late),
        Case("no-end-of-data", begun + "C: b\nwait: 300\nend: broken-off\n"),
        Case("no-end-of-data", begun + "C: b\nwait: 300\n"),
        // Refused for what it is.
        Case("no-end-of-data", begun + "C: b\nwait: 60\nS: 552 too big\nend: server-closed\n"),
        // The other rule.
        Case("no-end-of-data", begun + "C: b.\n" + late),
        Case("end-dot-not-alone", begun + "C: b\n" + late),
        // A dot between bare line feeds has a rule of its own.
        Case("no-end-of-data", begun + "C: b\\x0A.\\x0A\\c\n" + late),
        Case("no-end-of-data", begun + "C: QUIT\nC: .\nS: 250 ok\n" + Case.quit),
        Case(
            "bdat-no-last",
            Case.hello("CHUNKING") + Case.mail + Case.rcpt + "C: BDAT 3\nC: a\nS: 250 ok\nC: RSET\nS: 250 ok\n"
                + Case.quit),
        // In one go with it, as RFC 2920 lets a client.
        Case("next-before-end-reply", pipelining + Case.open + message + Case.mail + "S: 250 ok\n"),
        Case("next-before-end-reply", pipelining + Case.open + message + "wait: 3\n" + Case.mail + "S: 250 ok\n"),
        Case("next-before-end-reply", pipelining + Case.open + message + "wait: 30\nS: 250 ok\nC: QUIT\nS: 221 bye\n"),
        Case("next-before-end-reply", pipelining + Case.open + message + "wait: 601\nC: QUIT\nS: 221 bye\n"),
        Case("next-before-end-reply", pipelining + Case.open + message + "lost: server 20\nwait: 30\nC: QUIT\n"),
        // Several at once, with leave and without.
        Case(
            "lines-as-replies",
            pipelining + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: DATA\nS: 250 ok\nS: 250 ok\n"
                + "S: 354 go\n" + message + "C: QUIT\nS: 250 ok\nS: 221 bye\n"),
        Case(
            "lines-as-replies",
            hello
                + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\n"
                + message + "S: 250 ok\n" + Case.quit),
        Case(
            "lines-as-replies",
            pipelining + "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nC: QUIT\nS: 250 ok\nS: 250 ok\n"
                + "S: 221 bye\n"),
        Case(
            "lines-as-replies",
            "protocol: smtp\nS: 220-mx.example.com\nS: 220 hi\nC: EHLO c.example.com\nC: MAIL FROM:<a@example.com>\n"
                + "C: RCPT TO:<b@example.net>\nC: DATA\nS: 554 SMTP synchronization error\nend: server-closed\n"),
        Case("lines-as-replies", hello + Case.open + message + "S: 250 ok\n" + Case.quit),
        Case("abandons-accepted", oneRefused + Case.data + message + "S: 250 ok\n" + Case.quit),
        Case("abandons-accepted", Case.hello + Case.mail + Case.rcpt + Case.quit),
        Case("abandons-accepted", Case.hello + Case.mail + refused + Case.quit),
        Case("abandons-accepted", Case.hello + "C: MAIL FROM:<>\nS: 250 ok\n" + Case.rcpt + refused + Case.quit),
        Case("gives-up-on-252", Case.hello + "C: VRFY b\nS: 250 b\n" + Case.quit + "end: client-closed\n"),
        Case("gives-up-on-252", Case.hello + "C: VRFY b\nS: 550 no\n" + Case.quit + "end: client-closed\n"),
        Case(
            "gives-up-on-252",
            Case.hello + "C: VRFY b\nS: 252 b\n" + Case.mail + "C: RCPT TO:<b@example.net>\nS: 550 no\n" + Case.quit
                + "end: client-closed\n"),
        Case("auth-abandoned", auth("LOGIN", "S: 334 VXNlcm5hbWU6\nC: *\nS: 501 ok\n" + Case.quit)),
        Case("auth-abandoned", auth("LOGIN", "S: 334 VXNlcm5hbWU6\nC: «YQ==»\nwait: 9\nend: client-closed\n")),
        Case("auth-abandoned", auth("LOGIN", "S: 334 VXNlcm5hbWU6\nend: server-closed\n")),
        Case("auth-abandoned", auth("LOGIN", "S: 334 VXNlcm5hbWU6\nend: broken-off\n")),
        Case("auth-abandoned", auth("XOAUTH2", "S: 334 eyJzdGF0dXMiOiI0MDAifQ==\nC: \nS: 535 no\n" + Case.quit)),
        Case("talks-after-421", Case.hello + "wait: 300\nS: 421 timeout\nwait: 9\nC: QUIT\nend: server-closed\n"),
        // They crossed.
        Case("talks-after-421", Case.hello + "wait: 300\nS: 421 timeout\nC: MAIL FROM:<a@example.com>\n"),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }

    @Test func howOftenItWasRepeatedCounts() throws {
        func repeated(_ times: Int, _ end: String = Case.quit) throws -> [Severity] {
            let text = Case.hello + Case.mail + String(repeating: Self.refused, count: times + 1) + end
            return try Case("repeat-after-5yz", text).findings().map(\.severity)
        }
        #expect(try repeated(0).isEmpty)
        #expect(try repeated(1) == [.warning])
        #expect(try repeated(2) == [.warning])
        #expect(try repeated(3) == [.error])
        #expect(try repeated(1, "S: 421 4.7.0 too many errors\nend: server-closed\n") == [.error])
        #expect(try repeated(1, "end: client-closed\n") == [.warning])
        let login = "C: AUTH PLAIN «AGEAYg==»\nS: 535 5.7.8 no\n"
        let again = { String(repeating: login, count: $0) }
        #expect(try Case("repeat-after-5yz", Case.hello("AUTH PLAIN") + again(3) + Case.quit).findings().isEmpty)
        let many = try Case("repeat-after-5yz", Case.hello("AUTH PLAIN") + again(5) + Case.quit).findings()
        #expect(many.map(\.severity) == [.error])
    }

    @Test func whatABrokenWaitCosts() throws {
        func severities(_ text: String) throws -> [Severity] {
            try Case("short-timeout", text + "wait: 20\nend: client-closed\n").findings().map(\.severity)
        }
        #expect(try severities(Case.hello + Case.open + Self.message) == [.warning])
        #expect(try severities(Case.hello + "C: MAIL FROM:<a@example.com>\n") == [.warning])
        // There is another reason.
        #expect(try severities(Case.hello + "C: VRFY b\nS: 550 no\nC: MAIL FROM:<a@example.com>\n") == [.note])
    }

    @Test func whereAVerbIsAtHomeIsTold() throws {
        func means(_ command: String) throws -> String {
            try Case("unknown-verb", Case.said(command, "500 what?")).findings().map(\.means.en).joined()
        }
        #expect(try means("AUTHENTICATE PLAIN").contains("of IMAP, where SMTP has `AUTH`"))
        #expect(try means("a1 LOGIN bob secret").contains("`LOGIN` is a command of IMAP"))
        #expect(try means("STLS").contains("of POP3, where SMTP has `STARTTLS`"))
        #expect(try means("RETR 1").contains("of POP3"))
        #expect(try means("HELLO c.example.com").contains("in SMTP it is `HELO`"))
        #expect(try means("PASS secret").contains("secret") == false)
    }

    @Test func whatIsWrongWithAListIsTold() throws {
        let list = Case.hello + Case.mail + "C: RCPT TO:<b@example.net,c@example.net>\nS: 501 no\n"
        let means = try Case("path-syntax", list).findings().map(\.means.en)
        #expect(
            means.count == 1 && means[0].contains("2 addresses with a comma") && means[0].contains("RCPT of its own"))
    }
}
