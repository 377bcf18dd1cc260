import Conversation
import Wire

/// What came of a session, in a sentence or two: what went wrong first, and whose fault that is.
public struct Verdict: Sendable, Equatable {
    public enum Fault: String, Sendable, CaseIterable {
        case client
        case server
        /// The program that made the message.
        case message
        case tls
        /// Nobody's: all is well, or somebody refused as he may.
        case none
    }

    /// The id of the rule that was broken, or of what happened where none was: `refused.unknown-recipient`, `ok`.
    public var cause: String
    public var fault: Fault
    /// No secret is in it, and no control character.
    public private(set) var words: Words
    /// Where that stands; nil where it stands nowhere, as with a server that is not there.
    public var place: Place?

    public init(cause: String, fault: Fault, words: Words, place: Place? = nil) {
        self.cause = cause
        self.fault = fault
        self.words = words.withPictures
        self.place = place
    }
}

extension Verdict.Fault {
    init(_ side: Side) {
        switch side {
        case .client: self = .client
        case .server: self = .server
        case .message: self = .message
        case .tls: self = .tls
        }
    }
}

extension Words {
    /// One text behind another.
    static func + (a: Words, b: Words) -> Words {
        Words(a.en.isEmpty || b.en.isEmpty ? a.en + b.en : "\(a.en) \(b.en)", ja: a.ja + b.ja)
    }
}
