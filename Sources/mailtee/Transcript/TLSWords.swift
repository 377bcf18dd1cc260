import Conversation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is known of TLS, for a reader.
enum TLSWords {
    static func sentences(_ facts: TLSFacts) -> [String] {
        let peer = facts.leg.rawValue
        var sentences: [String] = []
        if let failure = facts.failure {
            let alert = failure.alert.map { " (alert \($0))" } ?? ""
            sentences.append(
                "no TLS with the \(peer): \(failure.by == .mailtee ? "mailtee" : "the \(failure.by.rawValue)") gave up\(alert). \(failure.means)"
            )
        } else {
            var text = "\(facts.version ?? "TLS") with the \(peer)"
            if let cipher = facts.cipher { text += ", \(cipher)" }
            if let name = facts.serverName { text += ", asked for \(Picture.of(text: name))" }
            if let name = facts.applicationProtocol { text += ", ALPN \(Picture.of(text: name))" }
            sentences.append(text)
        }
        if let certificate = facts.chain.first {
            let shown = facts.leg == .client ? "the client was shown" : "the server showed"
            sentences.append("\(shown) \(describe(certificate))" + (facts.verification.map { ": \($0.text)" } ?? ""))
        } else if let verification = facts.verification {
            sentences.append("the server's certificate: \(verification.text)")
        }
        if let certificate = facts.clientChain.first {
            sentences.append("as client was shown \(describe(certificate))")
        }
        return sentences
    }

    private static func describe(_ certificate: CertificateFacts) -> String {
        var text = certificate.subject.isEmpty ? "a certificate" : Picture.of(text: certificate.subject)
        if !certificate.names.isEmpty {
            text += " for " + Picture.of(text: certificate.names.prefix(8).joined(separator: ", "))
            if certificate.names.count > 8 { text += " and \(certificate.names.count - 8) more" }
        }
        return text + ", until \(day(certificate.notAfter)), by \(Picture.of(text: certificate.issuer))"
    }

    static func day(_ seconds: Int64) -> String {
        let time = Timestamp(nanoseconds: seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue)
        return String(time.text.prefix(10))
    }
}
