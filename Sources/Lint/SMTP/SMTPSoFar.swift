import Conversation
import Wire

/// How far an SMTP or LMTP session has come, by what the server accepted: before the command, reply or message that the
/// rules hear of now.
public struct SMTPSoFar: Sendable {
    public enum Hello: Sendable, Equatable {
        case none
        /// HELO was accepted, and no EHLO after it.
        case helo
        /// EHLO or LHLO was.
        case ehlo
    }

    public struct Transaction: Sendable {
        /// The accepted MAIL.
        public var mail: Exchange
        /// Its parameters in upper case, as `SIZE=1000`, `BODY=8BITMIME`.
        public var parameters: [String]
        /// RCPT that were accepted, that were refused.
        public var accepted = 0
        public var refused = 0
        /// A chunk was sent.
        public var hasChunk = false
        /// The RCPT that was refused last.
        public var lastRefused: Exchange?
        /// DATA was refused; some servers forget the transaction with that, and some do not.
        public var isDataRefused = false

        /// The value of `name=value`, in upper case; empty where it has none; nil where it was not given.
        public func parameter(_ name: String) -> String? {
            for parameter in parameters {
                let words = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if words.first.map(String.init) == name { return words.count > 1 ? String(words[1]) : "" }
            }
            return nil
        }
    }

    /// What the server said first; nil before it did.
    public private(set) var greeting: Reply?
    public private(set) var hello = Hello.none
    /// The EHLO, LHLO or HELO that was refused last, where none was accepted.
    public private(set) var refusedHello: Exchange?
    /// EHLO was tried, whatever came of it.
    public private(set) var triedEHLO = false
    /// What the server offered when it last accepted EHLO in this layer of the session.
    public private(set) var listing: CapabilityListing?
    /// nil where no MAIL was accepted since the last message, RSET or EHLO.
    public private(set) var transaction: Transaction?
    /// The command that threw away a transaction which had recipients; nil where none did since the last MAIL.
    public private(set) var droppedBy: String?
    /// The last MAIL was refused, and nothing else was accepted since.
    public private(set) var refusedMail: Exchange?
    public private(set) var isAuthenticated = false
    /// Commands that went before.
    public private(set) var commands = 0
    /// The verb of the last of them.
    public private(set) var lastVerb = ""
    /// Messages that the server took.
    public private(set) var delivered = 0

    public init() {}

    /// The record begins where the session does: what is taken for the first reply is a greeting (RFC 5321 §3.1). In one
    /// that begins in the middle replies are taken for those of other commands.
    public var isGreeted: Bool { greeting?.code == "220" }

    public func offers(_ extension: String) -> Bool { listing?.contains(`extension`) ?? false }

    mutating func capabilities(_ listing: CapabilityListing) {
        self.listing = listing
    }

    mutating func secured() {
        // What was said in clear is to be forgotten (RFC 3207 §4.2).
        hello = .none
        listing = nil
        refusedHello = nil
        isAuthenticated = false
        end()
    }

    mutating func exchange(_ exchange: Exchange) {
        if exchange.length > 0 {
            commands += 1
            lastVerb = exchange.verb
        } else if exchange.phase == "greeting", greeting == nil {
            greeting = exchange.replies.last
        }
        let isAccepted = exchange.replies.last?.isPositive == true
        if exchange.verb == "EHLO" || exchange.verb == "LHLO" { triedEHLO = true }
        switch exchange.verb {
        case "EHLO", "LHLO", "HELO":
            guard isAccepted else {
                if hello == .none { refusedHello = exchange }
                return
            }
            refusedHello = nil
            hello = exchange.verb == "HELO" ? .helo : .ehlo
            if hello == .helo { listing = nil }
            drop(by: exchange.verb)
        case "AUTH": if exchange.replies.last?.code == "235" { isAuthenticated = true }
        case "MAIL":
            refusedMail = isAccepted ? nil : exchange
            guard isAccepted, transaction == nil else { return }
            droppedBy = nil
            transaction = Transaction(
                mail: exchange, parameters: (SMTPPathCommand(exchange)?.parameters ?? []).map { ASCII.uppercased($0) })
        case "RCPT":
            if isAccepted {
                transaction?.accepted += 1
            } else {
                transaction?.refused += 1
                transaction?.lastRefused = exchange
            }
        case "DATA": if !isAccepted { transaction?.isDataRefused = true }
        case "RSET": if isAccepted { drop(by: "RSET") }
        case "BDAT":
            transaction?.hasChunk = true
            // With a chunk that is refused the message has failed (RFC 3030 §2).
            guard isAccepted else { return end() }
            guard exchange.endsChunks else { return }
            delivered += 1
            end()
        // The end of a message, to which the server replies for all of it.
        case ".":
            if isAccepted { delivered += 1 }
            end()
        default: break
        }
    }

    private mutating func drop(by verb: String) {
        if let transaction, transaction.accepted > 0 { droppedBy = verb }
        end()
    }

    private mutating func end() {
        transaction = nil
        refusedMail = nil
    }
}

extension Exchange {
    /// It is `BDAT size LAST` (RFC 3030 §2).
    var endsChunks: Bool {
        guard verb == "BDAT" else { return false }
        let words = ASCII.words(command[...])
        return words.count > 2 && ASCII.equal(words[2], "LAST")
    }
}
