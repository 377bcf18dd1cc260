import Wire

/// The phases of a session (RFC 5321 §3, RFC 4954 §4, RFC 3207 §4).
public enum SMTPPhase: String, Sendable, CaseIterable {
    /// Before the server's greeting.
    case greeting
    /// Greeted, before EHLO or HELO.
    case hello
    /// Between transactions.
    case ready
    /// MAIL was accepted.
    case mail
    /// At least one RCPT was accepted.
    case recipient
    /// The message passes.
    case data
    /// An authentication goes on.
    case authentication
    /// TLS was agreed on; what follows is not SMTP to the eye.
    case tls
    /// After QUIT.
    case quit
}

/// One row for each command: the phases in which it may be said, the phase that its success leads to, the clause.
public struct SMTPCommand: Sendable {
    public let verb: String
    public let phases: Set<SMTPPhase>
    /// nil leaves the phase as it is.
    public let next: SMTPPhase?
    public let clause: String

    private init(_ verb: String, _ phases: Set<SMTPPhase>, _ next: SMTPPhase?, _ clause: String) {
        self.verb = verb
        self.phases = phases
        self.next = next
        self.clause = clause
    }

    private static let anyTime: Set<SMTPPhase> = [.hello, .ready, .mail, .recipient]

    public static let table: [SMTPCommand] = [
        SMTPCommand("EHLO", anyTime, .ready, "RFC 5321 §4.1.4"),
        SMTPCommand("HELO", anyTime, .ready, "RFC 5321 §4.1.4"),
        SMTPCommand("LHLO", anyTime, .ready, "RFC 2033 §4.1"),
        SMTPCommand("MAIL", [.ready], .mail, "RFC 5321 §4.1.4"),
        SMTPCommand("RCPT", [.mail, .recipient], .recipient, "RFC 5321 §4.1.4"),
        SMTPCommand("DATA", [.recipient], .data, "RFC 5321 §4.1.4"),
        SMTPCommand("BDAT", [.recipient], nil, "RFC 3030 §2"),
        SMTPCommand("RSET", anyTime, .ready, "RFC 5321 §4.1.1.5"),
        SMTPCommand("VRFY", anyTime, nil, "RFC 5321 §4.1.1.6"),
        SMTPCommand("EXPN", anyTime, nil, "RFC 5321 §4.1.1.7"),
        SMTPCommand("HELP", anyTime, nil, "RFC 5321 §4.1.1.8"),
        SMTPCommand("NOOP", anyTime, nil, "RFC 5321 §4.1.1.9"),
        SMTPCommand("QUIT", anyTime, .quit, "RFC 5321 §4.1.1.10"),
        SMTPCommand("AUTH", [.ready], nil, "RFC 4954 §4"),
        SMTPCommand("STARTTLS", [.ready], .tls, "RFC 3207 §4"),
        SMTPCommand("ETRN", [.ready], nil, "RFC 1985 §5"),
    ]

    private static let byVerb = Dictionary(uniqueKeysWithValues: table.map { ($0.verb, $0) })

    public static func named(_ verb: String) -> SMTPCommand? { byVerb[verb] }

    /// The phase after a command that succeeded in `phase`.
    public static func phase(after verb: String, in phase: SMTPPhase) -> SMTPPhase {
        guard let next = byVerb[verb]?.next else { return phase }
        // RSET before EHLO does not stand for EHLO.
        if verb == "RSET", phase == .hello || phase == .greeting { return phase }
        return next
    }
}

/// The parts of SMTP lines.
enum SMTPGrammar {
    /// Commands that stand in no table of ours, and that clients say behind a login (RFC 2645, RFC 4468, RFC 821).
    private static let others = ["ATRN", "TURN", "BURL", "SEND", "SOML", "SAML"]
    static let verbs = SMTPCommand.table.map { Array($0.verb.utf8) } + others.map { Array($0.utf8) }

    /// The verb of a command line in upper case: the first word.
    static func verb(_ line: [UInt8]) -> String {
        let word = line.drop(while: { $0.isBlank }).prefix { !$0.isBlank }
        guard word.count <= 16, word.allSatisfy({ $0.isLetter || $0.isDigit }) else { return "" }
        return ASCII.uppercased(word)
    }

    /// The path of `MAIL FROM:<path>` or `RCPT TO:<path>`, without angle brackets, as tolerantly as servers read it.
    static func path(_ line: [UInt8]) -> [UInt8]? {
        guard let colon = line.firstIndex(of: Byte.colon) else { return nil }
        let rest = line[(colon + 1)...].drop(while: { $0.isBlank })
        guard rest.first == Byte.less else { return Array(rest.prefix { !$0.isBlank }) }
        var quoted = false
        var path: [UInt8] = []
        for byte in rest.dropFirst() {
            if byte == Byte.quote { quoted.toggle() }
            if byte == Byte.greater, !quoted { return path }
            path.append(byte)
        }
        return path
    }

    /// `BDAT size [LAST]` (RFC 3030 §2); nil where it is not that.
    static func chunk(_ line: [UInt8]) -> (size: UInt64, last: Bool)? {
        let words = ASCII.words(line[...])
        guard words.count >= 2, let size = ASCII.number(words[1]) else { return nil }
        return (size, words.count >= 3 && ASCII.equal(words[2], "LAST"))
    }

    /// A line of a reply: three digits, then SP, `-` or nothing (RFC 5321 §4.2). A line that begins with other digits is
    /// taken for a reply as well, since the server meant one.
    /// - Returns: the code, whether more lines follow, and the byte at which the text begins.
    static func reply(_ line: [UInt8]) -> (code: String, more: Bool, text: Int)? {
        let digits = line.prefix(while: { $0.isDigit })
        guard !digits.isEmpty, digits.count <= 12 else { return nil }
        let sign = digits.endIndex < line.count ? line[digits.endIndex] : nil
        let more = sign == Byte.hyphen && digits.count == 3
        return (digits.text, more, digits.endIndex + (more || sign == Byte.space ? 1 : 0))
    }

    /// Mechanisms whose initial response is all that the client has to say (RFC 4616, RFC 4422 A, RFC 7628): commands
    /// may follow it in the same packet (RFC 4954 §4).
    static func isOneRound(_ mechanism: ArraySlice<UInt8>) -> Bool {
        ["PLAIN", "EXTERNAL", "ANONYMOUS", "XOAUTH2", "OAUTHBEARER"].contains(ASCII.uppercased(mechanism))
    }
}
