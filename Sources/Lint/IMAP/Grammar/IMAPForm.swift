import Conversation
import Wire

/// Whether a command of a client's has the form that the grammar gives it (RFC 9051 §9, RFC 3501 §9, and the extensions
/// in common use). Each command by itself: the state of the session has no part in it, nor has what a server knows.
enum IMAPForm: Sendable {
    case wellFormed
    case malformed(Flaw)
    /// Nothing can be said: the command is not known here, or not all of it was heard.
    case unknown

    struct Flaw: Error, Sendable {
        enum Kind: Sendable {
            case syntax
            /// A quoted string is not closed, or holds what it may not.
            case quote
            /// A message number or UID is 0.
            case zero
            /// The grammar allows it, and nobody can have meant it: the keyword `Deleted` for the flag `\Deleted`.
            case unmeant
        }

        var kind = Kind.syntax
        /// What is wrong, as the end of a sentence about the command: `the date after SINCE is written …`.
        var what: Words
        var clause = "RFC 9051 §9; RFC 3501 §9"
    }

    /// - Parameter pieces: the command without its line ends, cut where literals stand in it; where the last one given
    ///   announces a literal, what follows is not known, and may be right.
    init(pieces: [[UInt8]]) {
        do {
            self = try Self.check(pieces) ? .wellFormed : .unknown
        } catch {
            self = .malformed(error)
        }
    }

    /// What of the command stands before its first literal.
    init(_ exchange: Exchange) {
        guard exchange.length > 0, exchange.verb != "DONE" else {
            self = .unknown
            return
        }
        self.init(pieces: [exchange.command])
    }

    /// - Returns: false where nothing can be said.
    private static func check(_ pieces: [[UInt8]]) throws(Flaw) -> Bool {
        guard let first = pieces.first, let command = first.split(separator: Byte.space).dropFirst().first else {
            return false
        }
        var verb = ASCII.uppercased(command.prefix(16))
        if verb == "UID" {
            let second = first.split(separator: Byte.space).dropFirst(2).first ?? []
            verb += " " + ASCII.uppercased(second.prefix(16))
        }
        // Half of what these say is masked.
        if verb == "LOGIN" || verb == "AUTHENTICATE" { return try login(verb, first) }
        guard let read = grammar(of: verb) else { return false }
        let texts = [Array(IMAPArguments.of(first, verb: verb))] + pieces.dropFirst()
        guard let (tokens, isCut) = try IMAPFormTokens.read(texts, hasSections: verb.hasSuffix("FETCH")) else {
            return false
        }
        var arguments = IMAPFormArguments(tokens, of: verb, isCut: isCut)
        do {
            try read(&arguments)
            try arguments.end()
        } catch {
            switch error {
            case .flaw(let flaw): throw flaw
            case .notKnown: return false
            }
        }
        return true
    }

    private static func login(_ verb: String, _ line: [UInt8]) throws(Flaw) -> Bool {
        let words = ASCII.words(IMAPArguments.of(line, verb: verb))
        let isCut = IMAPLiteralMark(endOf: line) != nil
        if verb == "AUTHENTICATE" {
            guard words.isEmpty else { return true }
            throw Flaw(
                what: Words("the mechanism is missing behind AUTHENTICATE", ja: "AUTHENTICATE の後に認証方式がありません"),
                clause: "RFC 9051 §6.2.2; RFC 3501 §6.2.2")
        }
        guard words.count < 2, !isCut else { return true }
        throw Flaw(
            what: words.isEmpty
                ? Words("user name and password are missing behind LOGIN", ja: "LOGIN の後にユーザー名とパスワードがありません")
                : Words(
                    "only one argument stands behind LOGIN, which takes a user name and a password",
                    ja: "LOGIN の引数が 1 個しかありません。ユーザー名とパスワードの 2 個が必要です"),
            clause: "RFC 9051 §6.2.3; RFC 3501 §6.2.3")
    }
}

/// Why no more of a command is read.
enum IMAPFormFailure: Error {
    case flaw(IMAPForm.Flaw)
    /// An extension that is not known here: what stands there may be right.
    case notKnown

    init(_ en: String, ja: String, kind: IMAPForm.Flaw.Kind = .syntax, clause: String? = nil) {
        var flaw = IMAPForm.Flaw(kind: kind, what: Words(en, ja: ja))
        if let clause { flaw.clause = clause }
        self = .flaw(flaw)
    }
}
