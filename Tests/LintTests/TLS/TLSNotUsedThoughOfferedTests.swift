import Lint
import Testing

@Suite struct TLSNotUsedThoughOfferedTests {
    @Test(arguments: [
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: USER a\nS: -ERR not in clear\n",
        "protocol: imap\nS: * PREAUTH [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] in\nC: a SELECT INBOX\nS: a OK\n",
        "protocol: lmtp\nS: 220 mx\nC: LHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: MAIL FROM:<>\nS: 250 ok\n",
        // mailtee speaks TLS with the server, and asks the client for it.
        "protocol: smtp\ntls server\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: MAIL FROM:<>\nS: 250 ok\n",
    ]) func isFound(_ text: String) throws {
        #expect(try lintFamily("tls.", text).map(\.rule) == ["tls.not-used-though-offered"])
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\nC: MAIL FROM:<>\nS: 250 ok\n",
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: RSET\nS: 250 ok\nC: QUIT\nS: 221 bye\n",
        // It came to it late.
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: MAIL FROM:<>\nS: 530 no\n"
            + "C: STARTTLS\nS: 220 go\n",
        // It may have asked where nobody heard it.
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nlost: client 100\n"
            + "C: MAIL FROM:<>\nS: 250 ok\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
