extension Catalogue {
    /// The rules about conversations in any protocol.
    static let any: [any Rule.Type] = [
        AnyWrongProtocol.self,
        AnyDesync.self,
        AnyHalfSession.self,
        AnyReset.self,
        AnyNoAnswer.self,
        AnyClientUnfinishedLine.self,
        AnyServerUnfinishedLine.self,
        AnyTelnetBytes.self,
        AnyUnknownExtension.self,
    ]
}
