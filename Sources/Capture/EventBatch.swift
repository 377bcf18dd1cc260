import Conversation
import NIOCore

/// Events that wait for the recorder's thread, in their order. Small pieces of a conversation are copied into one array
/// at once: the buffers they came in go back to the network's pool and need not be freed by another thread, which costs
/// more than the copy.
struct EventBatch: Sendable {
    enum Content: Sendable {
        case copied(Direction, Range<Int>)
        case event(SessionEvent<ByteBuffer>)
    }

    struct Item: Sendable {
        let session: UInt32
        let time: Timestamp
        let content: Content

        /// Bytes of the conversation in it.
        var bytes: Int {
            switch content {
            case .copied(_, let range): range.count
            case .event(.bytes(_, let buffer)): buffer.readableBytes
            case .event: 0
            }
        }
    }

    /// A piece of at least so many bytes is kept as it came.
    private static let large = 16 << 10
    /// What is kept of the memory of a batch that is used again.
    private static let capacity = (items: 16 << 10, bytes: 1 << 20)

    private var items: [Item] = []
    private var copies: [UInt8] = []

    var isEmpty: Bool { items.isEmpty }

    mutating func append(_ event: SessionEvent<ByteBuffer>, of session: UInt32, at time: Timestamp) {
        var content = Content.event(event)
        if case .bytes(let direction, let buffer) = event, buffer.readableBytes < Self.large {
            let start = copies.count
            buffer.withUnsafeReadableBytes { copies.append(contentsOf: $0) }
            content = .copied(direction, start..<copies.count)
        }
        items.append(Item(session: session, time: time, content: content))
    }

    /// Gives out all events, each let go as soon as it is dealt with; what is left can be filled again.
    mutating func drain(_ body: (Item, _ copied: Span<UInt8>, _ isLast: Bool) -> Void) {
        var rest = items
        items = []
        rest.reverse()
        do {
            let all = copies.span
            while let item = rest.popLast() {
                let range = if case .copied(_, let range) = item.content { range } else { 0..<0 }
                body(item, all.extracting(range), rest.isEmpty)
            }
        }
        rest.removeAll(keepingCapacity: rest.capacity <= Self.capacity.items)
        items = rest
        copies.removeAll(keepingCapacity: copies.capacity <= Self.capacity.bytes)
    }
}
