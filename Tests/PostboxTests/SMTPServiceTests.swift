import Postbox
import Testing
import Wire

/// The embedded server and chunks (RFC 3030).
@Suite struct SMTPServiceTests {
    /// The codes of the answers to what a client says at once, and what the mailbox holds then.
    private func say(_ text: String) -> (codes: [String], messages: [String]) {
        let mailbox = Mailbox()
        var service = SMTPService(mailbox: mailbox, hostname: "mx")
        let answer = service.received(Array(text.utf8).span).text
        let last = answer.split(separator: "\r\n").filter { $0.dropFirst(3).first != "-" }
        return (last.map { String($0.prefix(3)) }, mailbox.entries().map(\.bytes.text))
    }

    private static let envelope = "EHLO a\r\nMAIL FROM:<a@a>\r\nRCPT TO:<b@b>\r\n"
    private static let envelopeCodes = ["250", "250", "250"]

    /// RFC 3207 §4.2: what stands behind STARTTLS in clear is thrown away, and what was said before counts no more.
    @Test func whatIsSaidBeforeTLSCountsForNothingInside() {
        var service = SMTPService(mailbox: Mailbox(), hostname: "mx", offersTLS: true)
        func say(_ text: String) -> String { service.received(Array(text.utf8).span).text }
        #expect(say("EHLO a\r\n").contains("250-STARTTLS\r\n"))
        #expect(say("STARTTLS now\r\n").hasPrefix("501 "))
        #expect(say("STARTTLS\r\nMAIL FROM:<evil@example>\r\n").hasPrefix("220 "))
        #expect(service.awaitsTLS)
        service.secured()
        #expect(!service.awaitsTLS)
        #expect(say("RCPT TO:<b@b>\r\n").hasPrefix("503 "))
        #expect(say("MAIL FROM:<a@a>\r\n").hasPrefix("503 "), "EHLO has to be said again")
        #expect(!say("EHLO a\r\n").contains("STARTTLS"))
        #expect(say("STARTTLS\r\n").hasPrefix("502 "))
    }

    @Test func tlsThatIsNotOfferedIsRefused() {
        #expect(say("EHLO a\r\nSTARTTLS\r\nNOOP\r\n").codes == ["250", "502", "250"])
    }

    @Test func aChunkThatIsRefusedIsReadAllTheSame() {
        let (codes, messages) = say("EHLO a\r\nBDAT 6\r\nQUIT\r\nNOOP\r\n")
        #expect(codes == ["250", "503", "250"])
        #expect(messages.isEmpty)
    }

    @Test func aChunkThatIsRefusedIsNoPartOfTheNextMessage() {
        let (codes, messages) = say("EHLO a\r\nBDAT 3\r\nabcMAIL FROM:<a@a>\r\nRCPT TO:<b@b>\r\nBDAT 3 LAST\r\nxyz")
        #expect(codes == ["250", "503", "250", "250", "250"])
        #expect(messages == ["xyz"])
    }

    @Test func dataDoesNotGoOnWithChunks() {
        let (codes, messages) = say(Self.envelope + "BDAT 3\r\nabcDATA\r\nBDAT 3 LAST\r\nxyz")
        #expect(codes == Self.envelopeCodes + ["250", "503", "250"])
        #expect(messages == ["abcxyz"])
    }

    @Test func aDotAfterABareLineFeedIsKept() {
        let (codes, messages) = say(Self.envelope + "DATA\r\na\n.\r\nb\r\n.\r\n")
        #expect(codes == Self.envelopeCodes + ["354", "250"])
        #expect(messages == ["a\n\r\nb\r\n"])
    }
}
