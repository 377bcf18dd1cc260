import Conversation
import Wire

/// mailtee and one of the peers could not agree on TLS.
struct TLSHandshakeFailed: Rule {
    static let about = RuleDescription(
        id: "tls.handshake-failed",
        title: "A TLS handshake failed",
        severity: .error,
        side: .tls,
        clause: "RFC 8446 §6.2",
        means: """
            One side gave up before TLS had begun, and the session ended there. Mostly the client does not trust the \
            certificate that it was shown, or the two have no version or cipher suite in common.
            """,
        remedy: """
            What the side that gave up has to say is told with the finding. Where the client does not trust mailtee's \
            authority, `mailtee ca trust` tells how to make it.
            """,
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client by=client alert=unknown_ca means="It does not trust the authority."
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client fault=unknown-authority by=client alert=unknown_ca means="It does not trust the authority."
            end: client-closed
            """)

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        // Who gives up over a fault does well.
        guard let failure = facts.failure, facts.fault == nil, session.faults.isEmpty else { return nil }
        let who = failure.by == .mailtee ? "mailtee" : "the \(failure.by.rawValue)"
        let how = failure.alert.map { " with the alert \(Picture.of(text: $0))" } ?? ""
        return finding(
            at: Place(at: time), in: session,
            means: "mailtee and the \(facts.leg.rawValue) did not come to speak TLS: \(who) gave up\(how). "
                + Picture.of(text: failure.means))
    }
}
