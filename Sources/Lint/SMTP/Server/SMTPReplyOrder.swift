import Conversation
import Wire

/// Whether replies can be held against the commands to which the machine gave them, which it does by their order.
///
/// They cannot where the recording begins in the middle, where bytes are missing, where mailtee put in words of its own,
/// and where the server's greeting, said twice, stands in the place of an answer.
struct SMTPReplyOrder: Sendable {
    /// Before this exchange the server had turned the client away, or said that it closes: no more is to be asked of it.
    private(set) var isOver = false
    private var closes = false
    private var isKnown = false
    /// When RCPT was last answered.
    private var recipientAnswered: Timestamp?

    /// To be asked for each exchange, in their order.
    mutating func holds(_ exchange: Exchange, in session: SessionSoFar) -> Bool {
        isOver = closes
        let reply = exchange.replies.last
        if session.exchange == 0 {
            isKnown = exchange.verb.isEmpty && exchange.length == 0 && reply.map { Self.greets($0, session) } == true
            closes = reply?.code != "220"
        }
        if let code = reply?.code, ["221", "421", "521"].contains(code) { closes = true }
        // Some let a client that a proxy tells them of be greeted anew; nobody else is inside TLS (RFC 3207 §4.2).
        if session.isUpgraded, reply?.code == "220", exchange.verb != "XCLIENT" { isKnown = false }
        if !Self.isPlain(exchange) { isKnown = false }
        // What was put in before TLS, and answered inside, has rules of its own.
        if session.wasInjected || session.inCrossing.server != nil { isKnown = false }
        if session.dialect == .lmtp { hearLMTP(exchange) }
        return isKnown && !session.hasGap && session.faults.isEmpty && session.layer != .agreed
    }

    /// One who came to a server that says nothing else than 220 said nothing before.
    private static func greets(_ reply: Reply, _ session: SessionSoFar) -> Bool {
        reply.code == "220"
            || session.spoken.client == 0 && reply.refuses && SMTPReplyCodes.isWellFormed(reply.code.utf8)
    }

    /// Servers do not agree on where a command ends that does not end in CR LF, nor, where they know no BDAT, on what its
    /// chunk is.
    private static func isPlain(_ exchange: Exchange) -> Bool {
        if exchange.verb == "BDAT", let code = exchange.replies.last?.code, code.hasPrefix("50") { return false }
        guard exchange.length > 0, exchange.verb != "." else { return true }
        return exchange.length == exchange.command.count + 2 && !exchange.command.contains(Byte.cr)
    }

    /// How many replies a message gets depends on how many recipients were accepted (RFC 2033 §4.2), which was not known
    /// when it ended if the client did not wait.
    private mutating func hearLMTP(_ exchange: Exchange) {
        switch exchange.verb {
        case "RCPT": recipientAnswered = exchange.replies.last?.at
        case ".", "BDAT": if let recipientAnswered, exchange.asked <= recipientAnswered { isKnown = false }
        default: break
        }
    }
}
