import Conversation
import Wire

/// The commands of POP3, by the state that they belong to (RFC 1939, RFC 2449, RFC 2595, RFC 5034, RFC 6856).
enum POP3Verbs {
    static let transaction: Set<String> = ["STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "TOP", "UIDL"]
    static let login: Set<String> = ["USER", "PASS", "APOP", "AUTH"]
    /// Those whose first argument is the number of a message.
    static let numbered: Set<String> = ["LIST", "RETR", "DELE", "TOP", "UIDL"]
    static let obsolete: Set<String> = ["LAST", "RPOP", "XTND"]
    private static let others: Set<String> = ["QUIT", "CAPA", "STLS", "LANG", "UTF8"]

    /// False for what may be anything, a secret that was said in the wrong place too.
    static func isKnown(_ verb: String) -> Bool {
        transaction.contains(verb) || login.contains(verb) || others.contains(verb) || obsolete.contains(verb)
    }
}

extension Quote {
    /// A command of a client's, as it may be shown: what is no command of POP3's may be a secret said in the wrong
    /// place, and behind a CR another command may stand, with its secret.
    static func of(_ line: Utterance, command: SpokenCommand?) -> String {
        guard let verb = command?.verb, POP3Verbs.isKnown(verb) else { return "`…`" }
        guard line.secretFrom == nil, let cr = line.bytes.firstIndex(of: Byte.cr) else { return of(line) }
        return of(Array(line.bytes.prefix(cr)))
    }

    /// The command of an exchange, the arguments of those that say secrets left out.
    static func command(of exchange: Exchange) -> String {
        guard POP3Verbs.isKnown(exchange.verb) else { return "`…`" }
        switch exchange.verb {
        case "PASS", "APOP": return "`\(exchange.verb) ***`"
        case "AUTH":
            let words = ASCII.words(exchange.command.prefix(64))
            let mechanism = words.dropFirst().first.map { Picture.of($0.prefix(20)) } ?? ""
            return words.count > 2 ? "`AUTH \(mechanism) ***`" : "`AUTH \(mechanism)`"
        default: return of(Array(exchange.command.prefix { $0 != Byte.cr }))
        }
    }
}

extension Exchange {
    /// What follows the verb, a word each.
    var arguments: ArraySlice<ArraySlice<UInt8>> { ASCII.words(command.prefix(256)).dropFirst() }
}
