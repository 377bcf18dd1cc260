import Conversation
import Wire

/// Which lines of a client's are steps of an authentication (RFC 4422), in a protocol of which no more is followed.
struct AuthenticationSteps: Sendable {
    /// A client that does not wait for the challenge is believed to answer it, as in SMTP.
    private enum Due: Sendable {
        case none
        case one
        /// Until the server ends it.
        case any
    }

    private var due = Due.none
    /// One was begun in this session: from here on a challenge counts, also where an answer to another command seemed
    /// to end it.
    private(set) var hasBegun = false

    /// The client's next line is a step.
    var isDue: Bool { if case .none = due { false } else { true } }

    /// A command that was said, its secret masked.
    mutating func heardCommand(_ line: [UInt8]) {
        guard let arguments = Self.arguments(of: line) else { return }
        hasBegun = true
        let mechanism = arguments.mechanism.filter { $0 != Byte.quote }
        let isOneRound = SMTPGrammar.isOneRound(mechanism[...])
        if arguments.hasInitial {
            due = isOneRound ? .none : .any
        } else {
            due = isOneRound ? .one : .any
        }
    }

    mutating func heardStep(_ line: [UInt8]) {
        if case .one = due { due = .none }
        // The client gives up.
        if line == [Byte.star] { due = .none }
    }

    mutating func heardCompletion() {
        due = .none
    }

    /// - Returns: true where no step was due before.
    mutating func heardChallenge() -> Bool {
        guard hasBegun, !isDue else { return false }
        due = .one
        return true
    }

    /// A line of IRC's, where the argument of AUTHENTICATE is first a mechanism and then a piece of a response each.
    mutating func heardArgument(_ line: [UInt8]) {
        guard let argument = Self.argument(of: line) else { return }
        hasBegun = true
        due = argument.elementsEqual([Byte.star]) ? .none : .any
    }

    /// The line holds a piece of a response.
    func isArgument(_ line: [UInt8]) -> Bool { isDue && Self.argument(of: line) != nil }

    private static func argument(of line: [UInt8]) -> ArraySlice<UInt8>? {
        var words = IMAPWords(line)
        words.skipSources()
        guard let verb = words.next(), ASCII.equal(verb, "AUTHENTICATE") else { return nil }
        return words.next()
    }

    private static func arguments(of line: [UInt8]) -> (mechanism: ArraySlice<UInt8>, hasInitial: Bool)? {
        // As `Credentials` has it: a recorder passes by all other lines.
        guard line.count > 4, let first = line.first, first.isBlank || Credentials.mayBegin(first) else { return nil }
        var words = IMAPWords(line)
        guard let verb = words.next(), verb.count <= Credentials.wordLength else { return nil }
        if !ASCII.equal(verb, "AUTH"), !ASCII.equal(verb, "AUTHENTICATE") {
            guard let second = words.next(),
                ASCII.equal(second, "AUTHENTICATE") || ASCII.equal(verb, "AUTHINFO") && ASCII.equal(second, "SASL")
            else { return nil }
        }
        guard let mechanism = words.next() else { return nil }
        return (mechanism, words.first != nil)
    }
}

extension IMAPWords {
    /// Passes by tags and a source, which may stand before a command of IRC's (RFC 2812 §2.3.1).
    mutating func skipSources() {
        while let byte = first?.first, byte == Byte.colon || byte == UInt8(ascii: "@") { _ = next() }
    }
}

/// A step of ManageSieve's: a string, quoted or a literal (RFC 5804 §2.1). What announces the literal is not secret,
/// nor is `"*"`, which cancels.
enum SieveStep {
    static func secretStart(in line: [UInt8]) -> Int? {
        switch line.first {
        case nil: return nil
        case Byte.quote: return follows(line, [Byte.star, Byte.quote])
        case UInt8(ascii: "{"): return behindAnnouncement(line)
        case Byte.star: return 1
        default: return 0
        }
    }

    /// No command of ManageSieve's begins so.
    static func isOne(_ line: [UInt8]) -> Bool {
        line.first == Byte.quote || line.first == UInt8(ascii: "{")
    }

    /// The first byte of `line` behind its first one that is not as in `expected`, or comes after that.
    private static func follows(_ line: [UInt8], _ expected: [UInt8]) -> Int? {
        var index = 1
        while index < line.count, index <= expected.count, line[index] == expected[index - 1] { index += 1 }
        return behindLineEnd(line, index)
    }

    private static func behindAnnouncement(_ line: [UInt8]) -> Int? {
        var index = 1
        while index < min(line.count, LinesLimits.announcement), line[index].isDigit { index += 1 }
        if index < line.count, line[index] == Byte.plus { index += 1 }
        if index < line.count, line[index] == UInt8(ascii: "}") { index += 1 }
        return behindLineEnd(line, index)
    }

    /// CR may be the line's end; what follows it will tell.
    private static func behindLineEnd(_ line: [UInt8], _ start: Int) -> Int? {
        let crs = start + min(line.count - start, 2)
        var index = start
        while index < crs, line[index] == Byte.cr { index += 1 }
        return index < line.count ? index : nil
    }
}
