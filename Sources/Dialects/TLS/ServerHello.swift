/// What a server chose from a client's offer (RFC 8446 §4.1.3).
public struct ServerHello: Sendable, Equatable {
    /// The version agreed on.
    public let version: TLSVersion
    /// `TLSCipherSuite` knows its name.
    public let cipherSuite: UInt16
    /// What is spoken within TLS (RFC 7301 §3.1); up to TLS 1.2, since TLS 1.3 tells it encrypted.
    public let applicationProtocol: String?
    /// It chose nothing yet but asks for another ClientHello (RFC 8446 §4.1.4).
    public let isHelloRetryRequest: Bool

    /// - Parameter body: the message without the four bytes of its handshake header.
    /// - Returns: nil where it ends before its extensions begin. What is wrong further on is as if it were not there.
    public init?(body: [UInt8]) {
        var fields = TLSFields(body[...])
        guard let legacyVersion = fields.uint16(), let random = fields.bytes(Self.retryRandom.count),
            fields.vector8() != nil, let suite = fields.uint16(), fields.uint8() != nil
        else { return nil }
        let extensions = TLSExtensions(endOf: &fields)
        var selected = extensions.fields(.supportedVersions)
        version = TLSVersion(rawValue: selected?.uint16() ?? legacyVersion)
        cipherSuite = suite
        applicationProtocol = extensions.applicationProtocols.first
        isHelloRetryRequest = random.elementsEqual(Self.retryRandom)
    }

    static let handshakeType: UInt8 = 2
    /// SHA-256 of `HelloRetryRequest`, by which that is told from a ServerHello (RFC 8446 §4.1.3).
    private static let retryRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ]
}
