import Conversation
import Wire

/// What one line tells of who says it, in which protocol.
struct ProtocolClue {
    /// Those in which the line can be said; nil for a protocol that is none of ours.
    var dialects: Set<DialectName>?
    /// nil where either may say it.
    var role: Direction?
    /// False where ordinary text may look the same.
    var isCertain: Bool

    private init(_ dialects: Set<DialectName>?, _ role: Direction?, isCertain: Bool) {
        self.dialects = dialects
        self.role = role
        self.isCertain = isCertain
    }

    /// nil for a line that tells nothing.
    init?(_ line: ArraySlice<UInt8>) {
        guard let clue = Self.foreign(line) ?? Self.server(line) ?? Self.client(line) else { return nil }
        self = clue
    }

    /// The first words of SSH, Redis, VNC, XMPP, rsync and HTTP/2.
    private static func foreign(_ line: ArraySlice<UInt8>) -> ProtocolClue? {
        let text = line.text
        let isRedis =
            line.count > 1 && (line.first == Byte.star || line.first == UInt8(ascii: "$"))
            && line.dropFirst().allSatisfy({ $0.isDigit })
        let isOther = ["SSH-", "RFB 0", "<?xml", "<stream", "@RSYNCD:", "PRI * HTTP/2"].contains { text.hasPrefix($0) }
        return isRedis || isOther ? ProtocolClue(nil, nil, isCertain: true) : nil
    }

    // MARK: - Servers

    private static func server(_ line: ArraySlice<UInt8>) -> ProtocolClue? {
        let words = ASCII.words(line)
        guard let first = words.first else { return nil }
        func says(_ dialects: Set<DialectName>, isCertain: Bool = true) -> ProtocolClue {
            ProtocolClue(dialects, .server, isCertain: isCertain)
        }
        if ASCII.equal(first, "+OK") || ASCII.equal(first, "-ERR") { return says([.pop3]) }
        if first.elementsEqual([Byte.plus]) { return says([.imap, .pop3], isCertain: false) }
        if first.text.hasPrefix("HTTP/1.") { return says([.http]) }
        if first.elementsEqual([Byte.star]), words.count > 1 {
            let isIMAP = words.prefix(3).dropFirst().contains { ReplyWords.untagged.contains(ASCII.uppercased($0)) }
            return says([.imap], isCertain: isIMAP)
        }
        if first.first == Byte.quote, ReplyWords.capabilities.contains(ASCII.uppercased(first)) {
            return says([.sieve])
        }
        if ServerWord.isSieveResponse(Array(line)) {
            return says([.sieve], isCertain: words.count > 1 && words[1].first == Byte.quote)
        }
        if let code = ServerWord.code(of: Array(line)) {
            return ReplyCodes.clue(code, line).map { says($0, isCertain: $1) }
        }
        if let clue = irc(words) { return clue }
        if words.count > 1, ["OK", "NO", "BAD"].contains(ASCII.uppercased(words[1])), isTag(first) {
            return says([.imap], isCertain: isSureTag(first))
        }
        return nil
    }

    private static func irc(_ all: [ArraySlice<UInt8>]) -> ProtocolClue? {
        let words = all.first?.first == UInt8(ascii: "@") ? Array(all.dropFirst()) : all
        guard words.count > 1 else { return nil }
        let second = ASCII.uppercased(words[1])
        if words[0].first == Byte.colon {
            let isNumeric = words[1].count == 3 && words[1].allSatisfy({ $0.isDigit })
            guard isNumeric || ReplyWords.messages.contains(second) else { return nil }
            return ProtocolClue([.irc], .server, isCertain: true)
        }
        switch ASCII.uppercased(words[0]) {
        case "NOTICE" where second == "AUTH" || second == "*": return ProtocolClue([.irc], .server, isCertain: true)
        case "ERROR" where second.hasPrefix(":"): return ProtocolClue([.irc], .server, isCertain: false)
        case "PING": return ProtocolClue([.irc], nil, isCertain: false)
        default: return nil
        }
    }

    // MARK: - Clients

    private static func client(_ line: ArraySlice<UInt8>) -> ProtocolClue? {
        let words = ASCII.words(line)
        guard let first = words.first else { return nil }
        if words.count >= 3, words[words.count - 1].text.hasPrefix("HTTP/1.") {
            return ProtocolClue([.http], .client, isCertain: true)
        }
        let verb = ASCII.uppercased(first)
        let arguments = words.dropFirst().map { ASCII.uppercased($0) }
        if let row = CommandWords.row(verb, arguments) {
            return ProtocolClue(row.dialects, .client, isCertain: row.isCertain)
        }
        guard let command = arguments.first, CommandWords.imap.contains(command), isTag(first) else { return nil }
        return ProtocolClue([.imap], .client, isCertain: isSureTag(first))
    }

    /// RFC 9051 §9, `tag`.
    private static func isTag(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 32 && word.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"(){%*\"\\+".utf8.contains($0) }
    }

    /// No word of a text.
    private static func isSureTag(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 2 || word.contains(where: { $0.isDigit }) || !word.contains(where: { $0.isLetter })
    }
}
