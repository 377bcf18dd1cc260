import Wire

/// The parts of IMAP lines.
enum IMAPGrammar {
    /// The name of a command in upper case, `UID FETCH` as one; empty where there is none.
    static func verb(_ line: [UInt8]) -> String {
        var words = IMAPWords(line)
        guard words.next() != nil, let verb = words.next().flatMap(name) else { return "" }
        guard verb == "UID", let second = words.next().flatMap(name) else { return verb }
        return "UID " + second
    }

    private static func name(_ word: ArraySlice<UInt8>) -> String? {
        guard word.count <= IMAPLimits.verb, word.allSatisfy({ $0.isLetter || $0.isDigit || $0 == Byte.hyphen })
        else { return nil }
        return ASCII.uppercased(word)
    }

    /// What begins a response that holds text for people and never a literal (RFC 9051 §7.1).
    static func isCondition(_ word: ArraySlice<UInt8>) -> Bool {
        ASCII.equal(word, "OK") || ASCII.equal(word, "NO") || ASCII.equal(word, "BAD") || ASCII.equal(word, "BYE")
            || ASCII.equal(word, "PREAUTH")
    }

    /// The response names mailboxes.
    static func namesMailboxes(_ response: ArraySlice<UInt8>) -> Bool {
        ["LIST", "LSUB", "XLIST", "STATUS", "ACL", "LISTRIGHTS", "MYRIGHTS", "QUOTAROOT", "METADATA"]
            .contains { ASCII.equal(response, $0) }
    }
}

/// The words of a line, one by one; runs of blanks part them, as tolerantly as peers read them.
struct IMAPWords: IteratorProtocol {
    /// What was not taken, without the blanks before it.
    private(set) var rest: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>) {
        rest = line.drop(while: { $0.isBlank })
    }

    init(_ line: [UInt8]) {
        self.init(line[...])
    }

    /// The next word, which is not taken.
    var first: ArraySlice<UInt8>? {
        rest.isEmpty ? nil : rest.prefix { !$0.isBlank }
    }

    mutating func next() -> ArraySlice<UInt8>? {
        let word = first
        rest = rest.dropFirst(word?.count ?? 0).drop(while: { $0.isBlank })
        return word
    }
}
