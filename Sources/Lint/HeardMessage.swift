import Conversation
import Message

/// A message that passed, as the rules hear of it once its last byte did.
public struct HeardMessage: Sendable {
    public var start: MessageStart
    /// False where it was cut off: by the end of the session, by a gap, or by a server that gave up.
    public var complete: Bool
    public var until: Timestamp
    public var read: ReadMessage

    public var octets: MessageOctets { read.octets }

    public var direction: Direction { start.direction }

    /// Some of its bytes.
    /// - Parameters:
    ///   - offset: in bytes from the start of the message, as on the wire.
    ///   - length: bytes, as on the wire.
    public func place(_ offset: UInt64, _ length: Int) -> Place {
        Place(at: start.at, bytes: SpokenBytes(start.direction, offset: start.offset + offset, length: length))
    }
}
