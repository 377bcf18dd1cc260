import Dialects
import Testing

/// What tshark reads in the same bytes.
@Suite struct TLSClientHelloTests {
    private func hello(_ extensions: [(type: UInt16, content: [UInt8])]?) throws -> ClientHello {
        try #require(ClientHello(body: TLSBytes.clientHello(extensions: extensions)))
    }

    @Test func inTLS13() throws {
        let hello = try #require(TLSConversation.tls13.clientHello)
        #expect(hello.legacyVersion == .tls12)
        #expect(hello.versions == [.tls13, .tls12])
        #expect(hello.highestVersion == .tls13)
        #expect(
            hello.cipherSuites == [
                0x1302, 0x1303, 0x1301, 0xC02C, 0xC030, 0xC02B, 0xC02F, 0xCCA9, 0xCCA8, 0xC024, 0xC028, 0xC023, 0xC027,
                0x009F, 0x009E, 0x006B, 0x0067, 0x00FF,
            ])
        #expect(hello.serverName == "mx.example.org")
        #expect(hello.applicationProtocols == ["smtp", "h2"])
    }

    @Test func inTLS12() throws {
        let hello = try #require(TLSConversation.tls12.clientHello)
        #expect(hello.legacyVersion == .tls12)
        #expect(hello.versions == [.tls12])
        #expect(hello.highestVersion == .tls12)
        #expect(hello.cipherSuites.first == 0xC02C && hello.cipherSuites.count == 15)
        #expect(hello.serverName == "mx.example.org")
        #expect(hello.applicationProtocols == ["imap", "pop3"])
    }

    /// RFC 8701 §3.1, as Chrome does it.
    @Test func greaseIsLeftOut() throws {
        let body = TLSBytes.clientHello(
            suites: [0x1A1A, 0x1301, 0xC02F, 0xDADA],
            extensions: [
                (0x2A2A, []), (43, TLSBytes.vector8([0xFA, 0xFA, 3, 4, 3, 3])),
                (16, TLSBytes.vector16(TLSBytes.vector8([0x0A, 0x0A]) + TLSBytes.vector8([0x68, 0x32]))), (0x3A3A, [0]),
            ])
        let hello = try #require(ClientHello(body: body))
        #expect(hello.cipherSuites == [0x1301, 0xC02F])
        #expect(hello.versions == [.tls13, .tls12])
        #expect(hello.highestVersion == .tls13)
        #expect(hello.applicationProtocols == ["h2"])
    }

    @Test func theHighestVersionNeedNotComeFirst() throws {
        #expect(try hello([(43, TLSBytes.vector8([3, 3, 3, 4, 3, 1]))]).highestVersion == .tls13)
    }

    @Test func withoutExtensions() throws {
        let hello = try #require(ClientHello(body: TLSBytes.clientHello(version: 0x0301, suites: [5, 10])))
        #expect(hello.versions == [.tls10])
        #expect(hello.cipherSuites == [5, 10])
        #expect(hello.serverName == nil)
        #expect(hello.applicationProtocols == [])
    }

    @Test(arguments: [
        ("a.example", "a.example"), ("xn--r8jz45g.jp", "xn--r8jz45g.jp"), ("日本.jp", nil), ("a b", nil),
        ("a\u{1B}[31m", nil),
        ("", nil), ("a\u{7F}", nil),
    ])
    func serverNamesAreVisibleASCII(_ name: String, _ expected: String?) throws {
        let list = TLSBytes.vector16([0] + TLSBytes.vector16(Array(name.utf8)))
        #expect(try hello([(0, list)]).serverName == expected)
    }

    @Test func onlyAHostNameIsAName() throws {
        let other: [UInt8] = [1] + TLSBytes.vector16([0x61])
        let host: [UInt8] = [0] + TLSBytes.vector16([0x62])
        #expect(try hello([(0, TLSBytes.vector16(other + host))]).serverName == "b")
        #expect(try hello([(0, TLSBytes.vector16(other))]).serverName == nil)
    }

    @Test func ofTwoExtensionsTheFirstCounts() throws {
        let names = [0x61, 0x62].map { (type: UInt16(0), content: TLSBytes.vector16([0] + TLSBytes.vector16([$0]))) }
        #expect(try hello(names).serverName == "a")
    }

    /// Lengths that lie, in the extensions only: what cannot be read is as if it were not there.
    @Test(arguments: [0, 16, 43] as [UInt16], ["", "ff", "ffff", "0001", "000300ff61", "0000", "01", "0005"])
    func extensionsThatLie(_ type: UInt16, _ content: String) throws {
        let hello = try hello([(type, [UInt8](hexadecimal: content)), (16, TLSBytes.vector16([1, 0x78]))])
        #expect(hello.versions == [.tls12])
        #expect(hello.serverName == nil)
        #expect(hello.applicationProtocols == (type == 16 ? [] : ["x"]))
    }

    @Test func aBlockOfExtensionsThatLies() throws {
        var body = TLSBytes.clientHello(extensions: [(16, TLSBytes.vector16([1, 0x78])), (0x1234, [1, 2, 3])])
        #expect(ClientHello(body: body)?.applicationProtocols == ["x"])
        body[TLSBytes.clientHello().count + 1] += 1
        #expect(try #require(ClientHello(body: body)).applicationProtocols == [])
    }

    /// It can be read from where its extensions begin.
    @Test(arguments: TLSConversation.real) func cutAtEachPosition(_ conversation: TLSConversation) throws {
        let body = Array(conversation.opening.dropFirst(9))
        let whole = try #require(ClientHello(body: body))
        let session = Int(body[34])
        let fixed = 2 + 32 + 1 + session + 2 + (Int(body[35 + session]) << 8 | Int(body[36 + session])) + 2
        for count in 0...body.count {
            let hello = ClientHello(body: Array(body.prefix(count)))
            #expect((hello != nil) == (count >= fixed), "\(count) of \(body.count)")
            if let hello { #expect(hello.cipherSuites == whole.cipherSuites && hello.legacyVersion == .tls12) }
        }
    }
}
