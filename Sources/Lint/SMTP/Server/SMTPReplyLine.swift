import Conversation
import Wire

extension Utterance {
    /// A whole line of a reply, said where replies may be.
    func isReply(in session: SessionSoFar) -> Bool {
        direction == .server && (kind == .reply || kind == .challenge) && end != .none && session.layer != .agreed
    }

    /// The three digits with which it begins; nil where there are more or fewer.
    var replyCode: ArraySlice<UInt8>? {
        let digits = bytes.prefix(4).prefix(while: { $0.isDigit })
        return digits.count == 3 ? digits : nil
    }

    /// More lines of the same reply are to come (RFC 5321 §4.2.1).
    var isContinued: Bool { replyCode != nil && bytes.count > 3 && bytes[3] == Byte.hyphen }
}

extension Reply {
    /// It says one of these, which are in lower case. Of a reply so long that nobody reads it the beginning is looked at.
    func says(_ phrases: [String]) -> Bool {
        let text = lines.prefix(8).map { String(decoding: $0.prefix(512).map(\.lowercased), as: UTF8.self) }
            .joined(separator: " ")
        return phrases.contains { text.contains($0) }
    }
}

extension Exchange {
    /// The server said it of itself: nothing was asked.
    var isUnasked: Bool { verb.isEmpty && length == 0 }
}

extension SessionSoFar {
    /// The server ended the connection.
    var wasEndedByServer: Bool { end == .closed(first: .server) || end == .reset(by: .server) }

    /// One of the two did, and not mailtee.
    var wasEndedByPeer: Bool { wasEndedByServer || end == .closed(first: .client) || end == .reset(by: .client) }

    /// A handshake did not come about.
    var hasFailedHandshake: Bool { handshakes.client?.failure != nil || handshakes.server?.failure != nil }
}
