import Wire

/// What the POP3 machine keeps at most.
public enum POP3Limits {
    /// Bytes of a line: RFC 2449 §4 allows 255 for a command and 512 for a reply, RFC 5034 §4 more within AUTH.
    public static let line = 12_288
    public static let pending = 1_000
    /// Lines of a listing that are kept with its exchange.
    public static let replyLines = 256
    public static let challenges = 32
}

/// The states of a session (RFC 1939 §3).
public enum POP3Phase: String, Sendable, CaseIterable {
    case greeting
    case authorization
    case transaction
    case update
    /// TLS was agreed on (RFC 2595 §4).
    case tls
}

/// One row for each command: the states in which it may be said, what its success leads to, whether a positive reply
/// has a body, the clause.
public struct POP3Command: Sendable {
    public enum Body: Sendable {
        case never
        case always
        /// Only when the command has no argument: LIST, UIDL.
        case withoutArgument
        /// A message, or the beginning of one.
        case message
    }

    public let verb: String
    public let phases: Set<POP3Phase>
    public let next: POP3Phase?
    public let body: Body
    public let clause: String

    private init(
        _ verb: String, _ phases: Set<POP3Phase>, next: POP3Phase? = nil, body: Body = .never, _ clause: String
    ) {
        self.verb = verb
        self.phases = phases
        self.next = next
        self.body = body
        self.clause = clause
    }

    public static let table: [POP3Command] = [
        POP3Command("USER", [.authorization], "RFC 1939 §7"),
        POP3Command("PASS", [.authorization], next: .transaction, "RFC 1939 §7"),
        POP3Command("APOP", [.authorization], next: .transaction, "RFC 1939 §7"),
        POP3Command("AUTH", [.authorization], next: .transaction, body: .withoutArgument, "RFC 5034 §4"),
        POP3Command("STLS", [.authorization], next: .tls, "RFC 2595 §4"),
        POP3Command("CAPA", [.authorization, .transaction], body: .always, "RFC 2449 §5"),
        POP3Command("LANG", [.authorization, .transaction], body: .withoutArgument, "RFC 6856 §3"),
        POP3Command("UTF8", [.authorization], "RFC 6856 §2"),
        POP3Command("STAT", [.transaction], "RFC 1939 §5"),
        POP3Command("LIST", [.transaction], body: .withoutArgument, "RFC 1939 §5"),
        POP3Command("RETR", [.transaction], body: .message, "RFC 1939 §5"),
        POP3Command("DELE", [.transaction], "RFC 1939 §5"),
        POP3Command("NOOP", [.transaction], "RFC 1939 §5"),
        POP3Command("RSET", [.transaction], "RFC 1939 §5"),
        POP3Command("TOP", [.transaction], body: .message, "RFC 1939 §7"),
        POP3Command("UIDL", [.transaction], body: .withoutArgument, "RFC 1939 §7"),
        POP3Command("QUIT", [.authorization, .transaction], next: .update, "RFC 1939 §4, §6"),
    ]

    private static let byVerb = Dictionary(uniqueKeysWithValues: table.map { ($0.verb, $0) })

    public static func named(_ verb: String) -> POP3Command? { byVerb[verb] }
}

enum POP3Grammar {
    /// Commands that stand in no table of ours, and that clients say. None begins as what is masked does.
    private static let others = ["LAST", "RPOP", "HELP", "ID"]
    static let verbs = POP3Command.table.map { Array($0.verb.utf8) } + others.map { Array($0.utf8) }

    /// A status line (RFC 1939 §3), as tolerantly as clients read it; nil for anything else.
    static func status(_ line: [UInt8]) -> (code: String, text: ArraySlice<UInt8>)? {
        let word = line.prefix { !$0.isBlank }
        let text = line.dropFirst(word.count).drop { $0.isBlank }
        if ASCII.equal(word, "+OK") { return ("+OK", text) }
        if ASCII.equal(word, "-ERR") { return ("-ERR", text) }
        if ASCII.equal(word, "+") { return ("+", text) }
        // `+OK:` and `-ERROR` have been seen.
        if ASCII.equal(word.prefix(3), "+OK") { return ("+OK", line.dropFirst(3)) }
        if ASCII.equal(word.prefix(4), "-ERR") { return ("-ERR", line.dropFirst(4)) }
        return nil
    }
}
