import Postbox
import Testing
import Wire

@Suite struct POP3ServiceTests {
    /// A message that came in chunks need not end with CRLF; its end is CRLF `.` CRLF all the same (RFC 1939 §3).
    @Test(arguments: ["a\n", "a", "a\r\n", ""]) func aMessageEnds(_ message: String) throws {
        let mailbox = Mailbox()
        mailbox.add(Array(message.utf8))
        var service = POP3Service(mailbox: mailbox, hostname: "mx")
        _ = service.received(Array("USER a\r\nPASS b\r\n".utf8).span)
        let answer = service.received(Array("RETR 1\r\n".utf8).span)
        let body = Array(answer[try #require(answer.firstIndex(of: Byte.lf)).advanced(by: 1)...])
        var end = DotEnd()
        #expect(end.scan(body.span, from: 0) == body.count)
    }
}
