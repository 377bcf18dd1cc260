import Lint
import Testing

@Suite struct TLSServerDataAfterOKTests {
    @Test(arguments: [
        "protocol: pop3\nS: +OK\nC: STLS\nS: +OK\nS: +OK injected\ntls client\nC: QUIT\nS: +OK\n",
        "protocol: imap\nS: * OK\nC: a STARTTLS\nS: a OK\nS: * BYE injected\ntls client\nC: c LOGOUT\nS: c OK\n",
        "protocol: smtp\nS: 220 mx\nC: STARTTLS\nS: 220 go\nS: 250 injected\\c\ntls client\nC: QUIT\nS: 221 bye\n",
        // It could not begin what it had agreed to: one cause.
        """
        protocol: smtp
        S: 220 mx
        C: STARTTLS
        S: 220 go
        S: 500 injected no TLS here
        tls server by=mailtee means="It spoke in clear where its handshake should have been."
        end: unreachable: no TLS with it
        """,
    ]) func isFound(_ text: String) throws {
        let findings = try lintFamily("tls.", text)
        #expect(findings.map(\.rule) == ["tls.server-data-after-ok"])
        #expect(findings.allSatisfy { $0.means.en.contains("injected") })
    }

    @Test(arguments: ["inject-response", "answer-in-clear"]) func notWhatMailteeSaid(_ fault: String) throws {
        let text = """
            protocol: smtp
            S: 220 mx
            C: STARTTLS
            remark: fault \(fault): mailtee did so
            S: 220 go
            S: 500 5.5.1 said in clear by mailtee
            tls client by=client means="It hung up."
            end: client-closed
            """
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
