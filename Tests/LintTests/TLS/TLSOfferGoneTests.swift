import Lint
import Testing

@Suite struct TLSOfferGoneTests {
    @Test(arguments: [
        "protocol: smtp\nearlier: TLS offered\nS: 220 mx\nC: EHLO a\nS: 502 what\nC: HELO a\nS: 250 mx\n",
        "protocol: pop3\nearlier: TLS offered\nS: +OK\nC: CAPA\nS: +OK\nS: TOP\nS: .\n",
        "protocol: imap\nearlier: TLS offered\nS: * OK [CAPABILITY IMAP4rev2 LOGINDISABLED] ready\n",
    ]) func isFound(_ text: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.offer-gone"])
        #expect(findings.allSatisfy { $0.place.bytes?.direction == .server })
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\n",
        "protocol: smtp\nearlier: TLS offered\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\n",
        "protocol: smtp\nearlier: TLS offered\ntls client start=implicit\nS: 220 mx\nC: EHLO a\nS: 250 mx\n",
        // It may have been listed where nobody heard it.
        "protocol: smtp\nearlier: TLS offered\nS: 220 mx\nC: EHLO a\nlost: server 20\nS: 250 SIZE 1\n",
        // mailtee took it out, and the client used TLS all the same.
        """
        protocol: pop3
        earlier: TLS offered
        S: +OK
        C: CAPA
        remark: fault strip-announcement: mailtee took the server's offer of TLS out of its answer
        S: +OK
        S: TOP
        S: .
        """,
        "protocol: pop3\nearlier: TLS offered\nS: +OK\nC: CAPA\nS: +OK\nS: TOP\nS: .\nC: STLS\nS: +OK\ntls client\n",
    ]) func isNone(_ text: String) throws {
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
