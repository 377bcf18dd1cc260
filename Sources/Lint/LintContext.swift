import Conversation

/// What the rules have to know of a session that is not said in it.
public struct LintContext: Sendable {
    public var dialect: DialectName
    /// In an earlier session this same server offered TLS in clear, see `OfferOfTLS`.
    public var serverOfferedTLSBefore: Bool

    /// False for mailtee's own server, which takes any login from anybody, since that is what it is for.
    public var judgesServer: Bool

    public init(dialect: DialectName, serverOfferedTLSBefore: Bool = false, judgesServer: Bool = true) {
        self.dialect = dialect
        self.serverOfferedTLSBefore = serverOfferedTLSBefore
        self.judgesServer = judgesServer
    }
}
