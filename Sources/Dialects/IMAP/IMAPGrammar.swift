import Wire

/// The states of a session (RFC 9051 §3).
public enum IMAPPhase: String, Sendable, CaseIterable {
    case greeting
    case notAuthenticated = "not-authenticated"
    case authenticated
    case selected
    case logout
    /// TLS was agreed on (RFC 9051 §6.2.1).
    case tls
}

/// The parts of IMAP lines.
enum IMAPGrammar {
    /// The tag of a command (RFC 9051 §2.2.1): the first word.
    static func tag(_ line: [UInt8]) -> ArraySlice<UInt8> {
        line.drop(while: \.isBlank).prefix { !$0.isBlank }
    }

    /// The name of a command in upper case, `UID FETCH` as one; empty where there is none.
    static func verb(_ line: [UInt8]) -> String {
        let words = line.split(maxSplits: 3, whereSeparator: \.isBlank)
        guard words.count >= 2, let verb = name(words[1]) else { return "" }
        guard verb == "UID", words.count > 2, let second = name(words[2]) else { return verb }
        return "UID " + second
    }

    private static func name(_ word: ArraySlice<UInt8>) -> String? {
        guard word.count <= IMAPLimits.verb, word.allSatisfy({ $0.isLetter || $0.isDigit || $0 == Byte.hyphen })
        else { return nil }
        return ASCII.uppercased(word)
    }

    /// What begins a response that holds text for people and never a literal (RFC 9051 §7.1).
    static func isCondition(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 7 && ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(ASCII.uppercased(word))
    }

    /// The state after `verb` was completed with `code`.
    static func phase(after verb: String, _ code: String, in phase: IMAPPhase) -> IMAPPhase {
        switch (verb, code) {
        case ("LOGIN", "OK"), ("AUTHENTICATE", "OK"), ("CLOSE", "OK"), ("UNSELECT", "OK"): .authenticated
        case ("SELECT", "OK"), ("EXAMINE", "OK"): .selected
        // What was selected before is so no more (RFC 9051 §6.3.2).
        case ("SELECT", "NO"), ("EXAMINE", "NO"): phase == .selected ? .authenticated : phase
        case ("LOGOUT", "OK"): .logout
        case ("STARTTLS", "OK"): .tls
        default: phase
        }
    }
}
