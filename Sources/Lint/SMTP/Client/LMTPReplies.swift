import Conversation

/// The recipients of an LMTP message and the replies to its end, of which each that was accepted gets one
/// (RFC 2033 §4.2).
struct LMTPReplies: Sendable {
    private(set) var accepted = 0
    private(set) var refused = 0
    private(set) var count = 0

    mutating func hear(_ exchange: Exchange) {
        switch exchange.verb {
        case "MAIL", "RSET", "LHLO": self = LMTPReplies()
        case "RCPT": if exchange.replies.last?.isPositive == true { accepted += 1 } else { refused += 1 }
        case ".": if !exchange.replies.isEmpty { count += 1 }
        default: break
        }
    }
}
