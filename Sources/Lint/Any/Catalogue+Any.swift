extension Catalogue {
    /// The rules about conversations in any protocol.
    static let any: [any Rule.Type] = [
        AnyWrongProtocol.self,
        AnyDesync.self,
        AnyHalfSession.self,
        AnyReset.self,
        AnyNoAnswer.self,
        AnyTelnetBytes.self,
        AnyUnknownExtension.self,
    ]
}
