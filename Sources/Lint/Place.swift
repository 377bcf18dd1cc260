import Conversation

/// Where in a session a finding has its cause.
public struct Place: Sendable, Equatable {
    public var at: Timestamp
    /// The bytes that it is about; nil where it is about none, as with a handshake.
    public var bytes: SpokenBytes?
    /// The exchange to which these belong, counted from 0 in the order in which the machine tells exchanges, the
    /// greeting among them; nil where they belong to none.
    public var exchange: Int?

    public init(at: Timestamp, bytes: SpokenBytes? = nil, exchange: Int? = nil) {
        self.at = at
        self.bytes = bytes
        self.exchange = exchange
    }
}

/// Some of the bytes that a peer said.
public struct SpokenBytes: Sendable, Equatable {
    public var direction: Direction
    /// From the start of all that this peer says in the session.
    public var offset: UInt64
    public var length: Int

    public init(_ direction: Direction, offset: UInt64, length: Int) {
        self.direction = direction
        self.offset = offset
        self.length = length
    }
}

extension Place {
    /// A line. To which exchange it belongs becomes known when that is told.
    init(_ line: Utterance) {
        self.init(at: line.at, bytes: SpokenBytes(line.direction, offset: line.offset, length: line.length))
    }

    /// The command of the exchange that the rules hear now.
    init(commandOf exchange: Exchange, in session: SessionSoFar) {
        let bytes = SpokenBytes(.client, offset: exchange.offset, length: exchange.length)
        self.init(at: exchange.asked, bytes: bytes, exchange: session.exchange)
    }

    /// A reply.
    init(_ reply: Reply, exchange: Int?) {
        self.init(
            at: reply.at, bytes: SpokenBytes(.server, offset: reply.offset, length: reply.length), exchange: exchange)
    }
}
