import Wire

/// What a client offers at the start of TLS (RFC 8446 §4.1.2), the values of RFC 8701 left out.
public struct ClientHello: Sendable, Equatable {
    /// The highest version for a server that knows nothing of `supported_versions`; TLS 1.3 writes TLS 1.2 here.
    public let legacyVersion: TLSVersion
    /// The versions offered, in the client's order of preference (RFC 8446 §4.2.1). Where the client names none it
    /// speaks `legacyVersion`, and perhaps older ones; then this is that version alone.
    public let versions: [TLSVersion]
    /// In the client's order of preference; `TLSCipherSuite` knows their names.
    public let cipherSuites: [UInt16]
    /// The host that the client wants to reach (RFC 6066 §3); nil where it names none, or what cannot be one: anything
    /// but visible ASCII.
    public let serverName: String?
    /// What the client would speak within TLS (RFC 7301 §3.1), in its order of preference. Bytes that are no UTF-8 are
    /// shown as U+FFFD.
    public let applicationProtocols: [String]

    public var highestVersion: TLSVersion { versions.max() ?? legacyVersion }

    /// - Parameter body: the message without the four bytes of its handshake header.
    /// - Returns: nil where it ends before its extensions begin. What is wrong further on is as if it were not there:
    ///   to refuse it is the server's part.
    public init?(body: [UInt8]) {
        var fields = TLSFields(body[...])
        guard let version = fields.uint16(), fields.bytes(Self.randomLength) != nil, fields.vector8() != nil,
            let suites = fields.vector16(), fields.vector8() != nil
        else { return nil }
        var suiteFields = TLSFields(suites)
        let extensions = TLSExtensions(endOf: &fields)
        legacyVersion = TLSVersion(rawValue: version)
        cipherSuites = suiteFields.allUInt16().filter { !$0.isGreased }
        versions = Self.versions(extensions) ?? [legacyVersion]
        serverName = Self.serverName(extensions)
        applicationProtocols = extensions.applicationProtocols
    }

    static let handshakeType: UInt8 = 1
    private static let randomLength = 32

    private static func versions(_ extensions: TLSExtensions) -> [TLSVersion]? {
        guard var fields = extensions.fields(.supportedVersions), let list = fields.vector8() else { return nil }
        var entries = TLSFields(list)
        let versions = entries.allUInt16().filter { !$0.isGreased }.map(TLSVersion.init(rawValue:))
        return versions.isEmpty ? nil : versions
    }

    private static func serverName(_ extensions: TLSExtensions) -> String? {
        guard var fields = extensions.fields(.serverName), let list = fields.vector16() else { return nil }
        var entries = TLSFields(list)
        while let type = entries.uint8(), let name = entries.vector16() {
            guard type == 0 else { continue }
            let isVisible = !name.isEmpty && name.allSatisfy { (0x21...0x7E).contains($0) }
            return isVisible ? name.text : nil
        }
        return nil
    }
}
