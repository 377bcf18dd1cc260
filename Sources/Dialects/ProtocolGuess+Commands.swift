import Conversation

/// Words by which clients are known.
enum CommandWords {
    struct Row {
        let dialects: Set<DialectName>
        /// False where a line of text may begin with the same words.
        let isCertain: Bool
    }

    /// Commands that stand behind a tag (RFC 9051 §6).
    static let imap: Set<String> = [
        "LOGIN", "CAPABILITY", "AUTHENTICATE", "STARTTLS", "NOOP", "LOGOUT", "ID", "ENABLE", "SELECT", "EXAMINE",
        "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "XLIST", "NAMESPACE", "STATUS",
        "APPEND", "IDLE", "CLOSE", "UNSELECT", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "MOVE", "UID", "CHECK",
        "COMPRESS", "SORT", "THREAD", "GETQUOTAROOT", "GETQUOTA", "GETACL",
    ]

    /// What a command tells by its verb and its arguments, all in upper case; nil for one that tells nothing.
    static func row(_ verb: String, _ arguments: [String]) -> Row? {
        let first = arguments.first ?? ""
        let count = arguments.count
        switch verb {
        case "MAIL" where first.hasPrefix("FROM:"), "RCPT" where first.hasPrefix("TO:"),
            "BDAT" where Int(first) != nil:
            return certain(.smtp, .lmtp)
        case "AUTH" where count == 1 && (first.hasPrefix("TLS") || first == "SSL"): return certain(.ftp)
        case "AUTH" where count > 0: return likely(.smtp, .lmtp, .pop3, .ftp)
        case "USER": return count >= 4 ? certain(.irc) : count == 1 ? likely(.pop3, .ftp) : nil
        case "PASS" where count > 0: return likely(.pop3, .ftp, .irc)
        case "LIST" where ["ACTIVE", "NEWSGROUPS", "OVERVIEW.FMT", "ACTIVE.TIMES"].contains(first):
            return certain(.nntp)
        case "MODE": return first == "READER" || first == "STREAM" ? certain(.nntp) : count > 0 ? likely(.irc) : nil
        case "AUTHENTICATE" where count > 0: return first.hasPrefix("\"") ? certain(.sieve) : likely(.irc)
        case "CAP" where ["LS", "REQ", "END", "LIST"].contains(first): return certain(.irc)
        case "JOIN" where first.hasPrefix("#") || first.hasPrefix("&"): return certain(.irc)
        case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS":
            if first.hasPrefix("/") { return likely(.http) }
        default: break
        }
        return rows[verb].flatMap { $0.arguments.contains(count) ? $0.row : nil }
    }

    private static func certain(_ dialects: DialectName...) -> Row { Row(dialects: Set(dialects), isCertain: true) }
    private static func likely(_ dialects: DialectName...) -> Row { Row(dialects: Set(dialects), isCertain: false) }

    private static let rows: [String: (arguments: ClosedRange<Int>, row: Row)] = {
        var rows: [String: (ClosedRange<Int>, Row)] = [:]
        func add(_ verbs: String, _ arguments: ClosedRange<Int>, _ row: Row) {
            for verb in verbs.split(separator: " ") { rows[String(verb)] = (arguments, row) }
        }
        let any = 0...Int.max
        add("EHLO HELO VRFY EXPN ETRN", any, certain(.smtp))
        add("LHLO", any, certain(.lmtp))
        add("DATA", 0...0, likely(.smtp, .lmtp))
        add("RSET", 0...0, likely(.smtp, .lmtp, .pop3))
        add("NOOP QUIT", 0...1, likely(.smtp, .lmtp, .pop3, .ftp, .nntp, .irc))
        add("HELP", 0...1, likely(.smtp, .lmtp, .ftp, .nntp, .irc))
        add("STARTTLS", 0...0, likely(.smtp, .lmtp, .nntp, .sieve, .irc))
        add("APOP", 2...2, certain(.pop3))
        add("CAPA STLS", 0...0, certain(.pop3))
        add("UIDL", 0...1, certain(.pop3))
        add("TOP", 2...2, likely(.pop3))
        add("DELE RETR", 1...1, likely(.pop3, .ftp))
        add("STAT", 0...1, likely(.pop3, .ftp, .nntp))
        add("LIST", 0...1, likely(.pop3, .ftp, .nntp, .irc))
        add("SYST FEAT PASV EPSV XPWD NLST MLSD MLST MDTM PBSZ EPRT CWD", 0...1, certain(.ftp))
        add("PWD CDUP TYPE PORT REST SITE ACCT STOR SIZE OPTS PROT", 0...2, likely(.ftp))
        add("AUTHINFO XOVER XHDR XZVER NEWGROUPS NEWNEWS IHAVE TAKETHIS LISTGROUP CAPABILITIES", any, certain(.nntp))
        add("GROUP CHECK", 1...1, likely(.nntp))
        add("ARTICLE HEAD BODY OVER", 0...1, likely(.nntp))
        add("DATE NEXT LAST POST", 0...0, likely(.nntp))
        add("PUTSCRIPT LISTSCRIPTS GETSCRIPT HAVESPACE SETACTIVE CHECKSCRIPT DELETESCRIPT", any, certain(.sieve))
        add("CAPABILITY LOGOUT", 0...0, likely(.sieve))
        add("NICK", 1...1, certain(.irc))
        add("PRIVMSG", 2...Int.max, certain(.irc))
        add("PONG WHOIS WHO ISON NAMES TOPIC PART", 1...Int.max, likely(.irc))
        return rows
    }()
}
