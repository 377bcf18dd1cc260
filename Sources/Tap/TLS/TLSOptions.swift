/// What the user asked of TLS.
public struct TLSOptions: Sendable {
    public var client: TLSPolicy
    public var server: TLSPolicy
    /// Whether the server's certificate has to be good for the session to go on.
    public var verifiesServer: Bool
    /// A PEM file of authorities that are trusted beside the system's.
    public var trusted: String?
    /// The folder of the authority that issues what clients are shown; made at first need.
    public var authority: String
    /// A certificate of the user's own to show to clients instead.
    public var own: Files?
    /// A certificate to show to servers that ask for one.
    public var toServer: Files?
    public var keyLog: String?
    public var fault: TLSFault?

    /// PEM files: a certificate with what it was issued by, and its key.
    public struct Files: Sendable {
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    public init(
        client: TLSPolicy = .mirror, server: TLSPolicy = .mirror, verifiesServer: Bool = true, trusted: String? = nil,
        authority: String, own: Files? = nil, toServer: Files? = nil, keyLog: String? = nil, fault: TLSFault? = nil
    ) {
        self.client = client
        self.server = server
        self.verifiesServer = verifiesServer
        self.trusted = trusted
        self.authority = authority
        self.own = own
        self.toServer = toServer
        self.keyLog = keyLog
        self.fault = fault
    }
}
