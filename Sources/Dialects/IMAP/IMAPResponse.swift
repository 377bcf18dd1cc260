import Conversation
import Wire

/// What a line of the server's is.
enum IMAPResponse {
    /// A response that may have literals in it.
    struct Data: Sendable, Equatable {
        var isFetch = false
        var namesMailboxes = false
        /// What stands before FETCH: the message's place in the mailbox (RFC 9051 §7.5).
        var number: UInt64?
    }

    /// More of a response that had a literal.
    case more(Data)
    case data(Data)
    case capabilities
    case enabled
    /// OK, NO, BAD, BYE or PREAUTH without a tag (RFC 9051 §7.1).
    case condition
    /// `+` to a literal, or unasked.
    case goAhead
    /// `+` to the authentication or to the IDLE at this place of the commands in progress.
    case challenge(Int)
    case idling(Int)
    /// The completion of the command at this place of the commands in progress.
    case completion(Int)
    /// The completion of a command that nobody has heard.
    case strayCompletion
    case other

    var kind: Utterance.Kind {
        switch self {
        case .more, .data, .capabilities, .enabled, .condition, .goAhead, .idling, .completion: .reply
        case .challenge: .challenge
        case .strayCompletion, .other: .line
        }
    }

    var namesMailboxes: Bool {
        switch self {
        case .more(let data), .data(let data): data.namesMailboxes
        default: false
        }
    }
}

/// What a server says it can do (RFC 9051 §7.1, §7.2.2).
enum IMAPCapabilities {
    /// Those listed in `text`, which a bracket may end.
    static func listed(_ text: ArraySlice<UInt8>) -> [String] {
        ASCII.words(text.prefix { $0 != UInt8(ascii: "]") }).prefix(IMAPLimits.capabilities).compactMap {
            $0.count <= IMAPLimits.capability ? ASCII.uppercased($0) : nil
        }
    }

    /// Those in the response code that begins `text`; nil where there is none of that name.
    static func code(_ text: ArraySlice<UInt8>) -> [String]? {
        var words = IMAPWords(text)
        guard let first = words.next(), ASCII.equal(first, "[CAPABILITY") else { return nil }
        return listed(words.rest)
    }
}
