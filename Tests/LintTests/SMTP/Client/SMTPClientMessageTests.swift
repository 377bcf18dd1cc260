import Lint
import Testing

@Suite struct SMTPClientMessageTests {
    typealias Case = SMTPClientCase

    private static func line(_ count: Int) -> String { "C: " + String(repeating: "x", count: count) + "\n" }

    @Test(arguments: [
        Case("unstuffed-dot", Case.sent("C: a\nC: .b\n")),
        // The text goes on behind a dot of its own.
        Case(
            "unstuffed-dot",
            Case.hello + Case.open + "C: a\nC: .\nC: Kind regards,\nC: .\nS: 250 ok\nS: 500 what?\nS: 500 what?\n"),
        Case("lax-end-of-data", Case.sent("C: a\\x0A.\\x0A\\c\nC: b\n")),
        Case("lax-end-of-data", Case.sent("C: a\\x0A.\nC: b\n")),
        Case("lax-end-of-data", Case.sent("C: a\nC: .\\x0A\\c\nC: b\n")),
        // The server took it for the end.
        Case("lax-end-of-data", Case.hello + Case.open + "C: a\\x0A.\\x0A\\c\nS: 250 ok\n" + Case.quit),
        Case("lax-end-of-data", Case.hello + Case.open + "C: a\\x0A.\nS: 250 ok\n" + Case.quit),
        Case("data-line-too-long", Case.sent(line(999))),
        Case("nul-in-data", Case.sent("C: \\x00\n")),
    ]) func isFound(_ a: Case) throws {
        #expect(try a.findings().map(\.rule) == [a.id])
    }

    @Test(arguments: [
        Case("unstuffed-dot", Case.sent("C: ..\nC: ..b\nC: a.\n")),
        Case("unstuffed-dot", Case.sent("C: a\\x0A.\\x0A\\c\nC: b\n")),
        Case(
            "unstuffed-dot",
            Case.hello("PIPELINING") + Case.open + "C: a\nC: .\nC: MAIL FROM:<>\nS: 250 ok\nS: 250 ok\n"),
        Case("unstuffed-dot", Case.sent("C: a\n") + "C: what?\nS: 500 no\n"),
        Case(
            "unstuffed-dot",
            Case.hello("CHUNKING") + Case.mail + Case.rcpt + "C: BDAT 4 LAST\nC: .a\nS: 250 ok\n" + Case.quit),
        Case("lax-end-of-data", Case.sent("C: a\nC: ..\nC: b\n")),
        Case("lax-end-of-data", Case.sent("")),
        // Python's smtplib doubles the dot where it leaves LF alone.
        Case("lax-end-of-data", Case.sent("C: a\\x0A..\\x0A\\c\nC: b\n")),
        Case("data-line-too-long", Case.sent(line(998))),
        Case("data-line-too-long", Case.sent("C: ." + line(997).dropFirst(2).replacing(" ", with: "."))),
        Case("nul-in-data", Case.sent("C: 0\n")),
        Case(
            "nul-in-data",
            Case.hello("CHUNKING", "BINARYMIME") + "C: MAIL FROM:<a@example.com> BODY=BINARYMIME\nS: 250 ok\n"
                + Case.rcpt + "C: BDAT 3 LAST\nC: \\x00\nS: 250 ok\n" + Case.quit),
    ]) func isNone(_ a: Case) throws {
        #expect(try a.findings().isEmpty)
    }
}
