import Conversation
import Wire

/// The words by which a protocol agrees on TLS, said by mailtee in the place of a peer (RFC 3207 §4, RFC 2595 §4,
/// RFC 9051 §6.2.1).
struct AgreementWords {
    let dialect: DialectName

    /// The verb of the command.
    var verb: String { dialect == .pop3 ? "STLS" : "STARTTLS" }

    /// The answer that TLS begins now.
    func goAhead(to command: [UInt8]) -> [UInt8] {
        answer(to: command, smtp: "220 2.0.0 begin TLS", pop3: "+OK begin TLS", imap: "OK begin TLS")
    }

    /// The answer that it does not.
    func refusal(to command: [UInt8]) -> [UInt8] {
        answer(
            to: command, smtp: "454 4.7.0 TLS is not available", pop3: "-ERR TLS is not available",
            imap: "NO TLS is not available")
    }

    /// What a server says in clear though it has agreed on TLS.
    var inClear: [UInt8] {
        let text =
            switch dialect {
            case .pop3: "-ERR said in clear by mailtee"
            case .imap: "* BAD said in clear by mailtee"
            default: "500 5.5.1 said in clear by mailtee"
            }
        return Array((text + "\r\n").utf8)
    }

    /// A command that somebody on the way puts behind the client's.
    var injectedCommand: [UInt8] {
        let text =
            switch dialect {
            case .pop3: "NOOP"
            case .imap: "injected NOOP"
            default: "NOOP injected"
            }
        return Array((text + "\r\n").utf8)
    }

    private func answer(to command: [UInt8], smtp: String, pop3: String, imap: String) -> [UInt8] {
        switch dialect {
        case .pop3: return Array((pop3 + "\r\n").utf8)
        case .imap:
            let tag = command.prefix { !$0.isBlank }
            return tag + Array(" \(imap)\r\n".utf8)
        default: return Array((smtp + "\r\n").utf8)
        }
    }
}

/// Asks a server for TLS in mailtee's own name, before its client is heard.
struct TLSRequest {
    enum Step {
        case wait
        case say([UInt8])
        /// The server agreed. What it said at first is for the client; what it said after its agreement, in clear, is for
        /// nobody.
        case agreed(greeting: [UInt8], surplus: [UInt8])
        /// In words.
        case refused(String)
    }

    private enum Phase {
        case greeting
        case hello
        case request
    }

    /// Bytes of a line, and of a greeting.
    private static let longest = 16_384

    private let dialect: DialectName
    private var phase = Phase.greeting
    private var line: [UInt8] = []
    private var greeting: [UInt8] = []
    private var isOffered = false
    /// What was asked and answered, for the record.
    private(set) var dialogue: [String] = []

    init(_ dialect: DialectName) {
        self.dialect = dialect
    }

    mutating func received(_ bytes: [UInt8]) -> Step {
        for (index, byte) in bytes.enumerated() {
            line.append(byte)
            if phase == .greeting { greeting.append(byte) }
            if line.count > Self.longest || greeting.count > Self.longest { return .refused("its answer has no end") }
            guard byte == Byte.lf else { continue }
            let whole = line
            line = []
            switch heard(whole, surplus: Array(bytes[(index + 1)...])) {
            case .wait: continue
            case .say(let words):
                guard index + 1 < bytes.count else { return .say(words) }
                return .refused("it spoke out of turn")
            case let step: return step
            }
        }
        return .wait
    }

    private mutating func heard(_ line: [UInt8], surplus: [UInt8]) -> Step {
        let text = Picture.of(line.filter { $0 != Byte.cr && $0 != Byte.lf })
        let isLast = dialect == .pop3 || dialect == .imap || line.count < 4 || line[3] != Byte.hyphen
        let isPositive =
            switch dialect {
            case .pop3: line.first == Byte.plus
            case .imap: line.starts(with: phase == .greeting ? Array("* OK".utf8) : Array("mailtee OK".utf8))
            default: line.first == UInt8(ascii: "2")
            }
        // An IMAP server may say anything before it completes a command.
        if dialect == .imap, phase == .request, line.first == Byte.star { return .wait }
        switch phase {
        case .greeting:
            guard isLast else { return .wait }
            guard isPositive else { return .refused("it greeted with: \(text)") }
            switch dialect {
            case .pop3: return ask("STLS", .request)
            case .imap: return ask("mailtee STARTTLS", .request)
            case .lmtp: return ask("LHLO mailtee", .hello)
            default: return ask("EHLO mailtee", .hello)
            }
        case .hello:
            if ASCII.uppercased(line.dropFirst(4)).hasPrefix("STARTTLS") { isOffered = true }
            guard isLast else { return .wait }
            guard isPositive, isOffered else { return .refused("it does not offer STARTTLS") }
            return ask("STARTTLS", .request)
        case .request:
            guard isLast else { return .wait }
            dialogue.append(text)
            return isPositive ? .agreed(greeting: greeting, surplus: surplus) : .refused("it answered: \(text)")
        }
    }

    private mutating func ask(_ command: String, _ next: Phase) -> Step {
        phase = next
        dialogue.append(command)
        return .say(Array((command + "\r\n").utf8))
    }
}
