import Conversation

/// Holds what was found in messages until these are answered: what was no more than worth knowing is the cause where the
/// server then refuses the message for it.
struct RefusedMessages: Sendable {
    private struct Held: Sendable {
        /// Up to where the client had said it, or what begins it, when the server can answer.
        var due: UInt64
        /// What to tell where the server does not refuse for it; nil: nothing.
        var found: Finding?
        var refused: Finding
    }

    /// Messages that wait for a reply, at most.
    private static let limit = 8

    private var held: [Held] = []
    private var due: [Finding] = []

    /// - Parameters:
    ///   - found: as a note.
    ///   - refused: the same, told where the server refuses the message for it.
    mutating func hold(_ message: HeardMessage, _ found: Finding?, ifRefused refused: Finding) {
        guard message.direction == .client, held.count < Self.limit else {
            if let found { due.append(found) }
            return
        }
        // The reply to a message in chunks is that to the command before the last of them (RFC 3030 §2).
        let length = message.start.dotStuffed ? message.octets.wireCount : 0
        held.append(Held(due: message.start.offset &+ length, found: found, refused: refused))
    }

    /// To be asked for each exchange.
    /// - Parameter isFor: the server refuses the message for what was found.
    mutating func answered(_ exchange: Exchange, isFor: (Reply) -> Bool) -> Finding? {
        let isEnd = exchange.verb == "." || exchange.endsChunks
        if isEnd, let first = held.first, first.due <= exchange.offset &+ UInt64(clamping: exchange.length) {
            held.removeFirst()
            if let reply = exchange.replies.last, reply.refuses, isFor(reply) { return first.refused }
            if let found = first.found { due.append(found) }
        }
        return next()
    }

    /// To be asked at the end of the session: nothing more is answered.
    mutating func rest() -> Finding? {
        due += held.compactMap(\.found)
        held = []
        return next()
    }

    private mutating func next() -> Finding? { due.isEmpty ? nil : due.removeFirst() }
}
