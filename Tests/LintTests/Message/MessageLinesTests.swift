import Testing

@testable import Lint

@Suite struct MessageLinesTests {
    private static let long = String(repeating: "x", count: 999)

    @Test func lengthOfLines() throws {
        let mail = SampleMail.mail(body: [Self.long, Self.long])
        let found = try judge("msg.line-over-998", SampleMail.kept(mail))
        #expect(found.count == 1)
        #expect(found.first?.means.en.contains("has 999") == true)
        // The client is told so in an SMTP conversation.
        #expect(try judge("msg.line-over-998", SampleMail.submitted(mail)).isEmpty)
        #expect(try judge("msg.line-over-78", SampleMail.submitted(mail)).map(\.severity) == [.note])
        #expect(try judge("msg.line-over-78", SampleMail.fetched(mail)).isEmpty)
        let japanese = SampleMail.mail(encoding: "8bit", body: [String(repeating: "\\xE3\\x81\\x82", count: 30)])
        #expect(try judge("msg.line-over-78", SampleMail.submitted(japanese, parameters: " BODY=8BITMIME")).isEmpty)
    }

    @Test func bareLineEnds() throws {
        func found(_ body: [String]) throws -> Int {
            try judge("msg.bare-cr-lf", SampleMail.kept(SampleMail.mail(body: body))).count
        }
        #expect(try found(["a\\x0Db"]) == 1)
        #expect(try found(["a\\x0A\\c", "b"]) == 1)
        #expect(try found(["a\\x0A\\c", "b\\x0Dc"]) == 1)
        #expect(try found(["a", "", "b"]) == 0)
    }

    @Test func aFileWithLFIsNoFault() throws {
        func found(_ text: String) -> [String] {
            var lint = MessageLint()
            let bytes = Array(text.utf8)
            lint.received(bytes.span)
            return lint.finish().findings.map(\.rule)
        }
        let mail = SampleMail.mail()
        #expect(found(mail.joined(separator: "\n") + "\n") == [])
        #expect(found(mail.joined(separator: "\r\n") + "\r\n") == [])
        #expect(found(mail.joined(separator: "\r\n") + "\nmore\r\n") == ["msg.bare-cr-lf"])
    }

    @Test func nul() throws {
        func found(_ mail: [String]) throws -> Int { try judge("msg.nul", SampleMail.collected(mail)).count }
        #expect(try found(SampleMail.mail(body: ["a\\x00b\\x00"])) == 1)
        #expect(try found(SampleMail.mail(encoding: "binary", body: ["a\\x00b"])) == 0)
        #expect(try found(SampleMail.mail(body: ["a=00b"])) == 0)
        // The server is told so in IMAP.
        #expect(try judge("msg.nul", SampleMail.kept(SampleMail.mail(body: ["a\\x00b"]))).isEmpty)
    }

    @Test func finalLineEnd() throws {
        #expect(
            try judge("msg.not-final-crlf", SampleMail.kept(SampleMail.mail(body: ["a\\c"]))).map(\.severity) == [.note]
        )
        #expect(try judge("msg.not-final-crlf", SampleMail.submitted(SampleMail.mail())).isEmpty)
    }
}
