import Testing

@testable import Lint

@Suite struct MessageCharsetTests {
    private static func found(_ type: String?, _ body: [String], encoding: String? = "8bit", more: [String] = []) throws
        -> [String: Severity]
    {
        let mail = SampleMail.mail(type: type, encoding: encoding, more: more, body: body)
        return try judgeMessage(SampleMail.submitted(mail, parameters: " BODY=8BITMIME SMTPUTF8"))
    }

    @Test func missing() throws {
        #expect(try Self.found("text/plain", ["Caf\\xC3\\xA9"]) == ["msg.charset-missing": .warning])
        #expect(
            try Self.found("text/html", ["caf=C3=A9"], encoding: "quoted-printable") == [
                "msg.charset-missing": .warning
            ])
        #expect(try Self.found(nil, ["\\x1B$B$F$9$H\\x1B(B"], encoding: nil) == ["msg.charset-missing": .warning])
        #expect(try Self.found("text/plain", ["Cafe"]) == [:])
        #expect(try Self.found("text/calendar", ["caf=C3=A9"], encoding: "quoted-printable") == [:])
        // What a log has for a terminal.
        #expect(try Self.found("text/plain", ["\\x1B[31mred\\x1B[0m"]) == [:])
        let file = ["Content-Disposition: attachment; filename=a.txt"]
        #expect(try Self.found("text/plain; name=a.txt", ["Y2Fmw6kK"], encoding: "base64", more: file) == [:])
    }

    @Test func unknown() throws {
        #expect(try Self.found("text/plain; charset=english", ["a"]) == ["msg.charset-unknown": .warning])
        for name in [
            "UTF-8", "\"iso-8859-15\"", "x-sjis", "Windows-31J", "unknown-8bit", "KOI8-U", "cp932", "us-ascii",
        ] {
            #expect(try Self.found("text/plain; charset=\(name)", ["a"]) == [:], "\(name)")
        }
    }

    @Test(arguments: [
        ("utf-8", "Caf\\xE9 am Freitag", Severity.error), ("us-ascii", "Caf\\xC3\\xA9 am Freitag", .error),
        ("iso-2022-jp", "\\x83e\\x83X\\x83g", .error), ("euc-jp", "\\x83e\\x83X\\x83g\\x82\\xC5\\x82\\xB7", .error),
        ("iso-8859-1", "It\\x92s \\x93fine\\x94", .warning),
        ("iso-8859-1", "Caf\\xC3\\xA9, cr\\xC3\\xA8me br\\xC3\\xBBl\\xC3\\xA9e et th\\xC3\\xA9", .warning),
        ("utf-8", "\\x1B$B$3$s$K$A$O\\x1B(B", .warning), ("us-ascii", "\\x1B$B$3$s$K$A$O\\x1B(B", .warning),
    ]) func mismatch(_ charset: String, _ body: String, _ severity: Severity) throws {
        #expect(try Self.found("text/plain; charset=\(charset)", [body]) == ["msg.charset-mismatch": severity])
    }

    @Test(arguments: [
        ("utf-8", "Caf\\xC3\\xA9"), ("iso-8859-1", "Caf\\xE9"), ("windows-1252", "It\\x92s"),
        ("iso-8859-15", "10 \\xA4"),
        ("shift_jis", "\\x83e\\x83X\\x83g"), ("euc-jp", "\\xA5\\xC6\\xA5\\xB9\\xA5\\xC8"),
        ("koi8-r", "\\xF4\\xC5\\xD3\\xD4"),
        ("iso-2022-jp", "\\x1B$B-!$G$9\\x1B(B"), ("gb2312", "\\xB2\\xE2\\xCA\\xD4"), ("big5", "\\xB4\\xFA\\xB8\\xD5"),
        ("unknown-8bit", "Caf\\xE9"), ("utf-8", "$BAR (B) and \\xE2\\x82\\xAC"),
    ]) func isRight(_ charset: String, _ body: String) throws {
        #expect(try Self.found("text/plain; charset=\(charset)", [body]) == [:])
    }

    @Test func aTextThatGoesOnBehindWhatIsKeptIsNotCut() throws {
        // Three bytes a character, so that 64 KiB end within one.
        let line = String(repeating: "\\xE3\\x81\\x82", count: 20)
        let mail = SampleMail.mail(encoding: "8bit", body: [String](repeating: line, count: 1_200))
        let transcript = try RuleTranscript(SampleMail.submitted(mail, parameters: " BODY=8BITMIME"))
        #expect(transcript.lint().findings.filter { $0.rule.hasPrefix("msg.") } == [])
    }

    @Test func twice() throws {
        let body = ["Caf=C3=83=C2=A9 cr=C3=83=C2=A8me br=C3=83=C2=BBl=C3=83=C2=A9e"]
        let found = try Self.found("text/plain; charset=utf-8", body, encoding: "quoted-printable")
        #expect(found == ["msg.double-encoded": .warning])
        #expect(
            try Self.found(
                "text/plain; charset=utf-8", ["Ol\\xC3\\xA9\\xC3\\xA9\\xC3\\xA9! na\\xC3\\xAFve \\xC3\\xA0 la carte"])
                == [:])
    }

    // MARK: ISO-2022-JP

    private static func jis(_ body: [String], charset: String = "iso-2022-jp") throws -> [String: Severity] {
        try found("text/plain; charset=\(charset)", body, encoding: "7bit")
    }

    @Test func escapes() throws {
        #expect(try Self.jis(["\\x1B$B$F$9$H", "\\x1B(Bx"]) == ["msg.iso2022jp-open-escape": .error])
        #expect(try Self.jis(["a", "\\x1B$B$F$9$H\\x1B(B", "\\x1B(I1\\x1B(B"]) == ["msg.iso2022jp-bad-escape": .error])
        #expect(try Self.jis(["\\x1B$B$F$9\\x1B(B$H", "\\x1B$B$F$\\x1B(B"]) == ["msg.iso2022jp-bad-escape": .error])
        #expect(try Self.jis(["\\x1B$(D0!\\x1B(B"]) == ["msg.iso2022jp-bad-escape": .error])
        #expect(try Self.jis(["$B$3$s$K$A$O!\\x22@$3&(B"]) == ["msg.iso2022jp-lost-esc": .warning])
    }

    @Test func escapesAreRight() throws {
        #expect(
            try Self.jis([
                "\\x1B$B$F$9$H\\x1B(B", "\\x1B$@$F$9$H\\x1B(J\\x5C1", "\\x1B(Bx", "", "> \\x1B$B$F$9$H\\x1B(B",
            ]) == [:])
        #expect(try Self.jis(["\\x1B(I1\\x1B(B"], charset: "iso-2022-jp-ms") == [:])
        #expect(try Self.jis(["\\x1B$(D0!\\x1B(B"], charset: "iso-2022-jp-1") == [:])
        #expect(try Self.jis(["US$B or $BAR (Bahrain), $Bfoo(B)"]) == [:])
    }

    // MARK: Headers

    private static func subject(_ text: String, _ parameters: String = " BODY=8BITMIME") throws -> [String: Severity] {
        try judgeMessage(SampleMail.submitted(SampleMail.mail(subject: text), parameters: parameters))
    }

    @Test func rawHeader() throws {
        #expect(try Self.subject("\\x1B$B$F$9$H\\x1B(B") == ["msg.header-raw-jis": .warning])
        #expect(try Self.subject("\\x83e\\x83X\\x83g") == ["msg.header-raw-jis": .error])
        #expect(try Self.subject("Caf\\xC3\\xA9") == ["msg.header-raw-jis": .error])
        #expect(try Self.subject("Caf\\xC3\\xA9", " SMTPUTF8") == [:])
        // Fetched, it may be a message of RFC 6532.
        #expect(try judgeMessage(SampleMail.fetched(SampleMail.mail(subject: "Caf\\xC3\\xA9"))) == [:])
        #expect(
            try judgeMessage(SampleMail.fetched(SampleMail.mail(subject: "Caf\\xE9"))) == ["msg.header-raw-jis": .error]
        )
    }

    @Test(arguments: [
        "=?utf-8?B?6K2w5LqL6Yyy?=Re", "=?utf-8?B?6K2w5LqL6Yyy?==?utf-8?B?6K2w5LqL6Yyy?=", "=?utf-8?Q?Caf=E9?=",
        "=?ISO-2022-JP?B?GyRCJCokRiQ5JEg=?=", "=?nope?B?YWJj?=", "=?utf-8?X?YWJj?=", "=?utf-8?Q?a b?=",
        "=?utf-8?B?6K2w5LqL6Yyy",
        "=?utf-8?B?6K2w5LqL6Yyy6K2w5LqL6Yyy6K2w5LqL6Yyy6K2w5LqL6Yyy6K2w5LqL6Yyy6K2w5LqL6Yyy?=",
    ]) func encodedWordIsWrong(_ text: String) throws {
        #expect(try Self.subject(text) == ["msg.encoded-word": .warning])
    }

    @Test(arguments: [
        "=?ISO-2022-JP?B?GyRCJCokRiQ5JEgbKEI=?=", "Re: =?utf-8?B?6K2w5LqL6Yyy?= and more", "=?utf-8?q?Caf=C3=A9?=",
        "what=?", "a =? b ?= c", "=?utf-8?B?6K2w5LqL6Yyy?= =?utf-8?B?6K2w5LqL6Yyy?=",
    ]) func encodedWordIsRight(_ text: String) throws {
        #expect(try Self.subject(text) == [:])
    }

    @Test func encodedWordInQuotes() throws {
        let mail = SampleMail.mail(to: "\"=?utf-8?B?6K2w5LqL6Yyy?=\" <bob@example.net>")
        #expect(try judgeMessage(SampleMail.submitted(mail)) == ["msg.encoded-word": .warning])
        let right = SampleMail.mail(to: "=?utf-8?B?6K2w5LqL6Yyy?= <bob@example.net>, x@y.example (=?utf-8?B?6K2w?=)")
        #expect(try judgeMessage(SampleMail.submitted(right)) == [:])
    }
}
