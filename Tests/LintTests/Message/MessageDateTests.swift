import Testing

@testable import Lint

@Suite struct MessageDateTests {
    private static func found(_ date: String) throws -> [String: Severity] {
        try judgeMessage(SampleMail.submitted(SampleMail.mail(date: date)))
    }

    @Test(arguments: [
        ("yesterday", "msg.date-syntax", Severity.error),
        ("", "msg.date-syntax", .error),
        ("2025/03/04 10:20:30", "msg.date-syntax", .error),
        ("Tue Mar  4 10:20:30 2025", "msg.date-syntax", .error),
        ("Tue, 4 Mar 2025 10:20:30 +9", "msg.date-syntax", .error),
        ("Tuesday, 4 March 2025 10:20:30 +0900", "msg.date-syntax", .warning),
        ("Di, 4 Mar 2025 10:20:30 +0100", "msg.date-syntax", .warning),
        ("Thu, 18 Dec 97 13:40:48 +0900", "msg.date-two-digit-year", .warning),
        ("Tue, 4 Mar 25 10:20:30 +0900", "msg.date-two-digit-year", .error),
        ("Tue, 4 Mar 125 10:20:30 +0900", "msg.date-two-digit-year", .error),
        ("Tue, 4 Mar 2025 10:20:30 GMT", "msg.date-obsolete-zone", .warning),
        ("Tue, 4 Mar 2025 10:20:30 JST", "msg.date-obsolete-zone", .warning),
        ("Tue, 4 Mar 2025 10:20:30 Z", "msg.date-obsolete-zone", .warning),
        ("Tue, 4 Mar 2025 10:20:30", "msg.date-obsolete-zone", .warning),
        ("Wed, 4 Mar 2025 10:20:30 +0900", "msg.date-weekday", .warning),
        ("30 Feb 2025 10:20:30 +0900", "msg.date-impossible", .error),
        ("Tue, 4 Mar 2025 24:20:30 +0900", "msg.date-impossible", .error),
        ("Tue, 4 Mar 2025 10:20:30 +0960", "msg.date-impossible", .error),
    ]) func isFound(_ date: String, _ id: String, _ severity: Severity) throws {
        #expect(try Self.found(date) == [id: severity])
    }

    @Test(arguments: [
        "Tue, 4 Mar 2025 10:20:30 +0900", "Tue,  4 Mar 2025 10:20:30 +0900 (JST)", "4 Mar 2025 10:20 -0000",
        "Tue, 04 Mar 2025 10:20:30 +0000 (UTC)", "Sat, 29 Feb 2020 23:59:60 +1400", "Tue, 4 Mar 2025 01:20:30 -0330",
    ]) func isNone(_ date: String) throws {
        #expect(try Self.found(date) == [:])
    }

    @Test func skewIsTheSubmittersOnly() throws {
        let mail = SampleMail.mail()
        func found(_ mail: [String], _ wait: Int) throws -> Int {
            try judge("msg.date-skew", SampleMail.submitted(mail, wait: wait)).count
        }
        #expect(try found(mail, 1_741_051_230 + 90_000) == 1)
        #expect(try found(mail, 1_741_051_230 - 90_000) == 1)
        #expect(try found(mail, 1_741_051_230 + 80_000) == 0)
        #expect(try found(["Received: from a"] + mail, 1_764_000_000) == 0)
        #expect(try judge("msg.date-skew", SampleMail.submitted(mail)).isEmpty)
    }
}
