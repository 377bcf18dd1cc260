import Lint
import Testing

@Suite struct TLSHandshakeFailedTests {
    @Test func whoGaveUpAndWhyIsTold() throws {
        let server = try lintFamily(
            "tls.",
            """
            protocol: imap
            tls server start=implicit by=server alert=protocol_version means="The server speaks none of the versions."
            end: unreachable: no TLS with it
            """)
        #expect(
            server.map(\.means.en) == [
                "mailtee and the server did not come to speak TLS: the server gave up with the alert protocol_version. "
                    + "The server speaks none of the versions."
            ])
        let mailtee = try lintFamily(
            "tls.", "protocol: imap\ntls client start=implicit by=mailtee means=\"Too old.\"\n")
        #expect(
            mailtee.map(\.means.en) == ["mailtee and the client did not come to speak TLS: mailtee gave up. Too old."])
    }

    @Test func notWhereMailteePlaysAFault() throws {
        let text = """
            protocol: pop3
            S: +OK
            C: STLS
            S: +OK
            remark: fault hang-in-handshake: mailtee does not answer the client's hello
            tls client by=client means="It hung up."
            end: client-closed
            """
        #expect(try lintFamily("tls.", text).isEmpty)
    }
}
