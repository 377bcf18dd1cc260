import Conversation
import Wire

/// In which states of a session a command may be said (RFC 9051 §6).
enum IMAPVerb {
    enum State: Sendable {
        case notAuthenticated
        case authenticated
        case selected
        case logout

        var name: Words {
            switch self {
            case .notAuthenticated: Words("nobody has logged in", ja: "まだログインしていない")
            case .authenticated: Words("no mailbox is selected", ja: "メールボックスが選択されていない")
            case .selected: Words("a mailbox is selected", ja: "メールボックスが選択されている")
            case .logout: Words("the client has said LOGOUT", ja: "すでに LOGOUT を送った")
            }
        }
    }

    /// nil for a command of which nothing is known.
    static func states(_ verb: String) -> Set<State>? {
        if always.contains(verb) { return [.notAuthenticated, .authenticated, .selected] }
        if beforeLogin.contains(verb) { return [.notAuthenticated] }
        if verb == "ENABLE" { return [.authenticated] }
        if afterLogin.contains(verb) { return [.authenticated, .selected] }
        return whenSelected.contains(verb) ? [.selected] : nil
    }

    static func isKnown(_ verb: String) -> Bool { states(verb) != nil || verb == "UID" }

    static let always: Set<String> = ["CAPABILITY", "NOOP", "LOGOUT", "ID"]
    static let beforeLogin: Set<String> = ["STARTTLS", "AUTHENTICATE", "LOGIN"]
    static let afterLogin: Set<String> = [
        "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "NAMESPACE",
        "STATUS", "APPEND", "IDLE", "GETQUOTA", "GETQUOTAROOT", "SETQUOTA", "GETACL", "SETACL", "DELETEACL",
        "LISTRIGHTS", "MYRIGHTS", "GETMETADATA", "SETMETADATA", "NOTIFY", "COMPRESS",
    ]
    static let whenSelected: Set<String> = [
        "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "MOVE", "SORT", "THREAD",
        "UID FETCH", "UID STORE", "UID SEARCH", "UID COPY", "UID MOVE", "UID EXPUNGE", "UID SORT", "UID THREAD",
    ]

    /// Those that name a mailbox, by the place of its name among their arguments.
    static func mailboxes(_ verb: String) -> Range<Int> {
        switch verb {
        case "SELECT", "EXAMINE", "CREATE", "DELETE", "SUBSCRIBE", "UNSUBSCRIBE", "STATUS", "APPEND": 0..<1
        case "RENAME": 0..<2
        case "COPY", "MOVE", "UID COPY", "UID MOVE": 1..<2
        default: 0..<0
        }
    }

    /// Those whose first argument is numbers of messages.
    static let numbered: Set<String> = ["FETCH", "STORE", "COPY", "MOVE"]
    /// Those whose first argument is UIDs.
    static let uids: Set<String> = ["UID FETCH", "UID STORE", "UID COPY", "UID MOVE", "UID EXPUNGE"]
}

extension SpokenCommand {
    /// The command of an IMAP client's as the table has it, `UID FETCH` as one.
    var imapVerb: String {
        guard verb == "UID", let second = arguments.first else { return verb }
        return "UID " + ASCII.uppercased(second.prefix(16))
    }
}

/// What is said behind the command: `1:5 (FLAGS)` of `a1 UID FETCH 1:5 (FLAGS)`.
enum IMAPArguments {
    static func of(_ command: [UInt8], verb: String) -> ArraySlice<UInt8> {
        var rest = command[...]
        for _ in 0..<(verb.hasPrefix("UID ") ? 3 : 2) {
            rest = rest.drop { $0.isBlank }.drop { !$0.isBlank }
        }
        return rest.drop { $0.isBlank }
    }
}

/// Arguments of a command, one by one.
struct IMAPTokens: IteratorProtocol {
    enum Token: Equatable {
        case atom(ArraySlice<UInt8>)
        /// What it means, without quotes and backslashes.
        case quoted([UInt8])
        /// With its parentheses.
        case list(ArraySlice<UInt8>)
        case literal(IMAPLiteralMark)
    }

    private var rest: ArraySlice<UInt8>

    init(_ arguments: ArraySlice<UInt8>) { rest = arguments }

    mutating func next() -> Token? {
        rest = rest.drop { $0.isBlank }
        guard let first = rest.first else { return nil }
        if first == Byte.quote { return quoted() }
        if first == UInt8(ascii: "(") { return list() }
        let atom = bracketed()
        return IMAPLiteralMark(endOf: Array(atom.suffix(24))).map(Token.literal) ?? .atom(atom)
    }

    private mutating func quoted() -> Token {
        var bytes: [UInt8] = []
        var index = rest.startIndex + 1
        while index < rest.endIndex, rest[index] != Byte.quote {
            if rest[index] == UInt8(ascii: "\\"), index + 1 < rest.endIndex { index += 1 }
            bytes.append(rest[index])
            index += 1
        }
        rest = rest[min(index + 1, rest.endIndex)...]
        return .quoted(bytes)
    }

    private mutating func list() -> Token {
        var depth = 0
        var isQuoted = false
        var index = rest.startIndex
        while index < rest.endIndex {
            switch rest[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case Byte.quote: isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: depth += 1
            case UInt8(ascii: ")") where !isQuoted: depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { break }
        }
        let end = min(index, rest.endIndex)
        defer { rest = rest[end...] }
        return .list(rest[..<end])
    }

    /// Up to a blank that is not in brackets.
    private mutating func bracketed() -> ArraySlice<UInt8> {
        var isInBrackets = false
        let atom = rest.prefix { byte in
            if byte == UInt8(ascii: "[") { isInBrackets = true }
            if byte == UInt8(ascii: "]") { isInBrackets = false }
            return isInBrackets || !byte.isBlank
        }
        rest = rest[atom.endIndex...]
        return atom
    }
}

extension IMAPTokens.Token {
    /// A string, however it is said; nil for a list and for a literal, which comes later.
    var string: [UInt8]? {
        switch self {
        case .atom(let bytes): Array(bytes)
        case .quoted(let bytes): bytes
        case .list, .literal: nil
        }
    }
}
