import Conversation

/// Hears no words: only which bytes are secret, where packets begin, and that TLS or compression begins. It is what a conversation is
/// heard with while it goes on, so the machines are compiled for it apart.
public struct SecretSink: ConversationSink {
    public static var wantsText: Bool { false }
    public private(set) var ranges: [Range<Int>] = []
    /// In rising order.
    public private(set) var boundaries: [Int] = []
    public private(set) var tlsBegins = false
    public private(set) var compressionBegins = false

    public init() {}

    public mutating func boundary(at index: Int) {
        if boundaries.last != index { boundaries.append(index) }
    }

    public mutating func secret(_ range: Range<Int>) {
        ranges.append(range)
    }

    public mutating func tlsBegins(at: Timestamp) {
        tlsBegins = true
    }

    public mutating func compressionBegins(at: Timestamp) {
        compressionBegins = true
    }
}
