import Lint
import Testing

@Suite struct SMTPClientPathTests {
    typealias Case = SMTPClientCase

    private static func mail(_ rest: String) -> String { Case.said("MAIL " + rest) }
    private static func rcpt(_ rest: String) -> String { Case.hello + Case.mail + "C: RCPT \(rest)\nS: 250 ok\n" }

    @Test(arguments: [
        Case("mail-from-space", mail("FROM: <a@example.com>")),
        Case("mail-from-space", mail("FROM :<a@example.com>")),
        Case("mail-from-space", rcpt("to:\\x09<b@example.net>")),
        Case("mail-from-space", rcpt("TO: b@example.net")),
        Case("path-no-brackets", mail("FROM:a@example.com SIZE=3")),
        Case("path-no-brackets", mail("FROM:<a@example.com")),
        Case("path-no-brackets", rcpt("TO:b@example.net,c@example.net")),
        Case("path-syntax", rcpt("TO:Bob <b@example.net>")),
        Case("path-syntax", rcpt("TO:\"Bob B\" <b@example.net>")),
        Case("path-syntax", rcpt("TO:<b@example.net,c@example.net>")),
        Case("path-syntax", rcpt("TO:<b@example.net; c@example.net>")),
        Case("path-syntax", rcpt("TO:<b@example.net>,<c@example.net>")),
        Case("path-syntax", rcpt("TO:<b@example.net> <c@example.net>")),
        Case("path-syntax", rcpt("TO:<mailto:b@example.net>")),
        Case("path-syntax", rcpt("TO:<b@192.0.2.1>")),
        Case("path-syntax", rcpt("TO:<b@example .net>")),
        Case("path-syntax", mail("a@example.com")),
        Case("path-syntax", mail("FROM:")),
        Case("path-syntax", mail("FROM:<a@example.com>SIZE=3")),
        Case("path-syntax", rcpt("TO:<>")),
        Case("path-syntax", rcpt("TO:<b@c@example.net>")),
        Case("path-syntax", rcpt("TO:<b b@example.net>")),
        Case("path-syntax", rcpt("TO:<b@example.net >")),
        Case("path-syntax", rcpt("TO:<b@example.net.>")),
        Case("path-syntax", rcpt("TO:<b@example..net>")),
        Case("path-syntax", rcpt("TO:<@example.net>")),
        Case("path-syntax", rcpt("TO:<b@>")),
        Case("path-syntax", rcpt("TO:<b@\\x01.net>")),
        Case("path-syntax", rcpt("TO:<\"Bob\" <b@example.net>>")),
        Case("path-syntax", rcpt("TO:<\"bob@example.net>")),
        Case("path-syntax", rcpt("TO:<b(c)@example.net>")),
        Case("path-syntax", rcpt("TO:<b@[192.0.2.999]>")),
        Case("path-syntax", rcpt("TO:<@a,b:c@example.net>")),
        Case("path-syntax", rcpt("TO:<a..b@example.net>")),
        Case("source-route", rcpt("TO:<@a.example.com,@b.example.com:c@example.net>")),
        Case("local-alias", mail("FROM:<root@localhost>")),
        Case("local-alias", rcpt("TO:<noizumi>")),
        Case("local-alias", rcpt("TO: <noizumi>")),
        Case("path-too-long", rcpt("TO:<\(String(repeating: "a", count: 65))@example.net>")),
        Case("path-too-long", rcpt("TO:<a@\(String(repeating: "a.", count: 130))net>")),
        Case("utf8-envelope", mail("FROM:<\\xE3\\x81\\x82@example.com>")),
        Case("utf8-envelope", Case.said("MAIL FROM:<\\xE3\\x81\\x82@example.com>", in: Case.hello("SMTPUTF8"))),
        Case("utf8-envelope", Case.said("MAIL FROM:<\\xE3\\x81\\x82@example.com> SMTPUTF8")),
        Case("command-too-long", Case.said("NOOP " + String(repeating: "x", count: 600))),
        Case("trailing-space", mail("FROM:<a@example.com> ")),
        Case("trailing-space", Case.said("RSET\\x09")),
        Case("args-forbidden", Case.said("QUIT please")),
        Case("args-forbidden", Case.hello + Case.mail + Case.rcpt + "C: DATA now\nS: 501 no\n"),
        Case("bare-lf", Case.sent("C: a\\x0A\\c\nC: b\n")),
        Case("bare-lf", Case.hello + "C: MAIL FROM:<>\\x0A\\c\nS: 250 ok\n"),
        Case("bare-cr", Case.sent("C: a\\x0D\\c\nC: b\n")),
        Case("bare-cr", Case.said("RSET\\x0DNOOP")),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        Case("mail-from-space", mail("FROM:<>")),
        Case("mail-from-space", mail("from:<a@example.com> SIZE=3 BODY=8BITMIME")),
        Case("mail-from-space", Case.said("NOOP FROM: <a@example.com>")),
        Case("path-no-brackets", mail("FROM:<\"a>b\"@example.com>")),
        Case("path-no-brackets", mail("FROM: <a@example.com>")),
        Case("path-syntax", mail("FROM:<>")),
        Case("path-syntax", mail("FROM: <a@example.com>")),
        Case("path-syntax", mail("FROM:<a+b=c.d-e_f!g/h@example.com>")),
        Case("path-syntax", mail("FROM:<\"a b\\x5C\"@c\"@example.com>")),
        Case("path-syntax", mail("FROM:<a@[IPv6:2001:db8::1]>")),
        Case("path-syntax", rcpt("TO:<Postmaster>")),
        Case("path-syntax", rcpt("TO:<noizumi>")),
        Case("path-syntax", rcpt("TO:<b@xn--caf-dma.example>")),
        Case("path-syntax", rcpt("TO:<\\xE3\\x81\\x82@\\xE3\\x81\\x84.example> NOTIFY=NEVER")),
        Case("path-syntax", rcpt("TO:<@a.example.com:c@example.net>")),
        Case("source-route", rcpt("TO:<c@example.net>")),
        Case("source-route", rcpt("TO:<a%b@example.net>")),
        Case("local-alias", rcpt("TO:<POSTMASTER>")),
        Case("local-alias", mail("FROM:<>")),
        Case("local-alias", rcpt("TO:<b@[192.0.2.1]>")),
        Case("path-too-long", rcpt("TO:<\(String(repeating: "a", count: 64))@example.net>")),
        Case(
            "utf8-envelope", Case.said("MAIL FROM:<\\xE3\\x81\\x82@example.com> SMTPUTF8", in: Case.hello("SMTPUTF8"))),
        Case(
            "utf8-envelope",
            Case.said("MAIL FROM:<a@example.com> SMTPUTF8", in: Case.hello("SMTPUTF8"))
                + "C: RCPT TO:<\\xE3\\x81\\x82@example.com>\nS: 250 ok\n"),
        Case("command-too-long", Case.said("NOOP " + String(repeating: "x", count: 505))),
        Case(
            "command-too-long",
            Case.said(
                "MAIL FROM:<a@example.com> AUTH=\(String(repeating: "x", count: 500))", in: Case.hello("AUTH PLAIN"))),
        Case("trailing-space", Case.said("NOOP x")),
        Case("args-forbidden", Case.said("NOOP please")),
        Case("args-forbidden", Case.said("quit\\x20")),
        Case("bare-lf", Case.sent("C: a\nC: b\n")),
        Case("bare-lf", "protocol: smtp\nS: 220 mx\nlost: client 3\nC: NOOP\\x0A\\c\nS: 250 ok\n"),
        Case(
            "bare-lf",
            Case.hello("CHUNKING", "BINARYMIME") + "C: MAIL FROM:<a@example.com> BODY=BINARYMIME\nS: 250 ok\n"
                + Case.rcpt + "C: BDAT 4 LAST\nC: a\\x0Ab\\x0D\\c\nS: 250 ok\n" + Case.quit),
        Case("bare-cr", Case.sent("C: a\n")),
        Case("bare-cr", Case.hello + Case.quit),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }

    /// Addresses that Japanese carriers gave out are in use, and milder.
    @Test func dotsOfCarriersAreAWarning() throws {
        let findings = try Case("path-syntax", Self.rcpt("TO:<a..b.@docomo.example>")).findings()
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func whereTheBlankStandsIsTold() throws {
        let findings = try Case("mail-from-space", Self.mail("FROM: <a@example.com>")).findings()
        #expect(findings.allSatisfy { $0.means.en.contains("a space behind the colon") })
        #expect(findings.allSatisfy { $0.means.ja.contains("コロンの後に空白") })
    }

    @Test func eachNicknameIsTold() throws {
        let text = Self.rcpt("TO:<noizumi>") + "C: RCPT TO:<yuji>\nS: 250 ok\n"
        #expect(try Case("local-alias", text).findings().count == 2)
    }
}
