/// How one system or one program is made to trust the authority, and how that is undone.
public struct TrustUnit: Sendable {
    /// Stable, for the command line and links, as in `debian`.
    public var id: String
    public var name: String
    public var kind: Kind
    public var trust: [TrustStep]
    public var distrust: [TrustStep]

    public enum Kind: String, Sendable, CaseIterable {
        /// For all programs that ask the system whom to trust.
        case system
        /// For this program alone; the system is left as it is.
        case program
    }
}

/// One thing to do.
public enum TrustStep: Sendable, Equatable {
    /// A command line, for a POSIX shell unless the unit is of Windows.
    case run(String)
    /// A line of a file of settings or of a program's text.
    case line(String, in: String)
    /// In words.
    case say(String)
}
