import Dialects
import Testing

@Suite struct TLSCipherSuiteTests {
    /// What BoringSSL negotiates, as its own source calls it.
    @Test(
        arguments: [
            (0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
            (0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
            (0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
            (0x008C, "TLS_PSK_WITH_AES_128_CBC_SHA"),
            (0x008D, "TLS_PSK_WITH_AES_256_CBC_SHA"),
            (0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
            (0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
            (0x1301, "TLS_AES_128_GCM_SHA256"),
            (0x1302, "TLS_AES_256_GCM_SHA384"),
            (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
            (0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
            (0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
            (0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
            (0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
            (0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
            (0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
            (0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
            (0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
            (0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            (0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            (0xC035, "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA"),
            (0xC036, "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA"),
            (0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            (0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
            (0xCCAC, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"),
        ] as [(UInt16, String)])
    func boringSSLCallsThemTheSame(_ suite: UInt16, _ name: String) {
        #expect(TLSCipherSuite.name(suite) == name)
    }

    @Test(
        arguments: [
            (0x0004, "TLS_RSA_WITH_RC4_128_MD5"), (0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
            (0x00FF, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"), (0x1305, "TLS_AES_128_CCM_8_SHA256"),
            (0x5600, "TLS_FALLBACK_SCSV"), (0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
            (0xC0AC, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"), (0xCCAA, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            (0xC0FF, "0xC0FF"), (0x000B, "0x000B"), (0x0A0A, "0x0A0A"),
        ] as [(UInt16, String)])
    func others(_ suite: UInt16, _ name: String) {
        #expect(TLSCipherSuite.name(suite) == name)
    }

    @Test func noTwoHaveTheSameName() {
        let names = (0...UInt16.max).map(TLSCipherSuite.name)
        #expect(Set(names).count == names.count)
    }

    /// OpenSSL offers nothing by default that has no name.
    @Test(arguments: TLSConversation.real) func whatIsOfferedHasNames(_ conversation: TLSConversation) throws {
        let hello = try #require(conversation.clientHello)
        #expect(hello.cipherSuites.count > 1)
        #expect(hello.cipherSuites.allSatisfy { TLSCipherSuite.name($0).hasPrefix("TLS_") })
    }
}
