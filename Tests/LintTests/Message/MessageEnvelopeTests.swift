import Testing

@testable import Lint

@Suite struct MessageEnvelopeTests {
    private static let both = ["bob@example.net", "carol@example.org"]

    @Test func blindRecipients() throws {
        func found(_ more: [String], _ to: [String]) throws -> Int {
            try judge("msg.bcc-leak", SampleMail.submitted(SampleMail.mail(more: more), to: to)).count
        }
        #expect(try found(["Bcc: Carol <CAROL@example.org>"], Self.both) == 1)
        #expect(try found(["Apparently-To: carol@example.org"], Self.both) == 1)
        // A copy of its own for her alone may say so.
        #expect(try found(["Bcc: carol@example.org"], ["carol@example.org"]) == 0)
        #expect(try found(["Bcc:"], Self.both) == 0)
        #expect(try judge("msg.bcc-leak", SampleMail.kept(SampleMail.mail(more: ["Bcc: carol@example.org"]))).isEmpty)
    }

    @Test func recipientsOutsideTheHeader() throws {
        func found(_ mail: [String], _ to: [String]) throws -> [Severity] {
            try judge("msg.rcpt-not-in-header", SampleMail.submitted(mail, to: to)).map(\.severity)
        }
        #expect(try found(SampleMail.mail(), Self.both) == [.note])
        #expect(try found(SampleMail.mail(), ["BOB@example.net"]) == [])
        #expect(try found(SampleMail.mail(to: "bob"), ["bob@example.net"]) == [])
        #expect(try found(SampleMail.mail(), ["bob"]) == [])
        #expect(try found(SampleMail.mail(more: ["Resent-To: carol@example.org"]), Self.both) == [])
        #expect(try found(["Received: from a"] + SampleMail.mail(), Self.both) == [])
    }

    @Test func returnPath() throws {
        let mail = ["Return-Path: <alice@example.com>"] + SampleMail.mail()
        #expect(try judge("msg.return-path-present", SampleMail.submitted(mail)).count == 1)
        #expect(try judge("msg.return-path-present", SampleMail.submitted(["Received: from a"] + mail)).isEmpty)
        #expect(try judge("msg.return-path-present", SampleMail.fetched(mail)).isEmpty)
    }

    @Test func senderOfAnotherDomain() throws {
        func found(_ from: String, _ more: [String] = []) throws -> Int {
            try judge("msg.from-vs-envelope", SampleMail.submitted(SampleMail.mail(more: more), from: from)).count
        }
        #expect(try found("web@hosting.example.org") == 1)
        #expect(try found("alice@EXAMPLE.com") == 0)
        #expect(try found("bounce@mail.example.com") == 0)
        #expect(try found("") == 0)
        #expect(try found("list@example.org", ["List-Id: <list.example.org>"]) == 0)
        #expect(try found("web@hosting.example.org", ["Sender: web@hosting.example.org"]) == 0)
        #expect(try found("alice@notexample.com") == 1)
    }

    @Test func eightBitWithoutMIME() throws {
        let id = "smtp.client.body-8bitmime-not-mime"
        func found(_ mail: [String], _ parameters: String) throws -> Int {
            try judge(id, SampleMail.submitted(mail, parameters: parameters)).count
        }
        let bare = SampleMail.mail(version: nil, type: nil, body: ["Caf\\xC3\\xA9"])
        #expect(try found(bare, " BODY=8BITMIME") == 1)
        #expect(try found(bare, "") == 0)
        // Many clients say it of all messages where they may.
        #expect(try found(SampleMail.mail(version: nil, type: nil), " BODY=8BITMIME") == 0)
        #expect(try found(SampleMail.mail(encoding: "8bit", body: ["Caf\\xC3\\xA9"]), " body=8bitmime") == 0)
    }
}

/// What is worth knowing of a message, and the cause where the server refuses it for that.
@Suite struct RefusedMessageTests {
    private func severity(_ id: String, _ mail: [String], _ reply: String) throws -> Severity? {
        let text = SampleMail.submitted(mail).replacing("S: 250 queued", with: "S: \(reply)")
        return try lint(text).first { $0.rule == id }?.severity
    }

    @Test func aSenderThatIsNotTheAccounts() throws {
        let other = SampleMail.mail(from: "root <root@nas.local>")
        let near = SampleMail.mail(from: "Root <root@example.com>")
        let id = "msg.from-vs-envelope"
        #expect(try severity(id, other, "250 queued") == .note)
        #expect(try severity(id, other, "554 5.0.0 unknown sender address") == .warning)
        #expect(try severity(id, other, "550 5.7.60 not allowed to send as this sender") == .warning)
        #expect(try severity(id, other, "554 5.7.1 spam") == .note)
        #expect(try severity(id, near, "250 queued") == nil)
        #expect(try severity(id, near, "550 From header does not match an identity of the account") == .warning)
        #expect(try severity(id, SampleMail.mail(), "550 sender rejected") == nil)
    }

    @Test func aProgramInIt() throws {
        func mail(_ name: String) -> [String] {
            SampleMail.mail(type: "application/octet-stream; name=\"\(name)\"", encoding: "base64", body: ["QGVjaG8="])
        }
        let id = "msg.executable-attachment"
        #expect(try severity(id, mail("a.BAT"), "250 queued") == .note)
        #expect(try severity(id, mail("a.exe"), "552 5.7.0 blocked because of its content") == .warning)
        #expect(try severity(id, mail("a.exe"), "550 5.1.1 no such user") == .note)
        #expect(try severity(id, mail("a.pdf"), "552 5.7.0 blocked because of its content") == nil)
        #expect(try severity(id, mail("exe"), "552 5.7.0 blocked because of its content") == nil)
    }
}
