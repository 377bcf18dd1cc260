import Conversation

/// What the rules have to know of a session that is not said in it.
public struct LintContext: Sendable {
    public var dialect: DialectName
    /// In an earlier session this same server offered TLS in clear, see `OfferOfTLS`.
    public var serverOfferedTLSBefore: Bool

    public init(dialect: DialectName, serverOfferedTLSBefore: Bool = false) {
        self.dialect = dialect
        self.serverOfferedTLSBefore = serverOfferedTLSBefore
    }
}
