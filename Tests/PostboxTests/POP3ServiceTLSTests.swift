import Postbox
import Testing
import Wire

/// The embedded server and STLS (RFC 2595 §4).
@Suite struct POP3ServiceTLSTests {
    @Test func whatIsSaidBeforeTLSCountsForNothingInside() {
        var service = POP3Service(mailbox: Mailbox(), hostname: "pop", offersTLS: true)
        func say(_ text: String) -> String { service.received(Array(text.utf8).span).text }
        #expect(say("CAPA\r\n").contains("STLS\r\n"))
        #expect(say("USER a\r\nSTLS\r\nPASS evil\r\n").hasSuffix("+OK begin TLS\r\n"))
        #expect(service.awaitsTLS)
        service.secured()
        #expect(say("STAT\r\n").hasPrefix("-ERR"))
        #expect(!say("CAPA\r\n").contains("STLS"))
        #expect(say("STLS\r\n").hasPrefix("-ERR"))
    }

    @Test func tlsIsNotBegunAfterTheLogin() {
        var service = POP3Service(mailbox: Mailbox(), hostname: "pop", offersTLS: true)
        #expect(service.received(Array("USER a\r\nPASS b\r\nSTLS\r\n".utf8).span).text.contains("-ERR STLS"))
    }
}
