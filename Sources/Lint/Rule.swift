import Conversation

/// One thing that can be wrong with a conversation: it says of itself what that is, hears a session event by event, and
/// tells when it is so.
///
/// A rule implements the events that it needs. Each time it is told what is known of the session up to and with this
/// event, and may answer with a finding; what it has to remember itself is small and bounded. One of a session is made
/// for each rule.
public protocol Rule: Sendable {
    static var about: RuleDescription { get }
    /// The events whose methods it implements.
    static var hears: RuleEvents { get }

    init()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding?
    /// A command and its replies, once the last of these is here or will not come.
    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding?
    /// The server has said what it can do.
    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding?
    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding?
    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding?
    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding?
    mutating func bodyBegan(_ body: BodyStart, in session: SessionSoFar) -> Finding?
    /// - Parameter octets: how many there were, without what frames its chunks.
    mutating func bodyEnded(_ body: BodyStart, octets: UInt64, complete: Bool, in session: SessionSoFar) -> Finding?
    /// Bytes of a peer's are missing.
    mutating func lost(_ direction: Direction, count: UInt64, at time: Timestamp, in session: SessionSoFar) -> Finding?
    /// From the next byte of either side on nothing may be said but a handshake.
    mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding?
    /// A handshake of mailtee's with one of the peers has ended, well or not.
    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding?
    /// Nothing more will be heard; `session.end` tells why.
    mutating func ended(in session: SessionSoFar) -> Finding?
}

extension Rule {
    public mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? { nil }
    public mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? { nil }
    public mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? { nil }
    public mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? { nil }
    public mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? { nil }
    public mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? { nil }
    public mutating func bodyBegan(_ body: BodyStart, in session: SessionSoFar) -> Finding? { nil }
    public mutating func bodyEnded(
        _ body: BodyStart, octets: UInt64, complete: Bool, in session: SessionSoFar
    ) -> Finding? { nil }
    public mutating func lost(
        _ direction: Direction, count: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? { nil }
    public mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding? { nil }
    public mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? { nil }
    public mutating func ended(in session: SessionSoFar) -> Finding? { nil }
}

extension Rule {
    /// A finding of this rule: what is not said here is as in its description.
    public func finding(
        at place: Place, in session: SessionSoFar, severity: Severity? = nil, clause: String? = nil, means: Words,
        remedy: Words? = nil
    ) -> Finding {
        let about = Self.about
        return Finding(
            rule: about.id, title: about.title, severity: severity ?? about.severity, side: about.side, place: place,
            clause: clause ?? about.clause[session.dialect], means: means, remedy: remedy ?? about.remedy)
    }
}
