import Conversation
import Wire

/// What a protocol of lines has of its own. What all have in common, the usual words before a password, is in
/// `Credentials`.
struct LinesTable: Sendable {
    /// How a client says the steps of an authentication that it has begun.
    enum Steps: Sendable {
        case none
        /// A line each (RFC 4643 §2.4).
        case lines
        /// A string each, quoted or a literal (RFC 5804 §2.1).
        case strings
        /// The argument of AUTHENTICATE each (IRCv3 sasl).
        case arguments
    }

    var forms: [SecretForm] = []
    var hasSources = false
    var steps: Steps

    init(_ dialect: DialectName) {
        switch dialect {
        case .nntp, .smtp, .lmtp, .pop3, .imap, .http, .plain: steps = .lines
        case .ftp:
            steps = .none
            forms = Self.ftp
        case .sieve: steps = .strings
        case .irc:
            steps = .arguments
            hasSources = true
            forms = Self.irc
        }
    }

    /// ACCT and ADAT (RFC 959 §4.1.1, RFC 2228 §3); PASS is one of the usual words.
    private static let ftp = [SecretForm(words: [.one(["ACCT", "ADAT"])])]

    /// RFC 2812 §3.1, IRCv3 sasl and account-registration, and what is said to services.
    private static let irc: [SecretForm] = [
        SecretForm(words: [.one(["PASS", "WEBIRC", "IDENTIFY"])]),
        SecretForm(words: [.one(["OPER", "VHOST"]), .any]),
        SecretForm(words: [.one(["REGISTER"]), .any, .any]),
        SecretForm(words: [.one(["AUTHENTICATE"])], secret: .step),
        SecretForm(words: [.service, .one(services)]),
        SecretForm(words: [.one(messages), .any, .one(["IDENTIFY", "SIDENTIFY"])]),
        SecretForm(words: [.one(messages), .service, .one(services)]),
    ]
    private static let messages: [StaticString] = ["PRIVMSG", "NOTICE", "SQUERY"]
    /// What services are told with a password behind it.
    private static let services: [StaticString] = [
        "IDENTIFY", "SIDENTIFY", "ID", "LOGIN", "AUTH", "REGISTER", "GHOST", "RECOVER", "RELEASE", "REGAIN", "GROUP",
        "LINK", "DROP", "CONFIRM", "SET", "SETPASS", "NEWPASS", "RESETPASS", "PASS",
    ]
}

/// What a server's line means for an authentication.
enum ServerWord: Sendable {
    /// It asks for the next step.
    case challenge
    /// It is over, well or not.
    case completion

    init?(_ line: [UInt8], in dialect: DialectName) {
        switch dialect {
        case .ftp: return nil
        case .nntp:
            guard let code = Self.code(of: line) else { return nil }
            self = code == 383 ? .challenge : .completion
        case .sieve:
            if line.first == Byte.quote || line.first == UInt8(ascii: "{") {
                self = .challenge
            } else if Self.isSieveResponse(line) {
                self = .completion
            } else {
                return nil
            }
        case .irc:
            // 902 to 907: logged out, in, or not (IRCv3 sasl).
            var words = IMAPWords(line)
            words.skipSources()
            guard let word = words.next() else { return nil }
            if ASCII.equal(word, "AUTHENTICATE") {
                self = .challenge
            } else if let number = ASCII.number(word), word.count == 3, (902...907).contains(number) {
                self = .completion
            } else {
                return nil
            }
        case .smtp, .lmtp, .pop3, .imap, .http, .plain:
            // What any protocol has: 334 and 383, a lone `+`.
            if let code = Self.code(of: line), code == 334 || code == 383 {
                self = .challenge
            } else if line.first == Byte.plus, line.count == 1 || line[1].isBlank {
                self = .challenge
            } else if line.isEmpty || line.first == Byte.star {
                return nil
            } else {
                self = .completion
            }
        }
    }

    /// False for a line that begins with `byte` and means nothing unless steps are due.
    static func mayBeChallenge(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "3") || byte == Byte.plus
    }

    /// Three digits, with a blank, a hyphen or nothing behind them (RFC 3977 §3.2, RFC 959 §4.2).
    static func code(of line: [UInt8]) -> Int? {
        guard line.count >= 3, line[..<3].allSatisfy({ $0.isDigit }) else { return nil }
        if line.count > 3, !line[3].isBlank, line[3] != Byte.hyphen { return nil }
        return line[..<3].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// OK, NO or BYE (RFC 5804 §1.3).
    static func isSieveResponse(_ line: [UInt8]) -> Bool {
        let word = line.prefix(while: { $0.isLetter })
        if word.endIndex < line.count {
            // A challenge may begin with the same letters.
            let byte = line[word.endIndex]
            guard byte.isBlank || byte == UInt8(ascii: "(") else { return false }
        }
        return ASCII.equal(word, "OK") || ASCII.equal(word, "NO") || ASCII.equal(word, "BYE")
    }
}
