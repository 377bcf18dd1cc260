import Conversation
import Wire

/// Words by which servers are known.
enum ReplyWords {
    /// What follows the star of an untagged response, at once or behind a number (RFC 9051 §7).
    static let untagged: Set<String> = [
        "OK", "NO", "BAD", "BYE", "PREAUTH", "CAPABILITY", "ENABLED", "LIST", "LSUB", "NAMESPACE", "STATUS", "SEARCH",
        "ESEARCH", "SORT", "THREAD", "FLAGS", "EXISTS", "RECENT", "EXPUNGE", "FETCH", "VANISHED", "ID", "QUOTA",
        "QUOTAROOT", "ACL", "MYRIGHTS",
    ]
    /// RFC 5804 §1.7.
    static let capabilities: Set<String> = [
        "\"IMPLEMENTATION\"", "\"SIEVE\"", "\"SASL\"", "\"NOTIFY\"", "\"STARTTLS\"", "\"VERSION\"", "\"MAXREDIRECTS\"",
        "\"OWNER\"", "\"LANGUAGE\"",
    ]
    /// What IRC's servers relay (RFC 2812 §3).
    static let messages: Set<String> = [
        "NOTICE", "PRIVMSG", "JOIN", "PART", "QUIT", "NICK", "MODE", "TOPIC", "KICK", "INVITE", "PING", "PONG", "CAP",
        "AUTHENTICATE", "ERROR", "KILL", "WALLOPS", "ACCOUNT", "AWAY", "CHGHOST", "TAGMSG", "BATCH",
    ]
}

/// Which protocols have a reply of three digits.
enum ReplyCodes {
    private static let smtp: Set<DialectName> = [.smtp, .lmtp]
    /// RFC 5321 §4.2.3, RFC 4954 §6.
    private static let smtpCodes: Set<Int> = [
        211, 214, 220, 221, 235, 250, 251, 252, 334, 354, 421, 432, 450, 451, 452, 454, 455, 500, 501, 502, 503, 504,
        521, 523, 524, 530, 534, 535, 538, 541, 550, 551, 552, 553, 554, 555, 556,
    ]
    /// RFC 959 §4.2.1, RFC 2228 §5, RFC 2428.
    private static let ftpCodes: Set<Int> = [
        110, 120, 125, 150, 200, 202, 211, 212, 213, 214, 215, 220, 221, 225, 226, 227, 228, 229, 230, 232, 234, 235,
        250, 257, 331, 332, 334, 335, 336, 350, 421, 425, 426, 430, 431, 450, 451, 452, 500, 501, 502, 503, 504, 522,
        530, 532, 533, 534, 535, 536, 537, 550, 551, 552, 553,
    ]
    /// RFC 3977 §C, RFC 4643 §2, RFC 4644 §2.
    private static let nntpCodes: Set<Int> = [
        100, 101, 111, 200, 201, 203, 205, 206, 211, 215, 220, 221, 222, 223, 224, 225, 230, 231, 235, 238, 239, 240,
        281, 283, 335, 340, 381, 382, 383, 400, 401, 403, 411, 412, 420, 421, 422, 423, 430, 431, 435, 436, 437, 438,
        439, 440, 441, 480, 481, 482, 483, 500, 501, 502, 503, 504, 580,
    ]
    /// RFC 5321 §4.1.1.1: what only an answer to EHLO or LHLO lists.
    private static let keywords: Set<String> = [
        "SIZE", "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "STARTTLS", "AUTH", "DSN", "CHUNKING", "SMTPUTF8",
        "BINARYMIME", "VRFY", "ETRN",
    ]

    static func clue(_ code: Int, _ line: ArraySlice<UInt8>) -> (dialects: Set<DialectName>, isCertain: Bool)? {
        var dialects: Set<DialectName> = []
        if smtpCodes.contains(code) { dialects.formUnion(smtp) }
        if ftpCodes.contains(code) { dialects.insert(.ftp) }
        if nntpCodes.contains(code) { dialects.insert(.nntp) }
        guard !dialects.isEmpty else { return nil }
        let words = ASCII.words(line.dropFirst(4))
        guard let first = words.first else { return (dialects, true) }
        // A reply of NNTP's with this code names an article: `220 3 <a@example>`.
        if code == 220, dialects.contains(.nntp) {
            let isArticle = words.count > 1 && first.allSatisfy({ $0.isDigit }) && words[1].first == Byte.less
            if isArticle { return ([.nntp], true) }
            dialects.remove(.nntp)
        }
        return (narrowed(dialects, code, words), true)
    }

    private static func narrowed(
        _ dialects: Set<DialectName>, _ code: Int, _ words: [ArraySlice<UInt8>]
    ) -> Set<DialectName> {
        // The name of a host tells nothing of what it serves.
        let isHost = words.first?.contains(Byte.dot) == true && words.first?.first?.isLetter == true
        let text = words.dropFirst(isHost ? 1 : 0).map { ASCII.uppercased($0) }.joined(separator: " ")
        let found: Set<DialectName>
        switch code {
        case 220, 421, 554:
            if text.contains("LMTP") {
                found = [.lmtp]
            } else if text.contains("SMTP") {
                found = [.smtp]
            } else if text.contains("FTP") || text.contains("FILEZILLA") {
                found = [.ftp]
            } else {
                found = hasEnhancedCode(words) ? smtp : dialects
            }
        case 200, 201:
            let isNews = ["NNTP", "NNRP", "INTERNETNEWS", " INN ", "NEWS", "POSTING"].contains { text.contains($0) }
            found = isNews ? [.nntp] : dialects
        case 250 where words.first.map { keywords.contains(ASCII.uppercased($0)) } == true: found = smtp
        default: found = hasEnhancedCode(words) ? smtp : dialects
        }
        let both = dialects.intersection(found)
        return both.isEmpty ? dialects : both
    }

    /// RFC 2034 §4: `5.7.1`.
    private static func hasEnhancedCode(_ words: [ArraySlice<UInt8>]) -> Bool {
        guard let first = words.first, let digit = first.first, "245".utf8.contains(digit) else { return false }
        let parts = first.split(separator: Byte.dot, omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy({ $0.isDigit }) }
    }
}
