import Conversation

/// The commands that wait for their replies, oldest first. Bounded: a client that never waits costs no more than
/// `limit` of them; those beyond are told at once, unanswered.
struct PendingExchanges<Tag: Sendable>: Sendable {
    struct Entry: Sendable {
        var exchange: Exchange
        var tag: Tag
    }

    private var entries: [Entry?] = []
    private var head = 0
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { head == entries.count }
    var first: Entry? { isEmpty ? nil : entries[head] }
    var all: [Entry] { entries[head...].compactMap { $0 } }

    /// - Returns: false when there is no room.
    mutating func append(_ exchange: Exchange, _ tag: Tag) -> Bool {
        guard entries.count - head < limit else { return false }
        entries.append(Entry(exchange: exchange, tag: tag))
        return true
    }

    mutating func removeFirst() -> Entry? {
        guard !isEmpty else { return nil }
        let entry = entries[head]
        entries[head] = nil
        head += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return entry
    }

    /// Adds a reply to the oldest, which goes on waiting.
    mutating func addReply(_ reply: Reply) {
        guard !isEmpty else { return }
        entries[head]?.exchange.replies.append(reply)
    }
}
