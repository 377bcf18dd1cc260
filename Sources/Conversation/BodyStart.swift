/// The beginning of a body in what a peer says: of the content of a request or response (RFC 9110 §6.4), or of what is
/// said in another protocol that the peers went over to.
public struct BodyStart: Sendable, Equatable {
    public var direction: Direction
    /// Where its first byte, or its first chunk, stands in what this peer says.
    public var offset: UInt64
    public var at: Timestamp
    /// Where the request line or status line stands that it belongs to.
    public var head: UInt64
    /// The value of Content-Type, empty where none was said.
    public var mediaType: [UInt8]
    /// The value of Content-Encoding, empty where none was said.
    public var contentCoding: [UInt8]
    /// Bytes of another protocol, which are not content (RFC 9110 §7.8, §9.3.6).
    public var isSwitched: Bool

    public init(
        direction: Direction, offset: UInt64, at: Timestamp, head: UInt64, mediaType: [UInt8] = [],
        contentCoding: [UInt8] = [], isSwitched: Bool = false
    ) {
        self.direction = direction
        self.offset = offset
        self.at = at
        self.head = head
        self.mediaType = mediaType
        self.contentCoding = contentCoding
        self.isSwitched = isSwitched
    }
}
