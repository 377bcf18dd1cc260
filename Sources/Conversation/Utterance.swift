import Wire

/// One line that a peer said.
public struct Utterance: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case command
        case reply
        /// A server's step of an authentication: 334 in SMTP, `+` in POP3.
        case challenge
        /// A client's step of an authentication.
        case response
        /// The line that is a single dot.
        case end
        /// A line of a header or trailer section, and the empty one that ends it (RFC 9112 §5).
        case field
        /// What frames a chunk of a body: its size, and the line end behind its data (RFC 9112 §7.1).
        case chunk
        /// A line of a protocol that is not followed, or one that stands where nothing is expected.
        case line
    }

    public var direction: Direction
    public var kind: Kind
    /// When its first byte, and when its last byte, passed.
    public var at: Timestamp
    public var until: Timestamp
    /// Where it begins in what this peer said, in bytes from the start of the session.
    public var offset: UInt64
    /// Bytes, line end included.
    public var length: Int
    /// The line without its end; at most the dialect's line limit of it.
    public var bytes: [UInt8]
    public var end: LineEnd
    /// The byte of the line at which a secret begins that lasts to the end of the line; nil where there is none.
    public var secretFrom: Int?
    /// What the line means where that is not what it looks like: names of mailboxes in modified UTF-7. No part of what
    /// was said.
    public var decoded: String?

    public init(
        direction: Direction, kind: Kind, at: Timestamp, until: Timestamp, offset: UInt64, length: Int,
        bytes: [UInt8], end: LineEnd, secretFrom: Int? = nil
    ) {
        self.direction = direction
        self.kind = kind
        self.at = at
        self.until = until
        self.offset = offset
        self.length = length
        self.bytes = bytes
        self.end = end
        self.secretFrom = secretFrom
    }

    /// Bytes of the line that were counted and not kept.
    public var dropped: Int {
        max(0, length - bytes.count - (end == .crlf ? 2 : end == .lf ? 1 : 0))
    }
}
