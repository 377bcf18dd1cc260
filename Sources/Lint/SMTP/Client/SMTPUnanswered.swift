import Conversation

/// Whether the client waits for what the server has to say: what it says while something is still unanswered, it says
/// without having heard the answer.
struct SMTPUnanswered: Sendable {
    struct Said: Sendable {
        /// In upper case; `.` for a message's end.
        var verb: String
        var offset: UInt64
    }

    /// What the client said last that asks for a reply.
    private(set) var last: Said?
    private var answered: UInt64?
    private var repliedAt: Timestamp?
    /// Steps of an authentication that the server asked for and has not got.
    private var isChallenged = false

    /// All was answered.
    var isIdle: Bool {
        guard let last else { return true }
        return answered.map { $0 >= last.offset } ?? false
    }

    /// What was unanswered when the client began to say `line`; nil where nothing was.
    func before(_ line: Utterance) -> Said? {
        guard let last else { return nil }
        switch line.kind {
        case .command: return !isIdle || repliedAt.map { line.at < $0 } == true ? last : nil
        case .response: return isIdle || isChallenged ? nil : last
        default: return nil
        }
    }

    /// What was unanswered when a message began; nil where it began as it should.
    func before(_ message: MessageStart) -> Said? {
        message.dotStuffed && !isIdle && last?.verb == "DATA" ? last : nil
    }

    mutating func hear(_ line: Utterance, in session: SessionSoFar) {
        switch (line.direction, line.kind) {
        case (.client, .command): last = Said(verb: session.command?.verb ?? "", offset: line.offset)
        case (.client, .end): last = Said(verb: ".", offset: line.offset)
        case (.client, .response): isChallenged = false
        case (.server, .challenge): isChallenged = true
        default: break
        }
    }

    mutating func hear(_ exchange: Exchange) {
        guard exchange.length > 0 else { return }
        answered = exchange.offset
        repliedAt = exchange.replies.last?.at ?? repliedAt
        isChallenged = false
    }
}
