import Conversation

/// Holds what is known of a message until its transaction is told: a client that does not wait has said all of it before
/// the server has answered its MAIL.
struct SMTPMessages: Sendable {
    /// Messages that a client sends without waiting for a reply, at most.
    static let limit = 8

    private var heard: [HeardMessage] = []

    mutating func hear(_ message: HeardMessage) {
        guard message.direction == .client, message.complete, heard.count < Self.limit else { return }
        heard.append(message)
    }

    /// The message whose end is answered in `exchange`, which belongs to `session.smtp.transaction`.
    mutating func answered(_ exchange: Exchange) -> HeardMessage? {
        guard !heard.isEmpty, exchange.length > 0 else { return nil }
        switch exchange.verb {
        case ".":
            while let first = heard.first, first.end <= exchange.offset {
                heard.removeFirst()
                if first.end == exchange.offset { return first }
            }
        case "BDAT" where exchange.endsChunks:
            while let first = heard.first, first.start.offset <= exchange.offset &+ UInt64(exchange.length) {
                heard.removeFirst()
                if !first.start.dotStuffed { return first }
            }
        default: break
        }
        return nil
    }
}

extension HeardMessage {
    /// Where the client stands behind its last byte.
    fileprivate var end: UInt64 { start.offset &+ octets.wireCount }
}
