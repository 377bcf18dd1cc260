import Conversation
import Dialects
import Testing

/// What of a message a literal is.
@Suite struct IMAPFetchTests {
    private struct Starts: ConversationSink {
        var starts: [MessageStart] = []
        mutating func messageBegan(_ message: MessageStart) { starts.append(message) }
    }

    @Test(arguments: [
        ("BODY[]", false, true), ("RFC822", false, true), ("BODY[]<0>", true, true), ("BODY[]<7>", true, false),
        ("BODY[HEADER]", true, true), ("BODY[TEXT]", true, false), ("BODY[1.MIME]", true, true),
        ("BODY[1.2]", true, false),
        ("RFC822.HEADER", true, true), ("RFC822.TEXT", true, false), ("BINARY[]", true, true),
        ("BINARY[1]", true, false),
        ("BODY[HEADER.FIELDS (SUBJECT)]", true, true), ("BODY[1.TEXT]", true, false),
    ])
    func whatASectionIs(_ item: String, _ isPart: Bool, _ hasHeader: Bool) {
        var machine = IMAPMachine()
        var starts = Starts()
        let bytes = Array("* PREAUTH\r\n* 1 FETCH (UID 1 \(item) {1}\r\na)\r\n".utf8)
        machine.received(bytes.span, from: .server, at: Timestamp(nanoseconds: 0), into: &starts)
        #expect(starts.starts.map(\.partial) == [isPart])
        #expect(starts.starts.map(\.hasHeader) == [hasHeader])
    }

    /// As fetchmail does.
    @Test(arguments: [
        (["1 FETCH (RFC822.HEADER {1}\r\na)", "1 FETCH (BODY[TEXT] {1}\r\nb)"], [false, true]),
        (["1 FETCH (BODY[HEADER] {1}\r\na BODY[TEXT] {1}\r\nb)"], [false, true]),
        (["1 FETCH (BODY[HEADER] {1}\r\na)", "2 FETCH (BODY[TEXT] {1}\r\nb)"], [false, false]),
        (["1 FETCH (BODY[HEADER] {1}\r\na)", "1 EXPUNGE", "1 FETCH (BODY[TEXT] {1}\r\nb)"], [false, false]),
        (["1 FETCH (BODY[HEADER] {1}\r\na)", "1 FETCH (BODY[TEXT]<0> {1}\r\nb)"], [false, false]),
        (["1 FETCH (BODY[TEXT] {1}\r\nb)", "1 FETCH (BODY[HEADER] {1}\r\na)"], [false, false]),
    ])
    func aHeaderAndItsBody(_ responses: [String], _ completes: [Bool]) {
        var machine = IMAPMachine()
        var starts = Starts()
        let bytes = Array((["PREAUTH"] + responses).map { "* \($0)\r\n" }.joined().utf8)
        machine.received(bytes.span, from: .server, at: Timestamp(nanoseconds: 0), into: &starts)
        #expect(starts.starts.map(\.completesHeader) == completes)
    }
}
