import Conversation
import Wire

/// The client was shown a certificate that it must not accept, and accepted it. mailtee alone can know: it is the one
/// who shows them.
struct TLSBadCertificateAccepted: Rule {
    static let about = RuleDescription(
        id: "tls.bad-certificate-accepted",
        title: "The client accepts a certificate that is not good",
        severity: .error,
        side: .client,
        clause: Clause(
            smtp: "RFC 8314 §5.3; RFC 4954 §14", pop3: "RFC 8314 §5.3; RFC 2595 §2.4",
            imap: "RFC 8314 §5.3; RFC 9051 §11.1"),
        means: """
            Without a look at the certificate TLS protects from those who listen only: whoever stands between client \
            and server can show one of their own, and read and change all that is said. mailtee did just that, as it \
            was asked to by --tls-fault.
            """,
        remedy: """
            Set the client to verify the certificate and the name in it, and never to go on where that fails. Look for \
            an option such as `insecure`, `ignore certificate errors` or `tls_verify = no`.
            """,
        violating: """
            protocol: pop3
            S: +OK ready
            C: STLS
            S: +OK begin
            tls server names=pop.example.com
            tls client names=pop.example.com fault=expired-certificate
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            S: +OK ready
            C: STLS
            S: +OK begin
            tls server names=pop.example.com
            tls client names=pop.example.com fault=expired-certificate by=client alert=certificate_expired
            end: client-closed
            """)

    private var certificate: (flaw: String, names: String)?
    /// Where mail passes between servers the client may mean to do without; it is seen in the end whether it logged in.
    private var first: (verb: String, place: Place)?

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        guard facts.securesClient, let flaw = facts.fault.flatMap(PlayedFault.init(rawValue:))?.certificateFlaw else {
            return nil
        }
        let names = facts.chain.first?.names.joined(separator: ", ") ?? ""
        certificate = (flaw, names.isEmpty ? "" : " (names in it: \(Picture.of(text: names)))")
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // A client that only takes its leave does as RFC 3207 §4.1 asks.
        guard let certificate, session.layer == .secure, !exchange.verb.isEmpty,
            !Verbs.goodbye.contains(exchange.verb)
        else { return nil }
        let place = Place(commandOf: exchange, in: session)
        if session.dialect == .pop3 || session.dialect == .imap || Verbs.login.contains(exchange.verb) {
            return finding(
                at: place, in: session,
                means: """
                    The client was shown a certificate that \(certificate.flaw)\(certificate.names), and went on with \
                    \(exchange.verb). Whoever shows it one like that can read its password and its mail.
                    """)
        }
        if first == nil { first = (exchange.verb, place) }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let first, let certificate else { return nil }
        return finding(
            at: first.place, in: session, severity: .warning, clause: "RFC 3207 §4.1; RFC 7435 §3",
            means: """
                The client was shown a certificate that \(certificate.flaw)\(certificate.names), and went on with \
                \(first.verb). It did not log in; where it passes mail on to whatever server takes it, that is usual, \
                and keeps out those who only listen.
                """,
            remedy: "Where the client logs in to a server, set it to verify the certificate and the name in it.")
    }
}
