import Lint
import Testing

@Suite struct SMTPClientParameterTests {
    typealias Case = SMTPClientCase

    private static let all = Case.hello("SIZE", "8BITMIME", "DSN", "SMTPUTF8", "AUTH PLAIN", "REQUIRETLS")
    private static func mail(_ parameters: String) -> String {
        Case.said("MAIL FROM:<a@example.com> " + parameters, "501 no", in: all)
    }
    private static func rcpt(_ parameters: String) -> String {
        Case.said("RCPT TO:<b@example.net> " + parameters, "501 no", in: all + Case.mail)
    }

    @Test(arguments: [
        (mail("SIZE=12kB"), "in digits only"), (mail("SIZE=-1"), "in digits only"), (mail("SIZE"), "no value"),
        (mail("SIZE="), "nothing stands behind"), (mail("BODY=8BIT"), "7BIT, 8BITMIME, BINARYMIME"),
        (mail("8BITMIME"), "`BODY=8BITMIME`"), (mail("RET=HEADERS"), "FULL, HDRS"), (mail("ENVID=a+b"), "`+2B`"),
        (mail("SMTPUTF8=YES"), "has no value"), (mail("REQUIRETLS=1"), "has no value"),
        (mail("AUTH=<a@example.com>"), "without angle brackets"), (mail("AUTH=a=b@example.com"), "`+3D`"),
        (mail("SIZE=1 SIZE=2"), "twice"), (mail("NOTIFY=NEVER"), "belongs to RCPT"),
        (mail("SIZE:1000"), "letters, digits and hyphens"), (mail("SIZE = 1000"), "no value"),
        (rcpt("NOTIFY=NEVER,FAILURE"), "stands alone"), (rcpt("NOTIFY=FAILURE,never"), "stands alone"),
        (rcpt("NOTIFY=ALWAYS"), "NEVER, or a list"), (rcpt("NOTIFY=SUCCESS, FAILURE"), "NEVER, or a list"),
        (rcpt("NOTIFY"), "no value"), (rcpt("ORCPT=b@example.net"), "a type"), (rcpt("ORCPT=rfc822;"), "a type"),
        (rcpt("ORCPT=rfc822;a+b@example.net"), "`+2B`"), (rcpt("RET=FULL"), "belongs to MAIL"),
        (rcpt("SIZE=10"), "belongs to MAIL"), (rcpt("(Bob)"), "letters, digits and hyphens"),
    ]) func isFound(_ text: String, _ why: String) throws {
        let findings = try Case("param-value", text).findings()
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.allSatisfy { $0.means.en.contains(why) }, "\(findings.map(\.means.en))")
    }

    @Test(arguments: [
        mail("SIZE=1000 BODY=8bitmime RET=hdrs ENVID=QQ314159 SMTPUTF8 REQUIRETLS AUTH=<>"),
        mail("AUTH=e+3Dmc2@example.com"), mail("size=0"), mail("XOORG=example.com"), mail("HOLDFOR=86400"),
        rcpt("NOTIFY=SUCCESS,DELAY,FAILURE ORCPT=rfc822;Bob+2Bx@example.net"), rcpt("NOTIFY=never"),
        rcpt("ORCPT=rfc822;bob+2bx@example.net"), rcpt("ORCPT=utf-8;\\xE3\\x81\\x82@example.net"),
        // That it is not offered, and that there is none after HELO, others tell.
        Case.said("MAIL FROM:<a@example.com> SIZE=x", in: Case.hello("8BITMIME")),
        Case.said("MAIL FROM:<a@example.com> SIZE=x", in: Case.helo),
        all + "lost: client 10\nC: MAIL FROM:<a@example.com> SIZE=x\nS: 501 no\n",
    ]) func isNone(_ text: String) throws {
        #expect(try Case("param-value", text).findings().isEmpty)
    }

    @Test func aParameterOfNobodyIsAWarning() throws {
        let findings = try Case("param-not-offered", Self.mail("PRIORITY=high")).findings()
        #expect(findings.map(\.severity) == [.warning])
        #expect(try Case("param-not-offered", Self.mail("XPRIORITY=high")).findings().isEmpty)
        let offered = Case.said("MAIL FROM:<a@example.com> PRDR", in: Case.hello("PRDR"))
        #expect(try Case("param-not-offered", offered).findings().isEmpty)
    }
}
