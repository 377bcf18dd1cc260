import Lint
import Testing

@Suite struct SMTPClientExtensionTests {
    typealias Case = SMTPClientCase

    private static let secure =
        "protocol: smtp\ntls server start=implicit verification=verified\ntls client start=implicit\nS: 220 mx\n"
        + "C: EHLO c.example.com\nS: 250-mx\nS: 250 AUTH PLAIN LOGIN\n"
    private static let login = "C: AUTH PLAIN «AGEAYg==»\nS: 235 in\n"
    private static let long = "C: " + String(repeating: "x", count: 100) + "\n"

    @Test(arguments: [
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> BODY=8BITMIME", in: Case.hello("SIZE"))),
        Case("param-not-offered", Case.said("mail from:<a@example.com> size=3", in: Case.hello("8BITMIME"))),
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> RET=HDRS ENVID=1", in: Case.hello("SIZE"))),
        Case("param-not-offered", Case.hello + Case.mail + "C: RCPT TO:<b@example.net> NOTIFY=NEVER\nS: 250 ok\n"),
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> BODY=BINARYMIME", in: Case.hello("8BITMIME"))),
        Case("param-after-helo", Case.said("MAIL FROM:<a@example.com> BODY=8BITMIME", in: Case.helo)),
        Case("param-after-helo", Case.helo + Case.mail + "C: RCPT TO:<b@example.net> NOTIFY=NEVER\nS: 250 ok\n"),
        Case("verb-not-offered", Case.said("STARTTLS", "502 no")),
        Case("verb-not-offered", Case.said("AUTH LOGIN", "502 no", in: Case.helo)),
        Case("verb-not-offered", Case.hello("SIZE") + Case.mail + Case.rcpt + "C: BDAT 2 LAST\nC: \nS: 502 no\n"),
        Case(
            "size-wrong",
            Case.hello("SIZE 9999") + "C: MAIL FROM:<a@example.com> SIZE=20\nS: 250 ok\n" + Case.rcpt
                + Case.data + long + Case.end),
        Case("size-over-limit", Case.sent(long, in: Case.hello("SIZE 100"))),
        Case("eight-bit-no-8bitmime", Case.sent("C: \\xE3\\x81\\x82\n", in: Case.hello("8BITMIME"))),
        Case("eight-bit-no-8bitmime", Case.sent("C: \\xE3\\x81\\x82\n", in: Case.helo)),
        Case(
            "eight-bit-no-8bitmime",
            Case.hello("CHUNKING") + Case.mail + Case.rcpt + "C: BDAT 3 LAST\nC: \\xE9\nS: 250 ok\n"),
        Case("auth-twice", secure + login + "C: AUTH LOGIN\nS: 503 no\n"),
        Case("in-transaction", secure + Case.mail + "C: AUTH LOGIN\nS: 503 no\n"),
        Case("auth-mech-not-offered", secure + "C: AUTH CRAM-MD5\nS: 504 no\n"),
        Case("auth-mech-not-offered", secure + "C: AUTH\nS: 501 no\n"),
        Case("auth-bad-base64", secure + "C: AUTH PLAIN «AGEAYg=»\nS: 501 no\n"),
        Case("auth-bad-base64", secure + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: «alice»\nS: 501 no\n"),
        Case("unknown-verb", Case.said("SENDMAIL now", "500 what?")),
        Case("unknown-verb", Case.said("Subject: hello", "500 what?")),
        Case("unknown-verb", Case.said("", "500 what?")),
        Case("unknown-verb", Case.said("MAILFROM:<a@example.com>", "500 what?")),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> body=8bitmime", in: Case.hello("8BITMIME"))),
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> AUTH=<>", in: Case.hello("AUTH=LOGIN"))),
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> X-MINE=1", in: Case.hello("SIZE"))),
        Case("param-not-offered", Case.said("MAIL FROM:<a@example.com> SIZE=3", in: Case.helo)),
        Case(
            "param-not-offered",
            "protocol: smtp\nS: 220 mx\nlost: server 99\nC: EHLO c.example.com\nS: 250 mx\n"
                + "C: MAIL FROM:<a@example.com> SIZE=3\nS: 250 ok\n"),
        Case("param-after-helo", Case.helo + Case.mail + Case.rcpt),
        Case("verb-not-offered", Case.said("STARTTLS", "220 go", in: Case.hello("STARTTLS"))),
        Case("verb-not-offered", Case.said("AUTH CRAM-MD5", "504 no", in: Case.greeted)),
        Case("verb-not-offered", Case.said("VRFY bob", "252 who knows")),
        Case(
            "verb-not-offered",
            "protocol: smtp\nremark: fault strip-announcement: gone\n"
                + Case.said("STARTTLS", "502 no").replacing("protocol: smtp\n", with: "")),
        Case(
            "size-wrong",
            Case.hello("SIZE") + "C: MAIL FROM:<a@example.com> SIZE=102\nS: 250 ok\n" + Case.rcpt
                + Case.data + long + Case.end),
        // Stuffed dots do not count.
        Case(
            "size-wrong",
            Case.hello("SIZE") + "C: MAIL FROM:<a@example.com> SIZE=3\nS: 250 ok\n" + Case.rcpt
                + Case.data + "C: ..\n" + Case.end),
        Case("size-over-limit", Case.sent(long, in: Case.hello("SIZE"))),
        Case("size-over-limit", Case.sent(long, in: Case.hello("SIZE 102"))),
        Case("size-over-limit", Case.hello("SIZE 9") + "C: MAIL FROM:<a@example.com> SIZE=99\nS: 552 no\n" + Case.quit),
        Case("eight-bit-no-8bitmime", Case.sent("C: plain\n")),
        Case(
            "eight-bit-no-8bitmime",
            Case.hello("SMTPUTF8", "8BITMIME") + "C: MAIL FROM:<a@example.com> SMTPUTF8\nS: 250 ok\n" + Case.rcpt
                + Case.data + "C: \\xC3\\xA9\n" + Case.end),
        // All at once, as Exim says it: its MAIL is answered after its message was heard.
        Case(
            "eight-bit-no-8bitmime",
            Case.hello("8BITMIME", "PIPELINING", "CHUNKING")
                + "C: MAIL FROM:<a@example.com> BODY=8BITMIME\nC: RCPT TO:<b@example.net>\nC: BDAT 4 LAST\n"
                + "C: \\xC3\\xA9\nC: QUIT\nS: 250 ok\nS: 250 ok\nS: 250 ok\nS: 221 bye\n"),
        Case("auth-twice", secure + "C: AUTH PLAIN «AGEAYg==»\nS: 535 no\n" + login),
        Case("in-transaction", secure + Case.mail + "C: RSET\nS: 250 ok\n" + login),
        Case("auth-mech-not-offered", secure + "C: auth login\nS: 334 a\nC: «YQ==»\nS: 334 b\nC: «Yg==»\nS: 235 in\n"),
        Case("auth-mech-not-offered", Case.said("AUTH CRAM-MD5", "504 no", in: Case.hello("AUTH=CRAM-MD5"))),
        Case("auth-bad-base64", secure + "C: AUTH PLAIN =\nS: 501 no\n"),
        Case("auth-bad-base64", secure + "C: AUTH LOGIN\nS: 334 a\nC: *\nS: 501 well\n"),
        Case("auth-bad-base64", secure + "C: AUTH XOAUTH2 «AGEAYg==»\nS: 334 eyJ9\nC: \nS: 535 no\n"),
        Case("unknown-verb", Case.said("XCLIENT ADDR=192.0.2.1", "500 what?")),
        Case("unknown-verb", Case.said("noop")),
        Case("unknown-verb", Case.said("VERB", in: Case.hello("VERB"))),
        Case("unknown-verb", Case.sent("C: Subject: hello\n")),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }

    /// Where the server takes 8-bit text anyway, only the announcement is missing.
    @Test func eightBitThatCouldHaveBeenAnnouncedIsAWarning() throws {
        let text = Case.sent("C: \\xC3\\xA9\n", in: Case.hello("8BITMIME"))
        #expect(try Case("eight-bit-no-8bitmime", text).findings().map(\.severity) == [.warning])
    }

    /// As Python's smtplib does with a message without a last line end.
    @Test func aSizeThatIsLittleTooSmallIsANote() throws {
        let text =
            Case.hello("SIZE") + "C: MAIL FROM:<a@example.com> SIZE=100\nS: 250 ok\n" + Case.rcpt + Case.data
            + Self.long + Case.end
        #expect(try Case("size-wrong", text).findings().map(\.severity) == [.note])
    }
}
