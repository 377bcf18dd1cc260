import Conversation
import Crypto
import SwiftASN1
import Wire
import X509

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension CertificateFacts {
    /// Reads a certificate that a peer sent. What cannot be read stays empty, a time 1970; the fingerprint is always
    /// there. Other programs take certificates that break RFC 5280, and mailtee has to show what was sent.
    public init(der: [UInt8]) {
        let fields = CertificateFields(der: der)
        let times = fields?.validity.parts ?? []
        self.init(
            subject: fields.map { DistinguishedNameText.text($0.subject) } ?? "",
            issuer: fields.map { DistinguishedNameText.text($0.issuer) } ?? "",
            names: fields.map(Self.names) ?? [],
            notBefore: times.first.flatMap(Self.seconds) ?? 0,
            notAfter: times.dropFirst().first.flatMap(Self.seconds) ?? 0,
            fingerprint: SHA256.hash(data: der).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }

    /// dNSName and iPAddress of the subjectAltName (RFC 5280 §4.2.1.6).
    private static func names(_ fields: CertificateFields) -> [String] {
        let alternatives = fields.extension(.X509ExtensionID.subjectAlternativeName)?.parts ?? []
        let hosts = alternatives.filter { $0.isTagged(2) }.compactMap { $0.bytes }
        let addresses = alternatives.filter { $0.isTagged(7) }.compactMap { $0.bytes }
        return hosts.map { DistinguishedNameText.escaped(String(decoding: $0, as: UTF8.self)) }
            + addresses.compactMap { AddressText.text(Array($0)) }
    }

    /// A UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5) in seconds since 1970.
    private static func seconds(_ node: ASN1Node) -> Int64? {
        if let time = try? UTCTime(derEncoded: node) {
            return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }
        if let time = try? GeneralizedTime(derEncoded: node) {
            return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }
        return nil
    }

    private static func seconds(
        _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
    ) -> Int64 {
        var parts = tm()
        parts.tm_year = Int32(clamping: year - 1900)
        parts.tm_mon = Int32(clamping: month - 1)
        parts.tm_mday = Int32(clamping: day)
        parts.tm_hour = Int32(clamping: hours)
        parts.tm_min = Int32(clamping: minutes)
        parts.tm_sec = Int32(clamping: seconds)
        return Int64(timegm(&parts))
    }
}
