import SwiftASN1
import X509

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension CertificateDraft {
    /// The certificate of a new authority: signed by its own key, good for ten years, for the leaves of mailtee and
    /// no authority below it.
    /// - Parameter now: seconds since 1970.
    static func authority(key: SecretKey, now: Int64) throws(AuthorityError) -> CertificateDraft {
        do {
            let name = try DistinguishedName {
                OrganizationName("mailtee")
                CommonName(commonName(now: now))
            }
            return try authority(
                named: name, key: key, notBefore: now - AuthorityLimits.clockSkew,
                notAfter: now + AuthorityLimits.authorityLife)
        } catch {
            throw .cannotSign
        }
    }

    static func authority(
        named name: DistinguishedName, key: SecretKey, notBefore: Int64, notAfter: Int64
    ) throws -> CertificateDraft {
        let publicKey = key.signer.publicKey
        return CertificateDraft(
            subject: name, issuer: name, publicKey: publicKey, notBefore: notBefore, notAfter: notAfter,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: publicKey)
            })
    }

    /// `mailtee authority of ann@desk (2026-11-23)`: to be known again among a hundred others in a trust store.
    private static func commonName(now: Int64) -> String {
        let start = "mailtee authority of "
        let end = " (\(UTCText.day(now)))"
        let owner = word(user) + "@" + word(host.prefix { $0 != "." })
        return start + owner.prefix(AuthorityLimits.commonName - start.count - end.count) + end
    }

    private static var user: String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        return buffer.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, getpwuid_r(geteuid(), &entry, base, buffer.count, &found) == 0,
                found != nil, let name = entry.pw_name
            else { return "\(geteuid())" }
            return String(cString: name)
        }
    }

    private static var host: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// What can stand in a command line as it is.
    private static func word(_ text: some StringProtocol) -> String {
        let plain = text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        return plain.isEmpty ? "unknown" : String(plain)
    }
}
