import Conversation

/// Notices that a command got no reply while the server went on, or that the server kept silent for as long as a client
/// has to wait.
struct MissingReply: Sendable {
    enum Found: Sendable {
        /// The reply to QUIT was the last there was, and came one command too early.
        case counted(verb: String, reply: Reply, Place)
        case awaited(verb: String, seconds: Int64, Place)
        /// Of LMTP's replies to one message, one for each recipient (RFC 2033 §4.2), so many came.
        case partial(answered: Int, seconds: Int64, Place)
    }

    /// The command to which 221 fell, which was not QUIT.
    private var farewell: (verb: String, reply: Reply, place: Place)?

    /// The message that was answered last, and for how many of its recipients.
    private var answered: (offset: UInt64, count: Int)?

    /// - Parameter isOver: the server had said before that it closes.
    mutating func hear(_ exchange: Exchange, isOver: Bool, in session: SessionSoFar) -> Found? {
        if let reply = exchange.replies.last {
            if exchange.verb == "." {
                let before = answered.flatMap { $0.offset == exchange.offset ? $0.count : nil } ?? 0
                answered = (exchange.offset, before + 1)
            }
            if reply.code == "221", exchange.verb != "QUIT", !exchange.isUnasked, !isOver {
                farewell = (exchange.verb, reply, Place(commandOf: exchange, in: session))
            }
            return nil
        }
        if exchange.verb == "QUIT", let farewell, farewell.reply.at >= exchange.asked {
            return .counted(verb: farewell.verb, reply: farewell.reply, farewell.place)
        }
        guard !isOver, session.wasEndedByPeer, exchange.verb != "BDAT" else { return nil }
        let seconds = session.last.since(exchange.asked) / 1_000_000_000
        if session.dialect == .lmtp, exchange.verb == ".", let answered, answered.offset == exchange.offset {
            // A server that has answered for one is done with the message.
            guard seconds >= Self.pause else { return nil }
            return .partial(
                answered: answered.count, seconds: seconds, Place(commandOf: exchange, in: session))
        }
        guard seconds >= Self.patience(exchange.verb) else { return nil }
        return .awaited(verb: exchange.verb, seconds: seconds, Place(commandOf: exchange, in: session))
    }

    /// Seconds between two replies to one message, at most.
    private static let pause: Int64 = 30

    /// Seconds that a client waits at least (RFC 5321 §4.5.3.2).
    private static func patience(_ verb: String) -> Int64 {
        switch verb {
        case "DATA": 120
        case ".": 600
        default: 300
        }
    }
}
