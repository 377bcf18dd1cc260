import Conversation

extension Direction {
    /// Whose matter it is what this peer said.
    var speakerSide: Side { self == .client ? .client : .server }

    var speakerName: Words {
        switch self {
        case .client: Words("client", ja: "クライアント")
        case .server: Words("server", ja: "サーバー")
        }
    }
}

extension Rule {
    /// A finding of a rule that is for both, about what `direction` said.
    func finding(
        from direction: Direction, at place: Place, in session: SessionSoFar, severity: Severity? = nil,
        clause: String? = nil, means: Words
    ) -> Finding {
        var finding = finding(at: place, in: session, severity: severity, clause: clause, means: means)
        finding.side = direction.speakerSide
        return finding
    }
}
