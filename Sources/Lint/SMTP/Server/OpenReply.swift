import Conversation

/// A reply of several lines, as long as its last line is to come.
struct OpenReply: Sendable {
    /// The last of its lines so far.
    private(set) var line: Utterance?
    /// The client went on speaking.
    private(set) var isInterrupted = false

    /// - Returns: the line before this one, where it belonged to a reply that went on and had another code.
    mutating func hear(_ next: Utterance, in session: SessionSoFar) -> (line: Utterance, isInterrupted: Bool)? {
        guard next.direction == .server else {
            isInterrupted = true
            return nil
        }
        guard next.isReply(in: session), !session.hasGap, let code = next.replyCode else { return nil }
        // 421 is no line of another reply: with it a server takes its leave at any time (RFC 5321 §3.8).
        let isOther = isInterrupted || code.elementsEqual("421".utf8)
        let before = line.map { ($0, isOther) }
        line = next.isContinued ? next : nil
        isInterrupted = false
        guard let before, before.0.replyCode != code else { return nil }
        return before
    }

    mutating func reset() {
        self = OpenReply()
    }
}
