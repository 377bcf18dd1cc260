import Lint
import Testing

/// What servers offer in a way that nobody can use, and what they must take and do not.
@Suite struct SMTPServerOfferTests {
    private static let greeted = "protocol: smtp\nS: 220 mx.example.com ESMTP\n"
    private static let stars = "protocol: smtp\nS: 220 ********************0*2****\n"
    private static func hello(_ keywords: String...) -> String {
        "C: EHLO c.example.com\nS: 250-mx.example.com\n"
            + keywords.dropLast().map { "S: 250-\($0)\n" }.joined() + "S: 250 \(keywords.last ?? "HELP")\n"
    }
    private static let quit = "C: QUIT\nS: 221 bye\nend: client-closed\n"
    private static let wanted = "C: MAIL FROM:<a@example.com>\nS: 530 log in\n"

    private func found(_ id: String, _ text: String) throws -> [Severity] {
        let rule = try #require(Catalogue.rule(id))
        return try lint(text, rules: [rule]).map(\.severity)
    }

    @Test(arguments: [
        (stars + hello("SIZE", "HELP") + quit, [Severity.warning]),
        (stars + hello("XXXXXXXA", "SIZE") + quit, [.error]),
        (greeted + hello("XXXXXXXX", "XXXXXXXXXXXXXXXXXXB") + quit, [.error]),
        (stars + "C: EHLO c.example.com\nS: 500 what?\nC: HELO c.example.com\nS: 250 mx\n" + quit, [.error]),
        (greeted + "C: XXXX c.example.com\nS: 500 what?\n" + quit, [.error]),
        (greeted + hello("SIZE", "XEXCH50", "XCLIENT") + quit, []),
        (greeted + "C: EHLO c.example.com\nS: 250-XXXX\nS: 250 HELP\n" + quit, []),
        ("protocol: smtp\nS: 220 *** mx.example.com ***********\n" + hello("HELP") + quit, []),
    ]) func masks(_ text: String, _ severities: [Severity]) throws {
        #expect(try found("smtp.server.masked", text) == severities)
    }

    @Test(arguments: [
        (greeted + hello("AUTH=LOGIN PLAIN") + wanted + quit, [Severity.warning]),
        (greeted + hello("AUTH=LOGIN") + quit, [.warning]),
        (greeted + hello("AUTH=LOGIN", "AUTH LOGIN") + wanted + quit, []),
        (greeted + hello("AUTH LOGIN", "AUTH=LOGIN") + wanted + quit, []),
        (greeted + hello("AUTH=LOGIN") + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: *\nS: 501 ok\n" + wanted + quit, []),
        (greeted + hello("AUTH=LOGIN") + "C: MAIL FROM:<a@example.com>\nS: 250 ok\nC: QUIT\nS: 221 bye\n", []),
        (greeted + hello("AUTH=LOGIN") + "C: MAIL FROM:<a@example.com>\nS: 451 later\nend: broken-off\n", [.warning]),
    ]) func oldForms(_ text: String, _ severities: [Severity]) throws {
        #expect(try found("smtp.server.auth-equals", text) == severities)
    }

    @Test(arguments: [
        (hello("8BITMIME") + "C: MAIL FROM:<a@example.com> BODY=8BITMIME\nS: 501 bad sender address syntax\n", true),
        (hello("SIZE 0") + "C: MAIL FROM:<a@example.com> SIZE=10\nS: 555 5.5.4 unsupported option: SIZE=10\n", true),
        (
            hello("DSN")
                + "C: MAIL FROM:<a@example.com>\nS: 250 ok\nC: RCPT TO:<b@example.net> NOTIFY=NEVER\nS: 555 no\n", true
        ),
        (hello("SIZE 0") + "C: MAIL FROM:<a@example.com> SIZE=10\nS: 501 5.1.7 no such domain\n", false),
        (hello("SIZE 0") + "C: MAIL FROM:<a b@example.com> SIZE=10\nS: 501 syntax error\n", false),
        (hello("SIZE 0") + "C: MAIL FROM:<a@example.com> SIZE=x\nS: 501 syntax error\n", false),
        (hello("SIZE 0") + "C: MAIL FROM:<a@example.com> SIZE=10 FOO=1\nS: 555 unsupported option\n", false),
        (hello("HELP") + "C: MAIL FROM:<a@example.com> SIZE=10\nS: 555 unsupported option\n", false),
        (hello("SIZE 0") + "C: MAIL FROM: <a@example.com> SIZE=10\nS: 501 syntax error\n", false),
    ]) func parametersThatAreOffered(_ text: String, _ isFound: Bool) throws {
        #expect(try found("smtp.server.ehlo-lies", Self.greeted + text + Self.quit) == (isFound ? [.error] : []))
    }

    @Test(arguments: [
        (hello("HELP") + "C: MAIL FROM:<>\nS: 501 was expecting an address\n", true),
        (hello("HELP") + "C: MAIL FROM:<> SIZE=10\nS: 553 no\n", true),
        (hello("AUTH PLAIN") + "C: MAIL FROM:<>\nS: 550 null sender not allowed\n", true),
        (
            hello("HELP")
                + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<b@example.net>\nS: 550 5.7.1 empty sender refused\n", true
        ),
        (hello("AUTH PLAIN") + "C: MAIL FROM:<>\nS: 550 5.7.1 denied\n", false),
        (hello("AUTH PLAIN") + "C: MAIL FROM:<>\nS: 530 authentication required\n", false),
        (hello("HELP") + "C: MAIL FROM:<>\nS: 451 later\n", false),
        (hello("HELP") + "C: MAIL FROM:<>\nS: 554 your address is on a blocklist\n", false),
        (hello("HELP") + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<b@example.net>\nS: 550 user unknown\n", false),
        (hello("AUTH PLAIN") + "C: AUTH PLAIN «AGEAYg==»\nS: 235 ok\nC: MAIL FROM:<>\nS: 553 null sender\n", false),
        (hello("HELP") + "C: MAIL FROM:<a@example.com>\nS: 553 no\n", false),
    ]) func nullSenders(_ text: String, _ isFound: Bool) throws {
        #expect(
            try found("smtp.server.refuses-null-sender", Self.greeted + text + Self.quit) == (isFound ? [.error] : []))
    }

    @Test func eachRecipientOfLMTPIsAnswered() throws {
        let sent = """
            protocol: lmtp
            S: 220 mx.example.com LMTP
            C: LHLO c.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.com>
            S: 250 ok
            C: RCPT TO:<b@example.net>
            S: 250 ok
            C: RCPT TO:<c@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            C: Subject: a
            C: .
            S: 250 ok

            """
        #expect(try found("smtp.server.no-reply", sent + "wait: 60\nend: client-closed\n") == [.error])
        #expect(try found("smtp.server.no-reply", sent + "wait: 60\nend: server-closed\n") == [.error])
        #expect(try found("smtp.server.no-reply", sent + "wait: 60\nS: 250 ok\n" + Self.quit).isEmpty)
        #expect(try found("smtp.server.no-reply", sent + "end: client-closed\n").isEmpty)
    }
}
