import Lint
import Testing

/// A hello that a server forgets, or does not want to hear twice.
@Suite struct SMTPServerHelloTests {
    private static let begin = """
        protocol: smtp
        S: 220 mx.example.com ESMTP
        C: EHLO client.example.com
        S: 250-mx.example.com
        S: 250 STARTTLS

        """

    @Test(arguments: [
        // Who begins TLS has to say it again (RFC 3207 §4.2).
        """
        C: STARTTLS
        S: 220 go
        tls client
        tls server
        C: MAIL FROM:<alice@example.com>
        S: 503 EHLO first
        """,
        "C: MAIL FROM:<alice@example.com>\nS: 503 say AUTH first, then EHLO",
        "C: MAIL FROM:<alice@example.com>\nS: 550 we do not like your EHLO name",
    ]) func notForgotten(_ rest: String) throws {
        #expect(try lintAlone("smtp.server.hello-forgotten", Self.begin + rest).isEmpty)
    }

    @Test(arguments: [
        "C: EHLO client.example.com\nS: 501 bad name",
        "C: NOOP\nS: 503 no",
        """
        C: STARTTLS
        S: 220 go
        tls client
        tls server
        C: EHLO client.example.com
        S: 503 no
        """,
    ]) func notRefusedForBeingTheSecond(_ rest: String) throws {
        #expect(try lintAlone("smtp.server.hello-again-refused", Self.begin + rest).isEmpty)
    }

    @Test(arguments: [
        // It answers the first.
        "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nS: 250 ok\nwait: 120\nend: client-closed",
        "C: MAIL FROM:<a@example.com>\nC: RCPT TO:<b@example.net>\nwait: 20\nend: client-closed",
        "C: MAIL FROM:<a@example.com>\nwait: 120\nend: client-closed",
    ]) func repliesNotHeldBack(_ rest: String) throws {
        let begin = Self.begin.replacing("STARTTLS", with: "PIPELINING")
        #expect(try lintAlone("smtp.server.replies-held", begin + rest).isEmpty)
    }
}
