import Conversation

/// Where a rule is written, in each of the protocols that it is for.
public struct Clause: Sendable, Equatable, ExpressibleByStringLiteral {
    private let smtp: String
    private let pop3: String
    private let imap: String

    public init(smtp: String, pop3: String, imap: String) {
        self.smtp = smtp
        self.pop3 = pop3
        self.imap = imap
    }

    /// The same in all of them.
    public init(stringLiteral text: String) {
        self.init(smtp: text, pop3: text, imap: text)
    }

    /// As in `RFC 3207 §4`; for a protocol that is not known, all of them.
    public subscript(_ dialect: DialectName) -> String {
        switch dialect {
        case .smtp, .lmtp: smtp
        case .pop3: pop3
        case .imap: imap
        case .http, .nntp, .ftp, .sieve, .irc, .plain: text
        }
    }

    /// All of them, as in `SMTP: RFC 3207 §4; POP3: RFC 2595 §4; IMAP: RFC 9051 §6.2.1`.
    public var text: String {
        guard smtp != pop3 || pop3 != imap else { return smtp }
        return "SMTP: \(smtp); POP3: \(pop3); IMAP: \(imap)"
    }
}
