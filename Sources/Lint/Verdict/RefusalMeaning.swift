import Conversation

/// What a refusal means for who wants to get mail through: a row of a table, read from above until one matches.
struct RefusalMeaning: Sendable {
    /// As in `refused.unknown-recipient`.
    let id: String
    let fault: Verdict.Fault
    /// What the server says by it, and what to do.
    let words: Words
    /// The server names a reason that has nothing to do with the form of what was said.
    let isPlain: Bool
    private let verbs: Set<String>
    private let codes: Set<String>
    private let enhanced: [String]
    private let responseCodes: Set<String>
    private let says: [String]
    private let isTemporary: Bool?

    /// What is empty is not asked for. Of `codes`, `enhanced`, `responseCodes` and `says` one has to match.
    /// - Parameters:
    ///   - enhanced: beginnings of enhanced status codes behind their first digit: `7.8` for `5.7.8`.
    ///   - says: words in its text, in lower case.
    init(
        _ id: String, _ fault: Verdict.Fault, verbs: Set<String> = [], codes: Set<String> = [], enhanced: [String] = [],
        responseCodes: Set<String> = [], says: [String] = [], temporary: Bool? = nil, isPlain: Bool = true,
        _ words: Words
    ) {
        self.id = "refused." + id
        self.fault = fault
        self.words = words
        self.isPlain = isPlain
        self.verbs = verbs
        self.codes = codes
        self.enhanced = enhanced
        self.responseCodes = responseCodes
        self.says = says
        isTemporary = temporary
    }

    func matches(_ refusal: Refusal) -> Bool {
        if let isTemporary, isTemporary != refusal.reply.isTemporary { return false }
        guard verbs.isEmpty || verbs.contains(refusal.verb) else { return false }
        if codes.isEmpty, enhanced.isEmpty, responseCodes.isEmpty, says.isEmpty { return true }
        if codes.contains(refusal.reply.code) { return true }
        let detail = refusal.enhanced.dropFirst(2)
        if !detail.isEmpty, enhanced.contains(where: { detail == $0 }) { return true }
        if let name = refusal.reply.responseCode?.name, responseCodes.contains(name) { return true }
        return !says.isEmpty && says.contains { refusal.says($0) }
    }

    static func of(_ refusal: Refusal, in dialect: DialectName) -> RefusalMeaning? {
        let table: [RefusalMeaning] =
            switch dialect {
            case .smtp: smtp
            case .lmtp: lmtp + smtp
            case .pop3: pop3
            case .imap: imap
            case .http, .nntp, .ftp, .sieve, .irc, .plain: []
            }
        return table.first { $0.matches(refusal) }
    }
}

extension RefusalMeaning {
    /// A server refuses a hello for the name in it, or for who sends it, and not because it does not know the command.
    static func isAboutName(_ hello: Exchange) -> Bool {
        guard let refusal = Refusal(hello, number: nil) else { return false }
        return !["refused.unknown-command", "refused.refused"].contains(of(refusal, in: .smtp)?.id ?? "")
    }
}
