import Dialects
import Testing

@Suite struct TLSVersionTests {
    @Test(arguments: [
        (TLSVersion.ssl3, 0x0300, "SSL 3.0"), (.tls10, 0x0301, "TLS 1.0"), (.tls11, 0x0302, "TLS 1.1"),
        (.tls12, 0x0303, "TLS 1.2"), (.tls13, 0x0304, "TLS 1.3"), (TLSVersion(rawValue: 0x7F12), 0x7F12, "0x7f12"),
        (TLSVersion(rawValue: 2), 2, "0x0002"),
    ])
    func names(_ version: TLSVersion, _ number: UInt16, _ name: String) {
        #expect(version.rawValue == number)
        #expect(version.name == name)
    }

    @Test func newerOnesAreGreater() {
        #expect(TLSVersion.ssl3 < .tls10 && .tls10 < .tls11 && .tls11 < .tls12 && .tls12 < .tls13)
        #expect(!(TLSVersion.tls13 < .tls12) && !(TLSVersion.tls12 < .tls12))
    }

    /// RFC 8701 §2 lists sixteen.
    @Test func greasedOnesAreKnown() {
        let greased = (0...UInt16.max).filter { TLSVersion(rawValue: $0).isGreased }
        #expect(greased == (0..<16).map { $0 * 0x1010 + 0x0A0A })
    }
}
