import Conversation
import Testing
import Wire

@testable import Tap

/// Whatever the pieces in which the server's answer comes, the client reads the same.
@Suite struct CapabilityEditorTests {
    @Test func theOfferIsTakenOutOfAnAnswerToEHLO() {
        expect(.remove, .extensions, "250-mx\r\n250-STARTTLS\r\n250 SIZE\r\n", "250-mx\r\n250 SIZE\r\n")
        expect(.remove, .extensions, "250-mx\r\n250-SIZE\r\n250 starttls\r\n", "250-mx\r\n250 SIZE\r\n")
        expect(.remove, .extensions, "250-mx\r\n250 SIZE\r\n", "250-mx\r\n250 SIZE\r\n")
        expect(.remove, .extensions, "550 no\r\n", "550 no\r\n")
        expect(.remove, .extensions, "250-mx\n250-STARTTLS\n250 SIZE\n", "250-mx\n250 SIZE\n")
        // What only begins so is another keyword.
        expect(.remove, .extensions, "250-mx\r\n250 STARTTLSX\r\n", "250-mx\r\n250 STARTTLSX\r\n")
    }

    @Test func theOfferIsPutIntoAnAnswerToEHLO() {
        expect(.add, .extensions, "250-mx\r\n250 SIZE\r\n", "250-mx\r\n250-SIZE\r\n250 STARTTLS\r\n")
        expect(.add, .extensions, "250 mx\r\n", "250-mx\r\n250 STARTTLS\r\n")
        expect(.add, .extensions, "250-mx\r\n250 STARTTLS\r\n", "250-mx\r\n250 STARTTLS\r\n")
        expect(.add, .extensions, "502 what\r\n", "502 what\r\n")
    }

    @Test func theOfferIsTakenOutOfAListing() {
        expect(.remove, .listing, "+OK\r\nTOP\r\nSTLS\r\nUIDL\r\n.\r\n", "+OK\r\nTOP\r\nUIDL\r\n.\r\n", .pop3)
        expect(.add, .listing, "+OK\r\nTOP\r\n.\r\n", "+OK\r\nTOP\r\nSTLS\r\n.\r\n", .pop3)
        expect(.add, .listing, "+OK\r\nSTLS\r\n.\r\n", "+OK\r\nSTLS\r\n.\r\n", .pop3)
    }

    @Test func theOfferIsTakenOutOfIMAPsCapabilities() {
        expect(
            .remove, .atAnyTime, "* CAPABILITY IMAP4rev1 STARTTLS IDLE\r\n", "* CAPABILITY IMAP4rev1 IDLE\r\n", .imap)
        expect(
            .remove, .atAnyTime, "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", "* OK [CAPABILITY IMAP4rev1] hi\r\n",
            .imap)
        expect(.add, .atAnyTime, "* CAPABILITY IMAP4rev1\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\n", .imap)
        expect(.remove, .atAnyTime, "* 1 EXISTS\r\n", "* 1 EXISTS\r\n", .imap)
    }

    @Test func anAnswerWithoutAnEndIsLetGo() {
        let long = String(repeating: "x", count: 20_000)
        expect(.remove, .extensions, "250-\(long)", "250-\(long)", keepsLast: true)
    }

    private func expect(
        _ edit: CapabilityEditor.Edit, _ answer: CapabilityEditor.Answer, _ said: String, _ wanted: String,
        _ dialect: DialectName = .smtp, keepsLast: Bool = false
    ) {
        let bytes = Array(said.utf8)
        for size in [bytes.count, 1, 2, 3, 7] {
            var editor = CapabilityEditor(edit, dialect)
            var passed: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                passed += editor.pass(bytes[start..<min(start + size, bytes.count)], answering: answer)
            }
            if keepsLast { passed += editor.release() }
            #expect(passed.text == wanted, "in pieces of \(size)")
        }
    }
}
