/// What is known of TLS between mailtee and one of the peers, told when its handshake has ended, well or not.
public struct TLSFacts: Sendable, Equatable {
    /// The peer on the other end: `client` for the connection that mailtee accepted, `server` for the one it made.
    public var leg: Direction
    public var start: Start
    /// The version agreed on, as in `TLS 1.3`; nil where the handshake did not come so far.
    public var version: String?
    /// The cipher suite by its name in IANA's registry, as in `TLS_AES_128_GCM_SHA256`.
    public var cipher: String?
    /// The name that the client of this connection asked for (RFC 6066 §3).
    public var serverName: String?
    /// The protocol agreed on by ALPN (RFC 7301).
    public var applicationProtocol: String?
    /// What the server of this connection showed, its own certificate first.
    public var chain: [CertificateFacts]
    /// What the client of this connection showed, where it was asked to.
    public var clientChain: [CertificateFacts]
    public var verification: Verification?
    public var failure: Failure?
    /// The fault that mailtee played here, by its name.
    public var fault: String?

    public enum Start: String, Sendable {
        case starttls
        case implicit
    }

    /// What came of verifying the server's certificate; said of the server's leg, where mailtee is the one who verifies.
    public enum Verification: Sendable, Equatable {
        case verified
        /// The user asked not to; what would have been found.
        case skipped(String?)
        /// In words.
        case failed(String)
    }

    /// Why a handshake failed.
    public struct Failure: Sendable, Equatable {
        /// Who gave up.
        public var by: By
        /// The alert that was sent, by its name in RFC 8446 §6; nil where none was.
        public var alert: String?
        /// What that means, and what to do, in plain words.
        public var means: String

        public enum By: String, Sendable {
            case client
            case server
            case mailtee
        }

        public init(by: By, alert: String? = nil, means: String) {
            self.by = by
            self.alert = alert
            self.means = means
        }
    }

    /// What the client says next it says inside TLS.
    public var securesClient: Bool { leg == .client && failure == nil }

    public init(
        leg: Direction, start: Start, version: String? = nil, cipher: String? = nil, serverName: String? = nil,
        applicationProtocol: String? = nil, chain: [CertificateFacts] = [], clientChain: [CertificateFacts] = [],
        verification: Verification? = nil, failure: Failure? = nil, fault: String? = nil
    ) {
        self.leg = leg
        self.start = start
        self.version = version
        self.cipher = cipher
        self.serverName = serverName
        self.applicationProtocol = applicationProtocol
        self.chain = chain
        self.clientChain = clientChain
        self.verification = verification
        self.failure = failure
        self.fault = fault
    }
}

/// What a certificate says (RFC 5280 §4).
public struct CertificateFacts: Sendable, Equatable {
    /// As in `CN=mail.example.com, O=Example`; empty where it has none.
    public var subject: String
    public var issuer: String
    /// Host names, then IP addresses in text form, of its subjectAltName.
    public var names: [String]
    /// Seconds since 1970.
    public var notBefore: Int64
    /// Seconds since 1970.
    public var notAfter: Int64
    /// SHA-256 of the whole certificate, 64 lower-case hexadecimal digits.
    public var fingerprint: String

    public init(
        subject: String, issuer: String, names: [String], notBefore: Int64, notAfter: Int64, fingerprint: String
    ) {
        self.subject = subject
        self.issuer = issuer
        self.names = names
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.fingerprint = fingerprint
    }
}
