/// One row for each command: the states in which it may be said, the state that its success leads to, the clause.
public struct IMAPCommand: Sendable {
    /// In upper case; `UID FETCH` is a command of its own.
    public let verb: String
    public let phases: Set<IMAPPhase>
    /// nil leaves the state as it is.
    public let next: IMAPPhase?
    /// Its arguments name mailboxes.
    public let namesMailboxes: Bool
    public let clause: String

    private init(
        _ verb: String, _ phases: Set<IMAPPhase>, to next: IMAPPhase? = nil, mailboxes: Bool = false, _ clause: String
    ) {
        self.verb = verb
        self.phases = phases
        self.next = next
        namesMailboxes = mailboxes
        self.clause = clause
    }

    private static let any: Set<IMAPPhase> = [.notAuthenticated, .authenticated, .selected]
    private static let loggedIn: Set<IMAPPhase> = [.authenticated, .selected]

    public static let table: [IMAPCommand] = [
        IMAPCommand("CAPABILITY", any, "RFC 9051 §6.1.1"),
        IMAPCommand("NOOP", any, "RFC 9051 §6.1.2"),
        IMAPCommand("LOGOUT", any, to: .logout, "RFC 9051 §6.1.3"),
        IMAPCommand("ID", any, "RFC 2971 §3.1"),
        IMAPCommand("STARTTLS", [.notAuthenticated], to: .tls, "RFC 9051 §6.2.1"),
        IMAPCommand("AUTHENTICATE", [.notAuthenticated], to: .authenticated, "RFC 9051 §6.2.2"),
        IMAPCommand("LOGIN", [.notAuthenticated], to: .authenticated, "RFC 9051 §6.2.3"),
        IMAPCommand("ENABLE", [.authenticated], "RFC 9051 §6.3.1"),
        IMAPCommand("SELECT", loggedIn, to: .selected, mailboxes: true, "RFC 9051 §6.3.2"),
        IMAPCommand("EXAMINE", loggedIn, to: .selected, mailboxes: true, "RFC 9051 §6.3.3"),
        IMAPCommand("CREATE", loggedIn, mailboxes: true, "RFC 9051 §6.3.4"),
        IMAPCommand("DELETE", loggedIn, mailboxes: true, "RFC 9051 §6.3.5"),
        IMAPCommand("RENAME", loggedIn, mailboxes: true, "RFC 9051 §6.3.6"),
        IMAPCommand("SUBSCRIBE", loggedIn, mailboxes: true, "RFC 9051 §6.3.7"),
        IMAPCommand("UNSUBSCRIBE", loggedIn, mailboxes: true, "RFC 9051 §6.3.8"),
        IMAPCommand("LIST", loggedIn, mailboxes: true, "RFC 9051 §6.3.9"),
        IMAPCommand("LSUB", loggedIn, mailboxes: true, "RFC 3501 §6.3.9"),
        IMAPCommand("NAMESPACE", loggedIn, "RFC 9051 §6.3.10"),
        IMAPCommand("STATUS", loggedIn, mailboxes: true, "RFC 9051 §6.3.11"),
        IMAPCommand("APPEND", loggedIn, mailboxes: true, "RFC 9051 §6.3.12"),
        IMAPCommand("IDLE", loggedIn, "RFC 9051 §6.3.13"),
        IMAPCommand("COMPRESS", any, "RFC 4978 §3"),
        IMAPCommand("GETQUOTA", loggedIn, "RFC 9208 §4.1.2"),
        IMAPCommand("GETQUOTAROOT", loggedIn, mailboxes: true, "RFC 9208 §4.1.3"),
        IMAPCommand("SETQUOTA", loggedIn, "RFC 9208 §4.1.1"),
        IMAPCommand("GETACL", loggedIn, mailboxes: true, "RFC 4314 §3.3"),
        IMAPCommand("SETACL", loggedIn, mailboxes: true, "RFC 4314 §3.1"),
        IMAPCommand("DELETEACL", loggedIn, mailboxes: true, "RFC 4314 §3.2"),
        IMAPCommand("LISTRIGHTS", loggedIn, mailboxes: true, "RFC 4314 §3.4"),
        IMAPCommand("MYRIGHTS", loggedIn, mailboxes: true, "RFC 4314 §3.5"),
        IMAPCommand("GETMETADATA", loggedIn, mailboxes: true, "RFC 5464 §4.2"),
        IMAPCommand("SETMETADATA", loggedIn, mailboxes: true, "RFC 5464 §4.3"),
        IMAPCommand("NOTIFY", loggedIn, mailboxes: true, "RFC 5465 §3.1"),
        IMAPCommand("CHECK", [.selected], "RFC 3501 §6.4.1"),
        IMAPCommand("CLOSE", [.selected], to: .authenticated, "RFC 9051 §6.4.1"),
        IMAPCommand("UNSELECT", [.selected], to: .authenticated, "RFC 9051 §6.4.2"),
        IMAPCommand("EXPUNGE", [.selected], "RFC 9051 §6.4.3"),
        IMAPCommand("SEARCH", [.selected], "RFC 9051 §6.4.4"),
        IMAPCommand("FETCH", [.selected], "RFC 9051 §6.4.5"),
        IMAPCommand("STORE", [.selected], "RFC 9051 §6.4.6"),
        IMAPCommand("COPY", [.selected], mailboxes: true, "RFC 9051 §6.4.7"),
        IMAPCommand("MOVE", [.selected], mailboxes: true, "RFC 9051 §6.4.8"),
        IMAPCommand("SORT", [.selected], "RFC 5256 §3"),
        IMAPCommand("THREAD", [.selected], "RFC 5256 §3"),
        IMAPCommand("UID FETCH", [.selected], "RFC 9051 §6.4.9"),
        IMAPCommand("UID STORE", [.selected], "RFC 9051 §6.4.9"),
        IMAPCommand("UID SEARCH", [.selected], "RFC 9051 §6.4.9"),
        IMAPCommand("UID COPY", [.selected], mailboxes: true, "RFC 9051 §6.4.9"),
        IMAPCommand("UID MOVE", [.selected], mailboxes: true, "RFC 9051 §6.4.9"),
        IMAPCommand("UID EXPUNGE", [.selected], "RFC 9051 §6.4.9"),
        IMAPCommand("UID SORT", [.selected], "RFC 5256 §3"),
        IMAPCommand("UID THREAD", [.selected], "RFC 5256 §3"),
    ]

    private static let byVerb = Dictionary(uniqueKeysWithValues: table.map { ($0.verb, $0) })

    public static func named(_ verb: String) -> IMAPCommand? { byVerb[verb] }

    /// The state after `verb` was completed with `code`.
    ///
    /// What succeeds in a state in which it may not be said shows that we have missed how the peers came to another one:
    /// a record or a capture may begin in the middle.
    public static func phase(after verb: String, _ code: String, in phase: IMAPPhase) -> IMAPPhase {
        guard let command = byVerb[verb], phase != .logout, phase != .tls else { return phase }
        switch (code, command.next) {
        case ("OK", let next?): return next
        case ("OK", nil):
            if command.phases.contains(phase) || phase == .selected { return phase }
            return command.phases == [.selected] ? .selected : command.phases == any ? phase : .authenticated
        // What was selected before is so no more (RFC 9051 §6.3.2).
        case ("NO", .selected?): return phase == .selected ? .authenticated : phase
        default: return phase
        }
    }
}
