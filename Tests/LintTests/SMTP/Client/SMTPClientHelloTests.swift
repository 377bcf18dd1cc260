import Lint
import Testing

@Suite struct SMTPClientHelloTests {
    typealias Case = SMTPClientCase

    private static func hello(_ argument: String, _ verb: String = "EHLO") -> String {
        Case.greeted + "C: \(verb) \(argument)\nS: 250 mx.example.com\n" + Case.quit
    }

    @Test(arguments: [
        Case("helo-not-fqdn", hello("MYPC")),
        Case("helo-not-fqdn", hello("localhost", "HELO")),
        Case("helo-bad-name", hello("my_pc")),
        Case("helo-bad-name", hello("mail.example.com.")),
        Case("helo-bad-name", hello("-a.example.com")),
        Case("helo-bad-name", hello("caf\\xC3\\xA9.example.com")),
        Case("helo-bad-name", hello(String(repeating: "a.", count: 127) + "com")),
        Case("helo-bad-name", Case.greeted + "C: EHLO\nS: 501 who?\n"),
        Case("helo-bad-name", hello("<c.example.com>")),
        Case("helo-bare-ip", hello("192.0.2.1")),
        Case("helo-bare-ip", hello("2001:db8::1")),
        Case("helo-bad-literal", hello("[192.0.2.256]")),
        Case("helo-bad-literal", hello("[192.0.2]")),
        Case("helo-bad-literal", hello("[192.0.2.1")),
        Case("helo-bad-literal", hello("[]")),
        Case("helo-bad-literal", hello("[IPv6:2001:db8::1::2]")),
        Case("helo-bad-literal", hello("[IPv6:192.0.2.1]")),
        Case("helo-bad-literal", hello("[x400:c=us]")),
        Case("helo-literal-in-helo", hello("[192.0.2.1]", "HELO")),
        Case("helo-extra-args", hello("c.example.com (1.2.3.4)")),
        Case("helo-first", hello("c.example.com", "helo")),
        Case("no-hello", Case.greeted + "C: RSET\nS: 250 ok\n" + Case.mail),
        Case("no-hello", Case.greeted + "C: MAIL FROM:<>\nS: 503 hello first\n"),
        Case("pregreet", "protocol: smtp\nC: HELO a.example.com\nS: 220-mx\nS: 220 hi\nS: 250 mx\n"),
        // In the middle of the greeting.
        Case("pregreet", "protocol: smtp\nC: EHLO a.example.com\nS: 554 synchronization error\n"),
        Case("pregreet", "protocol: smtp\nS: 220-mx\nC: HELO a.example.com\nS: 220 hi\nS: 250 mx\n"),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        Case("helo-not-fqdn", hello("c.example.com")),
        Case("helo-not-fqdn", hello("my_pc")),
        Case("helo-not-fqdn", hello("[127.0.0.1]")),
        Case("helo-bad-name", hello("3com.example.com")),
        Case("helo-bad-name", hello("xn--caf-dma.example.com")),
        Case("helo-bad-name", hello("192.0.2.1")),
        Case("helo-bad-name", hello("[x")),
        Case("helo-bare-ip", hello("[192.0.2.1]")),
        Case("helo-bare-ip", hello("192.0.2.1.example.com")),
        Case("helo-bad-literal", hello("[127.0.0.1]")),
        Case("helo-bad-literal", hello("[IPv6:::1]")),
        Case("helo-bad-literal", hello("[ipv6:2001:db8::192.0.2.1]")),
        Case("helo-literal-in-helo", hello("[192.0.2.1]")),
        Case("helo-extra-args", hello("c.example.com\\x20")),
        Case("helo-first", Case.helo + Case.quit),
        Case("helo-first", "protocol: smtp\nlost: client 30\nS: 220 mx\nC: HELO c.example.com\nS: 250 mx\n"),
        Case("no-hello", Case.hello + Case.mail),
        Case("no-hello", Case.helo + Case.mail),
        // One that begins in the middle.
        Case("no-hello", "protocol: smtp\nS: 250 ok\n" + Case.mail),
        Case("no-hello", "protocol: smtp\n" + Case.mail + Case.rcpt),
        // Heard from one side only.
        Case(
            "no-hello", "protocol: smtp\nC: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nend: client-closed\n"
        ),
        Case("pregreet", "protocol: smtp\nC: STARTTLS\nS: 220 go\n"),
        Case("pregreet", "protocol: smtp\n" + Case.mail + Case.rcpt),
        Case("pregreet", "protocol: smtp\nC: \\x16\\x03\\x01\nS: 220 mx\nS: 500 what?\n"),
        Case("bare-lf", "protocol: smtp\nS: 220 mx\nC: \\x16\\x03\\x01\\x0A\\c\nS: 500 what?\n"),
        // Agreed on with Exim in an earlier session.
        Case(
            "pregreet",
            "protocol: smtp\nC: EHLO a.example.com\nS: 220 mx\nS: 250-mx\nS: 250-PIPELINING\nS: 250 PIPECONNECT\n"),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }
}
