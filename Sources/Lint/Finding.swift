import Conversation

/// What a rule has to say of a session.
public struct Finding: Sendable, Equatable {
    /// The rule's id, as in `tls.data-after-starttls`.
    public var rule: String
    public var title: Words
    public var severity: Severity
    public var side: Side
    public var place: Place
    /// Where that is written which was not kept to, as in `RFC 3207 §4`.
    public var clause: String
    /// What happened here and why it matters, with the values seen. No secret is in it, and no control character.
    public private(set) var means: Words
    /// What to do about it.
    public private(set) var remedy: Words

    public init(
        rule: String, title: Words, severity: Severity, side: Side, place: Place, clause: String, means: Words,
        remedy: Words
    ) {
        self.rule = rule
        self.title = title
        self.severity = severity
        self.side = side
        self.place = place
        self.clause = clause
        self.means = means.withPictures
        self.remedy = remedy.withPictures
    }
}

/// How much a finding matters; the more it does, the greater.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Legal, and worth knowing.
    case note
    /// A SHOULD is broken, or what is known to cause trouble was done.
    case warning
    /// A MUST or the grammar is broken, or mail or a secret is at risk.
    case error

    public static func < (a: Severity, b: Severity) -> Bool { a.weight < b.weight }

    var weight: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// Whose matter a finding is.
public enum Side: String, Sendable, CaseIterable {
    case client
    case server
    /// The program that made the message.
    case message
    /// Nobody's alone: what came of TLS between the two, or of somebody between them.
    case tls
}
