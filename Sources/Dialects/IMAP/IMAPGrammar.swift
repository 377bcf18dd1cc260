import Wire

/// What the IMAP machine keeps at most.
public enum IMAPLimits {
    /// Bytes of a line, its literals apart: RFC 9051 §4 sets no limit, RFC 2683 §3.2.1.5 asks for 8,000.
    public static let line = 12_288
    /// Commands in progress.
    public static let pending = 1_000
    public static let challenges = 32
}

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

enum IMAPGrammar {
    /// A literal announced by the end of a line (RFC 9051 §4.3, RFC 7888).
    struct Literal: Equatable {
        var size: UInt64
        /// `{n}`: the client waits for `+` before it says it.
        var waits: Bool
    }

    /// `{n}`, `{n+}` or `{n-}` at the end of a line, also `~{n}` (RFC 3516 §4.4).
    static func literal(_ line: [UInt8]) -> Literal? {
        guard line.last == UInt8(ascii: "}"), let brace = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        var digits = line[(brace + 1)..<(line.count - 1)]
        let waits = digits.last?.isDigit ?? false
        if !waits, let mark = digits.last, mark == Byte.plus || mark == Byte.hyphen { digits.removeLast() }
        return ASCII.number(digits).map { Literal(size: $0, waits: waits) }
    }

    /// The state after a command was completed with OK.
    static func phase(after verb: String, in phase: IMAPPhase) -> IMAPPhase {
        switch verb {
        case "LOGIN", "AUTHENTICATE", "CLOSE", "UNSELECT": .authenticated
        case "SELECT", "EXAMINE": .selected
        case "LOGOUT": .logout
        case "STARTTLS": .tls
        default: phase
        }
    }

    /// True where a literal at the end of this response is a message, or the beginning of one: `BODY[]`, `BODY[TEXT]`,
    /// `RFC822`, `BINARY[]` (RFC 9051 §7.5.2).
    static func announcesMessage(_ line: [UInt8]) -> Bool {
        guard let brace = line.lastIndex(of: UInt8(ascii: "{")) else { return false }
        let words = ASCII.words(line[..<brace])
        guard words.count >= 4, ASCII.equal(words[2], "FETCH"), let item = words.last else { return false }
        let name = ASCII.uppercased(item.drop { $0 == UInt8(ascii: "(") })
        return name.hasPrefix("BODY[]") || name.hasPrefix("RFC822") && name != "RFC822.SIZE"
            || name.hasPrefix("BINARY[]")
    }
}

/// Finds the password among the arguments of LOGIN, which may stand as atoms, quoted strings or literals, each piece of
/// the line between two literals on its own (RFC 9051 §6.2.3).
struct IMAPLogin {
    /// Which argument comes next: 1 the user, 2 the password.
    private(set) var argument = 1

    /// The byte of this piece at which the secret begins; depends, for each byte, on the bytes up to it alone.
    func secretStart(in bytes: [UInt8], from start: Int) -> Int? {
        var argument = argument
        var index = start
        while true {
            while index < bytes.count, bytes[index].isBlank { index += 1 }
            guard index < bytes.count else { return nil }
            // The size of a literal is none, and without it the rest could not be read.
            if bytes[index] == UInt8(ascii: "{") {
                let rest = bytes[(index + 1)...].drop(while: \.isDigit)
                    .drop { $0 == Byte.plus || $0 == Byte.hyphen || $0 == UInt8(ascii: "}") }
                return rest.first.flatMap { $0 == Byte.cr ? nil : rest.startIndex }
            }
            guard argument == 1 else { return index }
            guard let end = Self.end(of: bytes, from: index) else { return nil }
            if end.isBroken { return end.index }
            index = end.index
            argument = 2
        }
    }

    /// A literal has been announced: what follows it is the next argument.
    mutating func passedLiteral() {
        argument += 1
    }

    /// This piece ended with the announcement of a literal.
    mutating func passed(_ bytes: [UInt8], from start: Int) {
        guard argument == 1, let end = Self.end(of: bytes, from: bytes[start...].firstIndex { !$0.isBlank } ?? start)
        else { return }
        if bytes[end.index...].contains(UInt8(ascii: "{")) { argument = 2 }
    }

    /// The end of an atom or quoted string; nil where it goes on. A quoted user with a blank in it is taken for one whose
    /// quote was forgotten.
    private static func end(of bytes: [UInt8], from start: Int) -> (index: Int, isBroken: Bool)? {
        guard start < bytes.count, bytes[start] == Byte.quote else {
            return bytes[min(start, bytes.count)...].firstIndex(where: \.isBlank).map { ($0, false) }
        }
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == Byte.quote {
                return (index + 1, false)
            } else if bytes[index].isBlank {
                return (index + 1, true)
            } else {
                index += 1
            }
        }
        return nil
    }
}
