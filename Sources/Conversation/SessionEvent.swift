/// What happens to a session, in the order in which mailtee saw it. `Bytes` is whatever holds the bytes where the
/// event is at home: a buffer of the network on the way into a record, a slice of a packet on the way out of it.
public enum SessionEvent<Bytes: Sendable>: Sendable {
    /// Indirect, so that the events that come by the thousand stay small.
    indirect case opened(SessionFacts)
    case bytes(Direction, Bytes)
    /// Bytes that passed but could not be recorded.
    case lost(Direction, count: Int)
    /// Something beside the conversation: what a child said on its standard error, a server that was slow to reach.
    case note(Note)
    /// A handshake has ended, well or not. Where it was the client's and went well, what is said from here on is said
    /// inside TLS, and is in the record as it was meant.
    indirect case tls(TLSFacts)
    /// Both peers compress what they say from here on; it is told, and is in the record, as it was meant.
    case compressed
    /// The peer ended its stream; the other direction may go on.
    case halfClosed(Direction)
    case closed(SessionEnd)
}

/// A line of the record that no peer said.
public struct Note: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// What a child wrote to its standard error.
        case stderr
        /// What mailtee itself has to say.
        case remark
    }

    public var kind: Kind
    public var text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
