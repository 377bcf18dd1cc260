import Conversation
import Wire

/// mailtee, as the client of the server, found its certificate not to be good.
struct TLSServerCertificate: Rule {
    static let about = RuleDescription(
        id: "tls.server-certificate",
        title: "The server's certificate is not good",
        severity: .error,
        side: .server,
        clause: Clause(
            smtp: "RFC 8314 §5.3; RFC 3207 §4.1", pop3: "RFC 8314 §5.3; RFC 2595 §2.4",
            imap: "RFC 8314 §5.3; RFC 9051 §11.1"),
        means: """
            A certificate that has expired, is for another name, or comes from an authority that is not trusted proves \
            nothing: a client that verifies it does not come in, and one that does not may be talking to anybody.
            """,
        remedy: """
            Give the server a certificate that is valid, for the name that clients use, with the whole chain up to an \
            authority that they trust. Where that authority is your own, name it to mailtee with --upstream-ca.
            """,
        violating: """
            protocol: imap
            tls server start=implicit names=old.example.com verification="not verified: it expired on 2026-01-31"
            tls client start=implicit names=old.example.com
            S: * OK ready
            C: a1 LOGOUT
            S: * BYE
            S: a1 OK
            """,
        conforming: """
            protocol: imap
            tls server start=implicit names=imap.example.com verification=verified
            tls client start=implicit names=imap.example.com
            S: * OK ready
            C: a1 LOGOUT
            S: * BYE
            S: a1 OK
            """,
        explains: [TLSHandshakeFailed.self])

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        guard facts.leg == .server else { return nil }
        let outcome: (severity: Severity, found: String, so: String)
        switch facts.verification {
        case .failed(let found): outcome = (.error, found, "mailtee ended the session")
        case .skipped(let found?): outcome = (.warning, found, "mailtee went on all the same, as it was asked to")
        case .verified, .skipped(nil), nil: return nil
        }
        let names = facts.chain.first?.names.joined(separator: ", ") ?? ""
        let whose = names.isEmpty ? "" : ", for \(Picture.of(text: names)),"
        return finding(
            at: Place(at: time), in: session, severity: outcome.severity,
            means: "The server's certificate\(whose) is not good: \(Picture.of(text: outcome.found)). "
                + "A client that verifies it does not come in; \(outcome.so).")
    }
}
