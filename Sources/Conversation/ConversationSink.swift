/// Where a dialect machine says what it hears. A sink implements what it wants; the rest costs nothing.
public protocol ConversationSink {
    /// False for a sink that wants no words: the machine then tells no utterances, and exchanges and envelopes without
    /// the lines that make them up, which saves it most of its work.
    static var wantsText: Bool { get }

    /// These bytes of the span now fed are secret.
    mutating func secret(_ range: Range<Int>)
    /// At this byte of the span now fed something begins that stands alone, such as a command after a message: in a
    /// record of packets it begins one, since readers such as tshark look no further than the first thing in a packet.
    mutating func boundary(at index: Int)
    mutating func utterance(_ utterance: Utterance)
    mutating func exchange(_ exchange: Exchange)
    /// A message begins with the next byte that `direction` says.
    mutating func messageBegan(_ message: MessageStart)
    /// More of the message, as on the wire (dot-stuffed where it is), the terminating line not included.
    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp)
    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp)
    /// The body of a request or response begins with the next byte that `direction` says.
    mutating func bodyBegan(_ body: BodyStart)
    /// More of the body, as on the wire, without what frames its chunks.
    mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp)
    mutating func bodyEnded(_ direction: Direction, complete: Bool, at: Timestamp)
    /// From the next byte of either side on, all is TLS.
    mutating func tlsBegins(at: Timestamp)
    /// Behind the line of the server's that is told now, and with the next byte of the client's, all is DEFLATE (RFC 4978).
    mutating func compressionBegins(at: Timestamp)
}

extension ConversationSink {
    public static var wantsText: Bool { true }
    public mutating func secret(_ range: Range<Int>) {}
    public mutating func boundary(at index: Int) {}
    public mutating func utterance(_ utterance: Utterance) {}
    public mutating func exchange(_ exchange: Exchange) {}
    public mutating func messageBegan(_ message: MessageStart) {}
    public mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {}
    public mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {}
    public mutating func bodyBegan(_ body: BodyStart) {}
    public mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {}
    public mutating func bodyEnded(_ direction: Direction, complete: Bool, at: Timestamp) {}
    public mutating func tlsBegins(at: Timestamp) {}
    public mutating func compressionBegins(at: Timestamp) {}
}

/// The beginning of a message in what a peer says.
public struct MessageStart: Sendable, Equatable {
    public var direction: Direction
    /// Where its first byte stands in what this peer says.
    public var offset: UInt64
    public var at: Timestamp
    /// True where lines that begin with a dot carry another one (DATA, RETR); false for counted bytes (BDAT, literals).
    public var dotStuffed: Bool
    /// True where it is a part of a message only: TOP, a section that FETCH asks for.
    public var partial: Bool
    /// False for a part that begins in the body.
    public var hasHeader: Bool
    /// True for the body of the message whose header was the last part that this peer said: together they are whole.
    public var completesHeader: Bool
    public var envelope: Envelope

    public init(
        direction: Direction, offset: UInt64, at: Timestamp, dotStuffed: Bool, partial: Bool = false,
        hasHeader: Bool = true, completesHeader: Bool = false, envelope: Envelope = Envelope()
    ) {
        self.direction = direction
        self.offset = offset
        self.at = at
        self.dotStuffed = dotStuffed
        self.partial = partial
        self.hasHeader = hasHeader
        self.completesHeader = completesHeader
        self.envelope = envelope
    }
}

/// Who a message is said to come from and go to, apart from its header (RFC 5321 §2.3.1).
public struct Envelope: Sendable, Equatable {
    /// The path of MAIL FROM without its angle brackets; nil where the protocol has none.
    public var sender: [UInt8]?
    /// The paths of RCPT TO that the server did not refuse.
    public var recipients: [[UInt8]]

    public init(sender: [UInt8]? = nil, recipients: [[UInt8]] = []) {
        self.sender = sender
        self.recipients = recipients
    }
}
