import Dialects
import Testing

@Suite struct TLSServerHelloTests {
    /// The body of the ServerHello that begins what the server says.
    private func body(_ conversation: TLSConversation) throws -> [UInt8] {
        let said = try #require(conversation.turns.first { $0.sender == .server }?.bytes)
        return Array(said.dropFirst(9).prefix(Int(said[7]) << 8 | Int(said[8])))
    }

    @Test func inTLS13() throws {
        let hello = try #require(ServerHello(body: body(.tls13)))
        #expect(hello.version == .tls13)
        #expect(hello.cipherSuite == 0x1302)
        #expect(hello.applicationProtocol == nil)
        #expect(!hello.isHelloRetryRequest)
    }

    @Test func inTLS12() throws {
        let hello = try #require(ServerHello(body: body(.tls12)))
        #expect(hello.version == .tls12)
        #expect(hello.cipherSuite == 0xC02C)
        #expect(hello.applicationProtocol == "pop3")
        #expect(!hello.isHelloRetryRequest)
    }

    @Test func aHelloRetryRequestIsKnown() throws {
        var body = try body(.retried)
        let hello = try #require(ServerHello(body: body))
        #expect(hello.isHelloRetryRequest)
        #expect(hello.version == .tls13)
        body[2 + 31] ^= 1
        #expect(ServerHello(body: body)?.isHelloRetryRequest == false)
    }

    @Test func withoutExtensions() throws {
        let hello = try #require(ServerHello(body: TLSBytes.serverHello(version: 0x0300, suite: 5)))
        #expect(hello.version == .ssl3)
        #expect(hello.cipherSuite == 5)
        #expect(hello.applicationProtocol == nil)
    }

    @Test func aVersionThatIsCutIsNone() throws {
        #expect(ServerHello(body: TLSBytes.serverHello(extensions: [(43, [3])]))?.version == .tls12)
    }

    @Test(arguments: [TLSConversation.tls13, .tls12, .retried])
    func cutAtEachPosition(_ conversation: TLSConversation) throws {
        let body = try body(conversation)
        let fixed = 2 + 32 + 1 + Int(body[34]) + 3
        for count in 0...body.count {
            let hello = ServerHello(body: Array(body.prefix(count)))
            #expect((hello != nil) == (count >= fixed), "\(count) of \(body.count)")
        }
    }
}
