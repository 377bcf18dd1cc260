import Conversation

/// The commands that wait for their replies, oldest first. Bounded: a client that never waits costs no more than
/// `limit` of them; those beyond are told at once, unanswered.
struct PendingExchanges<Tag: Sendable>: Sendable {
    struct Entry: Sendable {
        var exchange: Exchange
        var tag: Tag
    }

    private var entries: [Entry] = []
    /// Those before it are done with.
    private var head = 0
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { head == entries.count }
    var firstTag: Tag? { isEmpty ? nil : entries[head].tag }
    var firstVerb: String? { isEmpty ? nil : entries[head].exchange.verb }
    /// How many replies the oldest has had so far.
    var firstReplies: Int { isEmpty ? 0 : entries[head].exchange.replies.count }
    var all: ArraySlice<Entry> { entries[head...] }

    /// - Returns: false when there is no room.
    mutating func append(_ exchange: Exchange, _ tag: Tag) -> Bool {
        guard entries.count - head < limit else { return false }
        entries.append(Entry(exchange: exchange, tag: tag))
        return true
    }

    mutating func removeFirst() -> Entry? {
        guard !isEmpty else { return nil }
        guard head + 1 < entries.count else {
            let entry = entries.removeLast()
            entries.removeAll(keepingCapacity: true)
            head = 0
            return entry
        }
        let entry = entries[head]
        head += 1
        if head > 64, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return entry
    }

    /// Changes the youngest, where one waits.
    mutating func changeLast(_ change: (inout Entry) -> Void) {
        guard !isEmpty else { return }
        change(&entries[entries.count - 1])
    }

    /// Adds a reply to the oldest, which goes on waiting.
    mutating func addReply(_ reply: Reply) {
        guard !isEmpty else { return }
        entries[head].exchange.replies.append(reply)
    }
}
