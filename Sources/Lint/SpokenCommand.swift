import Conversation
import Wire

/// The parts of a command, as tolerantly as servers read them.
public struct SpokenCommand: Sendable {
    /// In upper case; empty where the line has none, as where an IMAP command goes on after a literal.
    public let verb: String
    public let arguments: ArraySlice<ArraySlice<UInt8>>

    /// - Returns: nil for what is no command of a client's.
    init?(_ line: Utterance, in dialect: DialectName) {
        guard line.direction == .client, line.kind == .command else { return nil }
        let words = ASCII.words(line.bytes[...])
        // In IMAP the tag comes first.
        let first = dialect == .imap ? 1 : 0
        verb = words.count > first ? ASCII.uppercased(words[first].prefix(16)) : ""
        arguments = words.dropFirst(first + 1)
    }
}

extension DialectName {
    /// The command by which a client asks for TLS.
    var startTLS: String { self == .pop3 ? "STLS" : "STARTTLS" }

    /// The command by which it asks what the server can do.
    var hello: String {
        switch self {
        case .smtp, .http, .nntp, .ftp, .sieve, .irc, .plain: "EHLO"
        case .lmtp: "LHLO"
        case .pop3: "CAPA"
        case .imap: "CAPABILITY"
        }
    }
}

extension Reply {
    /// The server did as it was asked.
    var isPositive: Bool { code.first == "2" || code.first == "3" || code == "+OK" || code == "OK" }
}
