import Conversation
import Wire

/// The commands in progress, oldest first, each with the tag that its completion will have (RFC 9051 §2.2.1).
struct IMAPPending: Sendable {
    struct Entry: Sendable {
        var exchange: Exchange
        var kind: Kind
        fileprivate var tag: [UInt8]
    }

    enum Kind: Sendable {
        case command
        /// What the client says to each challenge.
        case authenticate(IMAPResponses)
        /// IDLE, which `+` has not answered yet; the client may have said DONE already.
        case idle(done: Exchange?)
        /// IDLE that `+` has answered, and DONE once the client has said it.
        case idling(done: Exchange?)

        /// `+` means it.
        var awaitsContinuation: Bool {
            switch self {
            case .authenticate, .idle: true
            case .command, .idling: false
            }
        }

        var isIdle: Bool {
            switch self {
            case .idle, .idling: true
            case .command, .authenticate: false
            }
        }
    }

    private(set) var entries: [Entry] = []
    /// How many of them have a tag: a server that says tags of its own making costs no search.
    private var tags: [[UInt8]: Int] = [:]

    var first: Entry? { entries.first }

    /// - Returns: false when there is no room.
    mutating func append(_ exchange: Exchange, _ kind: Kind, tag: ArraySlice<UInt8>) -> Bool {
        guard entries.count < IMAPLimits.pending else { return false }
        let tag = Array(tag.prefix(IMAPLimits.tag))
        entries.append(Entry(exchange: exchange, kind: kind, tag: tag))
        tags[tag, default: 0] += 1
        return true
    }

    /// The oldest with this tag.
    func index(tag: ArraySlice<UInt8>) -> Int? {
        let tag = Array(tag.prefix(IMAPLimits.tag))
        return tags[tag] == nil ? nil : entries.firstIndex { $0.tag == tag }
    }

    mutating func remove(at index: Int) -> Entry {
        let entry = entries.remove(at: index)
        tags[entry.tag] = tags[entry.tag].flatMap { $0 > 1 ? $0 - 1 : nil }
        return entry
    }

    mutating func update(_ index: Int, _ change: (inout Entry) -> Void) {
        change(&entries[index])
    }

    mutating func removeAll() -> [Entry] {
        defer { self = IMAPPending() }
        return entries
    }
}

/// Whether what the client says next are steps of an authentication. One that does not wait for the challenge is
/// believed to answer it, as in SMTP.
enum IMAPResponses: Sendable {
    case none
    case one
    /// Until the command is completed.
    case any

    /// What the client says behind this AUTHENTICATE, which gives a mechanism and maybe an initial response.
    init(to command: [UInt8]) {
        let words = ASCII.words(command[...])
        if words.count < 3 {
            self = .none
        } else if SMTPGrammar.isOneRound(words[2]) {
            self = words.count == 3 ? .one : .none
        } else {
            self = .any
        }
    }
}
