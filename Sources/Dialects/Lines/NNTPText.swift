import Conversation
import Wire

/// Where the peers of NNTP say articles and listings, which are no commands and no replies: up to a line with a dot
/// (RFC 3977 §3.1.1). For the kind of a line only; what is secret does not hang on it.
struct NNTPText: Sendable {
    private var isIn = PerDirection(false)

    /// Takes a line, and says what it is.
    mutating func kind(of line: [UInt8], from direction: Direction) -> Utterance.Kind {
        if isIn[direction] {
            guard line == [Byte.dot] else { return .line }
            isIn[direction] = false
            return .end
        }
        switch direction {
        case .client:
            let verb = line.prefix { !$0.isBlank }
            if ASCII.equal(verb, "TAKETHIS") { isIn.client = true }
            return Self.verbs.contains { ASCII.equal(verb, $0) } ? .command : .line
        case .server:
            guard let code = ServerWord.code(of: line) else { return .line }
            // 211 stands before a listing or not, which the command tells.
            if Self.beforeText.contains(code) { isIn.server = true }
            if code == 335 || code == 340 { isIn.client = true }
            return code == 383 ? .challenge : .reply
        }
    }

    mutating func lost(_ direction: Direction) {
        isIn[direction] = false
    }

    private static let beforeText: Set<Int> = [100, 101, 215, 220, 221, 222, 224, 225, 230, 231]
    /// RFC 3977, 4642, 4643, 4644 and 8054, and those in common use.
    private static let verbs: [StaticString] = [
        "ARTICLE", "AUTHINFO", "BODY", "CAPABILITIES", "CHECK", "COMPRESS", "DATE", "GROUP", "HDR", "HEAD", "HELP",
        "IHAVE", "LAST", "LIST", "LISTGROUP", "MODE", "NEWGROUPS", "NEWNEWS", "NEXT", "OVER", "POST", "QUIT", "SLAVE",
        "STARTTLS", "STAT", "TAKETHIS", "XFEATURE", "XGTITLE", "XHDR", "XOVER", "XPAT", "XPATH", "XZHDR", "XZVER",
    ]
}
