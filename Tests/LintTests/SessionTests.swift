import Lint
import Testing

/// All rules together.
@Suite struct SessionTests {
    @Test(arguments: [
        """
        protocol: smtp
        earlier: TLS offered
        S: 220 mx.example.com
        C: EHLO client.example.com
        S: 250-mx.example.com
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go ahead
        tls server verification=verified names=mx.example.com
        tls client names=mx.example.com
        C: EHLO client.example.com
        S: 250-mx.example.com
        S: 250 AUTH PLAIN LOGIN
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: «YWxpY2U=»
        S: 334 UGFzc3dvcmQ6
        C: «c2VjcmV0»
        S: 235 in
        C: MAIL FROM:<alice@example.com>
        S: 250 ok
        C: RCPT TO:<bob@example.com>
        S: 250 ok
        C: DATA
        S: 354 go
        C: From: alice@example.com
        C: To: bob@example.com
        C: Date: Tue, 4 Mar 2025 10:20:30 +0900
        C: Message-ID: <1@example.com>
        C: 
        C: hello
        C: .
        S: 250 ok
        C: QUIT
        S: 221 bye
        end: client-closed
        """,
        """
        protocol: pop3
        earlier: TLS offered
        S: +OK ready
        C: CAPA
        S: +OK
        S: STLS
        S: .
        C: STLS
        S: +OK begin
        tls server verification=verified
        tls client
        C: CAPA
        S: +OK
        S: SASL PLAIN
        S: USER
        S: .
        C: AUTH PLAIN
        S: +
        C: «AGFsaWNlAHNlY3JldA==»
        S: +OK in
        C: STAT
        S: +OK 0 0
        C: QUIT
        S: +OK bye
        end: client-closed
        """,
        """
        protocol: imap
        earlier: TLS offered
        S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
        C: a1 STARTTLS
        S: a1 OK begin
        tls server verification=verified
        tls client
        C: a2 CAPABILITY
        S: * CAPABILITY IMAP4rev2 AUTH=PLAIN
        S: a2 OK
        C: a3 AUTHENTICATE PLAIN
        S: + 
        C: «AGFsaWNlAHNlY3JldA==»
        S: a3 OK [CAPABILITY IMAP4rev2] in
        C: a4 SELECT INBOX
        S: * 0 EXISTS
        S: * OK [UIDVALIDITY 1]
        S: * OK [UIDNEXT 1]
        S: * FLAGS (\\Seen)
        S: * OK [PERMANENTFLAGS (\\Seen)]
        S: * LIST () "/" INBOX
        S: a4 OK
        C: a5 LOGOUT
        S: * BYE
        S: a5 OK
        end: client-closed
        """,
        """
        protocol: imap
        tls server start=implicit verification=verified
        tls client start=implicit
        S: * OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] ready
        C: a1 LOGIN alice «secret»
        S: a1 OK in
        C: a2 LOGOUT
        S: * BYE
        S: a2 OK
        end: client-closed
        """,
        // The server's own leg speaks TLS, the client's is in clear as the user asked.
        """
        protocol: pop3
        tls server start=implicit verification=verified
        S: +OK ready
        C: CAPA
        S: +OK
        S: USER
        S: .
        C: USER alice
        S: +OK
        C: PASS «secret»
        S: +OK
        C: QUIT
        S: +OK bye
        end: client-closed
        """,
        // TLS that mailtee cannot look into.
        """
        protocol: smtp
        S: 220 mx.example.com
        C: EHLO client.example.com
        S: 250-mx.example.com
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        C: \\x16\\x03\\x01\\x00\\x05hello\\c
        S: \\x16\\x03\\x03\\x00\\x05hello\\c
        end: client-closed
        """,
    ]) func isClean(_ text: String) throws {
        #expect(try lint(text).map(\.rule) == [])
    }

    /// Nothing of this is a session as it should be; all of it is heard, and the same however it is cut.
    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func aSessionWithAnyPartMissingIsHeard(_ id: String) throws
    {
        let rule = try #require(Catalogue.rule(id))
        for text in [rule.about.violating, rule.about.conforming] {
            let transcript = try RuleTranscript(text)
            for index in transcript.steps.indices {
                var without = transcript
                without.steps.remove(at: index)
                let isSame = without.lint(rules: [rule]) == without.lint(rules: [rule]) { $0.map { [$0] } }
                #expect(isSame, "\(id) without step \(index)")
            }
            // All rules together, without what the first of both sides said.
            var without = transcript
            without.steps.removeFirst(min(1, without.steps.count))
            #expect(without.lint() == without.lint { $0.map { [$0] } }, "\(id)")
        }
    }
}
