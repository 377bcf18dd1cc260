import Conversation
import Wire

/// The commands of SMTP.
enum SMTPVerbs {
    /// RFC 5321 §4.1.1, what RFC 821 had besides (RFC 5321 App. F), and extensions.
    static let known: Set<String> = [
        "EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT",
        "SEND", "SOML", "SAML", "TURN",
        "AUTH", "STARTTLS", "BDAT", "ETRN", "ATRN", "BURL",
    ]

    /// Those that a client can know of by the answer to EHLO only.
    static let extensions: [String: String] = [
        "AUTH": "AUTH", "STARTTLS": "STARTTLS", "BDAT": "CHUNKING", "ETRN": "ETRN", "ATRN": "ATRN", "BURL": "BURL",
    ]

    /// No control characters but blanks and line ends: what has others, as a handshake on the wrong port, is no command
    /// that could end in the wrong way.
    static func isText(_ line: [UInt8]) -> Bool {
        line.allSatisfy { $0 >= Byte.space && $0 != 0x7F || $0 == Byte.tab || $0 == Byte.cr }
    }

    /// The line begins with a command that is known, that the server offers, or that is private (RFC 5321 §4.1.5).
    static func begins(_ line: [UInt8], in session: SessionSoFar) -> Bool {
        let word = line.drop { $0.isBlank }.prefix { !$0.isBlank }
        guard let first = word.first, word.count <= 16, word.allSatisfy({ $0.isLetter || $0.isDigit }) else {
            return false
        }
        let verb = ASCII.uppercased(word)
        return known.contains(verb) || first.uppercased == UInt8(ascii: "X") || session.smtp.offers(verb)
    }
}

extension SessionSoFar {
    /// What the client and the server said belongs together as the machine puts it: nothing is missing, the record begins
    /// where the session does, and nothing was put between the two when TLS began.
    var followsSMTP: Bool { !hasGap && smtp.isGreeted && inCrossing.client == nil && inCrossing.server == nil }

    /// The client ended the session.
    var clientLeft: Bool { end == .closed(first: .client) || end == .reset(by: .client) }

    /// The message of this transaction may hold any octet (RFC 3030 §3).
    var isBinary: Bool { smtp.transaction?.parameter("BODY") == "BINARYMIME" }
}
