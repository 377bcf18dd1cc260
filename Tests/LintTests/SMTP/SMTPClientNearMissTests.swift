import Lint
import Testing

/// What looks like a fault of some later rules and is none.
@Suite struct SMTPClientNearMissTests {
    private static let begin = """
        protocol: smtp
        tls server start=implicit
        tls client start=implicit
        S: 220 mx.example.com ESMTP
        C: EHLO client.example.com
        S: 250-mx.example.com
        S: 250 AUTH PLAIN LOGIN

        """

    @Test(arguments: [
        // Commands that come along with the login (RFC 4954 §4 lets them).
        "C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»\nC: MAIL FROM:<a@example.com>\nS: 235 ok\nS: 250 ok",
        "C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»\nS: 535 no\nC: AUTH PLAIN «AGFsaWNlAHNlY3JldHM=»\nS: 535 no",
        "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: «YWxpY2U=»\nS: 334 UGFzc3dvcmQ6\nC: «c2VjcmV0»\nS: 235 ok",
        // Both steps at once, which another rule tells of.
        "C: AUTH LOGIN\nC: «YWxpY2U=»\nC: «c2VjcmV0»\nS: 334 VXNlcm5hbWU6\nS: 334 UGFzc3dvcmQ6\nS: 235 ok",
    ]) func notWrapped(_ rest: String) throws {
        #expect(try lintAlone("smtp.client.auth-wrapped", Self.begin + rest).isEmpty)
    }

    @Test func wrappedInAStep() throws {
        let long = String(repeating: "YWFh", count: 19)
        let text = Self.begin + "C: AUTH PLAIN\nS: 334 \nC: «\(long)»\nC: «YWFh»\nS: 535 no\nS: 500 what"
        #expect(try lintAlone("smtp.client.auth-wrapped", text).count == 1)
    }

    @Test(arguments: [
        "C: \\x16\\x03\\x01\\x00\\x05hello\\c\nS: 500 what",
        "C: NOOP \\x01\nS: 250 ok",
    ]) func noNULInText(_ rest: String) throws {
        #expect(try lintAlone("smtp.client.nul-in-command", Self.begin + rest).isEmpty)
    }

    @Test(arguments: ["4294967294", "429496729", ""]) func sizesThatMayBe(_ size: String) throws {
        let text = Self.begin + "C: MAIL FROM:<a@example.com> SIZE=\(size)\nS: 552 no"
        #expect(try lintAlone("smtp.client.size-unknown", text).isEmpty)
    }

    @Test(arguments: [
        ("250-SIZE 1000\nS: 250 PIPELINING", 0),
        // Who may pipeline need not have read what came already.
        ("250 SIZE 1000", 1),
    ]) func repliesOfLMTP(_ offer: String, _ count: Int) throws {
        let text = """
            protocol: lmtp
            S: 220 store.example.com LMTP
            C: LHLO client.example.com
            S: 250-store.example.com
            S: \(offer)
            C: MAIL FROM:<a@example.com>
            S: 250 ok
            C: RCPT TO:<b@example.net>
            S: 250 ok
            C: RCPT TO:<c@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            C: Subject: hello
            C: 
            C: .
            S: 250 for b
            C: NOOP
            S: 250 for c
            S: 250 ok
            """
        #expect(try lintAlone("smtp.client.lmtp-one-reply", text).count == count)
    }
}
