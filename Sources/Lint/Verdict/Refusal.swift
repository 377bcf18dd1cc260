import Conversation
import Wire

/// A command that the server did not do as it was asked.
struct Refusal: Sendable, Equatable {
    /// Empty for a greeting that refuses, and for a refusal that nobody asked for.
    var verb: String
    /// The command, cut, for a sentence; that of a login is its verb.
    var command: String
    var reply: Reply
    var place: Place
    /// The client's bytes that it answers.
    var asked: Range<UInt64>
    /// What a server says of a token that it refuses, before it refuses the login: `{"status":"401",…}` in a 334 (the
    /// error response of XOAUTH2 and OAUTHBEARER, RFC 7628 §3.2.2).
    var tokenError: String?
    /// `LOGIN` of `AUTH LOGIN`, in upper case.
    let mechanism: String?
    /// A command of IMAP's that was answered BAD and has the form that the grammar gives it.
    let isWellFormedIMAP: Bool
    /// All lines of the reply as one, in lower case, without the addresses in it.
    private let words: [UInt8]

    /// What every IMAP server knows (RFC 3501 §6).
    private static let coreIMAP: Set<String> = [
        "CAPABILITY", "NOOP", "LOGOUT", "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE",
        "LIST", "LSUB", "STATUS", "APPEND", "CHECK", "CLOSE", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "UID",
    ]
    private static let wordsKept = 2_048

    /// - Returns: nil for what is no refusal.
    init?(_ exchange: Exchange, number: Int?) {
        guard let reply = exchange.replies.last(where: \.refuses) else { return nil }
        verb = exchange.verb
        command =
            Verbs.login.contains(exchange.verb) || exchange.command.isEmpty
            ? "`\(exchange.verb)`" : Quote.of(exchange.command)
        self.reply = reply
        let bytes = SpokenBytes(.server, offset: reply.offset, length: reply.length)
        place = Place(at: reply.at, bytes: bytes, exchange: number)
        let (end, isBeyond) = exchange.offset.addingReportingOverflow(UInt64(max(0, exchange.length)))
        asked = exchange.offset..<(isBeyond ? exchange.offset : end)
        mechanism =
            exchange.verb == "AUTH"
            ? ASCII.words(exchange.command[...]).dropFirst().first.map { ASCII.uppercased($0.prefix(24)) } : nil
        if reply.code == "BAD", case .wellFormed = IMAPForm(exchange) {
            isWellFormedIMAP = Self.coreIMAP.contains(String(exchange.verb.prefix { $0 != " " }))
        } else {
            isWellFormedIMAP = false
        }
        words = Self.words(reply)
        tokenError = Verbs.login.contains(verb) ? exchange.replies.lazy.compactMap(Self.tokenError).first : nil
    }

    private static func words(_ reply: Reply) -> [UInt8] {
        var words: [UInt8] = []
        for line in reply.lines {
            for word in ASCII.words(line[...]) where !word.contains(UInt8(ascii: "@")) && words.count < wordsKept {
                if !words.isEmpty { words.append(Byte.space) }
                words += word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            }
        }
        return words
    }

    /// A phrase stands in it, from the beginning of a word on.
    /// - Parameter phrase: in lower case.
    func says(_ phrase: String) -> Bool {
        let phrase = Array(phrase.utf8)
        guard let first = phrase.first, words.count >= phrase.count else { return false }
        for start in 0...(words.count - phrase.count) where words[start] == first {
            let isInsideWord = start > 0 && Self.isLetter(words[start - 1]) && Self.isLetter(first)
            if !isInsideWord, words[start..<(start + phrase.count)].elementsEqual(phrase) { return true }
        }
        return false
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func tokenError(_ reply: Reply) -> String? {
        guard reply.code == "334" || reply.code == "+", let line = reply.lines.first, line.count <= 4_096,
            let text = Base64.decode(line[...]), text.first == UInt8(ascii: "{")
        else { return nil }
        let words = String(decoding: text, as: UTF8.self)
        return words.contains("\"status\"") ? Quote.of(text) : nil
    }

    var text: String { reply.text }

    /// `5.7.1` of `550 5.7.1 no` (RFC 3463 §2); empty where there is none.
    var enhanced: Substring {
        let word = text.prefix { !$0.isWhitespace }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.count <= 3 && $0.allSatisfy(\.isNumber) })
        else { return "" }
        return word
    }

    /// The server said it of itself: it refuses the connection, or takes its leave.
    var isUnasked: Bool { verb.isEmpty && asked.isEmpty }

    /// What it was for: a refusal is coped with where something of the same kind then succeeds.
    var kind: String { Self.kind(verb) }

    static func kind(_ verb: String) -> String {
        switch verb {
        case "EHLO", "HELO", "LHLO": "hello"
        case _ where Verbs.login.contains(verb): "login"
        case "UID", "FETCH": "FETCH"
        case "SELECT", "EXAMINE": "SELECT"
        default: verb
        }
    }

    /// What was asked for is there without it (RFC 5530 §3, ALREADYEXISTS).
    var isDoneAlready: Bool {
        (verb == "CREATE" || verb == "SUBSCRIBE")
            && (reply.responseCode?.name == "ALREADYEXISTS" || says("already exists") || says("already subscribed"))
    }

    /// The client can do without it.
    var isOptional: Bool { Self.optional.contains(verb) || reply.responseCode?.name == "BADCHARSET" }

    private static let optional: Set<String> = [
        "VRFY", "EXPN", "HELP", "NOOP", "RSET", "ETRN", "XCLIENT", "XFORWARD", "STARTTLS", "STLS", "CAPA", "UIDL",
        "TOP",
        "LAST", "XTND", "LANG", "UTF8", "ID", "ENABLE", "NAMESPACE", "COMPRESS", "IDLE", "XLIST", "LSUB",
        "CREATE",
        "SUBSCRIBE", "GETQUOTA", "GETQUOTAROOT", "SETQUOTA", "CAPABILITY", "NOTIFY", "SORT", "THREAD",
    ]
}

extension Reply {
    /// 4yz, 5yz, `-ERR`, `NO`, `BAD`.
    var refuses: Bool {
        code.first == "4" || code.first == "5" || code == "-ERR" || code == "NO" || code == "BAD"
    }

    /// The server may do it another time.
    var isTemporary: Bool { code.first == "4" }
}
