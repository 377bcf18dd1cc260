import Conversation
import Message
import Wire

/// How far a POP3 session has come: before the event that the rules hear of now.
public struct POP3SoFar: Sendable {
    /// Messages of which a number is remembered: their sizes, which were retrieved, which were deleted.
    public static let messageLimit = 4_096
    /// Commands without an answer that are remembered.
    public static let waitingLimit = 1_000

    /// A command whose answer is to come, or goes on.
    public struct Asked: Sendable {
        /// In upper case, cut where it is no verb of POP3's.
        public var verb: String
        public var arguments: Int
        /// The first argument, where it is a number.
        public var number: UInt64?
        /// Where it stands in what the client said.
        public var offset: UInt64
        /// All commands before it were answered when it was said.
        public var isAlone: Bool
        /// A DELE of a message whose RETR was not over when it was said.
        public var overtakesRetrieval = false
        /// It was said behind an STLS that was not answered yet.
        public var isBehindSTLS = false

        /// A positive answer goes on to a line with a dot.
        public var hasBody: Bool {
            switch verb {
            case "RETR", "TOP", "CAPA": true
            case "LIST", "UIDL", "AUTH", "LANG": arguments == 0
            default: false
            }
        }
    }

    public enum Login: Sendable {
        case none
        /// The last try was refused.
        case refused(Reply)
        case accepted
    }

    public enum User: Sendable {
        case none
        case accepted
        case refused(Reply)
    }

    public enum Retrieval: Sendable, Equatable {
        /// All of it was heard: its octets as they are to be counted (RFC 1939 §11).
        case whole(UInt64)
        case refused
    }

    /// What was counted of a listing that passes or has passed.
    public struct Tally: Sendable {
        public var lines: UInt64 = 0
        /// The sum of the sizes in a LIST; nil where a line could not be read, or all is more than can be counted.
        public var octets: UInt64? = 0
        public var highest: UInt64 = 0
        public var isWellFormed = true
    }

    /// What was answered to the command before.
    public struct Told: Sendable {
        public var verb: String
        /// `+OK`, `-ERR`, empty where there was no answer.
        public var code: String
    }

    public private(set) var greeting: Reply?
    /// False where replies may belong to other commands than it seems: the record does not begin with the greeting,
    /// or the server said what answers nothing.
    public private(set) var isFollowed = true
    public private(set) var login = Login.none
    /// What came of the last USER, nothing but PASS being able to use it up.
    public private(set) var user = User.none
    /// The exchange before this one.
    public private(set) var told: Told?
    /// What the server last listed in this layer of the session.
    public private(set) var capabilities: CapabilityListing?
    public private(set) var capaWasRefused = false
    /// The server agreed to UTF8 (RFC 6856 §2).
    public private(set) var isUTF8 = false
    public private(set) var hasQuit = false
    /// A command got no answer, or only the beginning of one.
    public private(set) var wasCutOff = false
    /// The line that began the last answer.
    public private(set) var status: Utterance?
    /// Of the listing that passes, or of the last one.
    public private(set) var tally = Tally()
    /// The last line of the server's was the dot that ends an answer.
    public private(set) var endIsHeard = false
    /// The message that passed last.
    public private(set) var message: HeardMessage?
    /// Messages are numbered from 1 to this; nil while that is not known.
    public private(set) var total: UInt64?
    /// What LIST told, by number.
    public private(set) var sizes: [UInt64: UInt64] = [:]
    public private(set) var retrieved: [UInt64: Retrieval] = [:]
    /// Those marked by DELE and not unmarked by RSET.
    public private(set) var deleted: Set<UInt64> = []
    /// All that were deleted, retrieved or looked into are remembered.
    public private(set) var remembersAll = true
    /// Numbers that TOP showed.
    public private(set) var looked: Set<UInt64> = []
    /// UIDL was answered.
    public private(set) var knowsIDs = false
    /// How often messages were marked or unmarked: counts before and after differ.
    public private(set) var changes = 0

    private var waiting: [Asked] = []
    /// Those before it are answered.
    private var head = 0
    /// The status of an answer was heard, and the answer is not over.
    private var isAnswering = false

    public init() {}

    /// The oldest command without an answer.
    public var asked: Asked? { head < waiting.count ? waiting[head] : nil }

    /// Commands without an answer.
    public var waitingCount: Int { waiting.count - head }

    /// The command whose answer's further lines are what the server says now.
    public var listing: Asked? { isAnswering ? asked : nil }

    public var isLoggedIn: Bool { if case .accepted = login { true } else { false } }

    public func offers(_ capability: String) -> Bool { capabilities?.contains(capability) ?? false }

    /// The command of this exchange, as it was when it was said.
    func asked(_ exchange: Exchange) -> Asked? {
        asked.flatMap { $0.offset == exchange.offset && exchange.length > 0 ? $0 : nil }
    }

    /// The line that is the reply, as it was said.
    func line(of reply: Reply) -> [UInt8]? {
        status.flatMap { $0.offset == reply.offset ? $0.bytes : nil }
    }
}

// MARK: - What was said

extension POP3SoFar {
    mutating func utterance(_ line: Utterance) {
        guard line.end != .none else { return }
        switch (line.direction, line.kind) {
        case (.client, .command): ask(line)
        case (.client, _): break
        case (.server, .end):
            endIsHeard = true
            // The client took less than CR LF dot CR LF for the end, and its command was told before that.
            if line.end != .crlf, waitingCount == 2 { waiting[waiting.count - 1].isAlone = true }
        case (.server, .reply):
            endIsHeard = false
            if isAnswering { return list(line) }
            status = line
            tally = Tally()
            isAnswering = true
        case (.server, .challenge): endIsHeard = false
        case (.server, _):
            endIsHeard = false
            isFollowed = false
        }
    }

    private mutating func ask(_ line: Utterance) {
        if greeting == nil { isFollowed = false }
        let words = ASCII.words(line.bytes.prefix(256))
        let verb = words.first.map { ASCII.uppercased($0.prefix(15)) } ?? ""
        if verb == "QUIT" { hasQuit = true }
        guard waitingCount < Self.waitingLimit else { return }
        var asked = Asked(
            verb: verb, arguments: max(0, words.count - 1),
            number: words.dropFirst().first.flatMap { ASCII.number($0) },
            offset: line.offset, isAlone: waitingCount == 0)
        if !asked.isAlone {
            let before = waiting[head...]
            asked.isBehindSTLS = before.contains { $0.verb == "STLS" }
            if verb == "DELE" {
                asked.overtakesRetrieval = before.contains { $0.verb == "RETR" && $0.number == asked.number }
            }
        }
        waiting.append(asked)
    }

    private mutating func list(_ line: Utterance) {
        let isList = asked?.verb == "LIST"
        guard isList || asked?.verb == "UIDL" else { return }
        tally.lines += 1
        guard isList else { return }
        guard case .scan(let number, let size, _) = ScanListing(line.bytes[...]) else {
            tally.isWellFormed = false
            tally.octets = nil
            return
        }
        tally.highest = max(tally.highest, number)
        let sum = tally.octets?.addingReportingOverflow(size)
        tally.octets = sum.flatMap { $0.overflow ? nil : $0.partialValue }
        remember(size: size, of: number)
    }
}

// MARK: - What was answered

extension POP3SoFar {
    mutating func exchange(_ exchange: Exchange) {
        isAnswering = false
        let reply = exchange.replies.last
        let isPositive = reply?.code == "+OK"
        if exchange.length == 0 {
            if greeting == nil { greeting = reply } else { isFollowed = false }
            told = Told(verb: "", code: reply?.code ?? "")
            return
        }
        let asked = asked(exchange)
        if reply == nil || (isPositive && asked?.hasBody == true && !endIsHeard) { wasCutOff = true }
        if let reply { answered(exchange, asked, reply, isPositive) }
        told = Told(verb: exchange.verb, code: reply?.code ?? "")
        forget(exchange)
    }

    mutating func capabilities(_ listing: CapabilityListing) {
        capabilities = listing
        capaWasRefused = false
    }

    mutating func message(_ message: HeardMessage) {
        self.message = message
    }

    mutating func secured() {
        // What was said in clear is to be forgotten (RFC 2595 §4).
        login = .none
        user = .none
        capabilities = nil
        capaWasRefused = false
        isUTF8 = false
        wasCutOff = false
    }

    private mutating func answered(_ exchange: Exchange, _ asked: Asked?, _ reply: Reply, _ isPositive: Bool) {
        switch exchange.verb {
        case "USER": user = isPositive ? .accepted : .refused(reply)
        case "PASS", "APOP", "AUTH":
            if exchange.verb == "AUTH", asked?.arguments == 0 { return }
            user = .none
            login = isPositive ? .accepted : isLoggedIn ? login : .refused(reply)
        case "CAPA": capaWasRefused = !isPositive
        case "UTF8": if isPositive { isUTF8 = true }
        case "STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "TOP", "UIDL":
            // It need not have been heard: a server may be started for a user who is known.
            if isPositive { login = .accepted }
            inTransaction(exchange, asked, reply, isPositive)
        default: break
        }
    }

    private mutating func inTransaction(_ exchange: Exchange, _ asked: Asked?, _ reply: Reply, _ isPositive: Bool) {
        let number = asked?.number
        switch exchange.verb {
        case "RETR":
            guard let number else { return }
            if !isPositive {
                if retrieved[number] == nil { remember(.refused, of: number) }
            } else if let message, message.complete, endIsHeard {
                remember(.whole(message.countedOctets), of: number)
            }
        case "TOP":
            if isPositive, let number {
                if looked.count < Self.messageLimit { looked.insert(number) } else { remembersAll = false }
            }
        case "UIDL": if isPositive { knowsIDs = true }
        case "STAT":
            guard isPositive, let first = reply.lines.first, case .scan(let count, _, _) = ScanListing(first[...])
            else { return }
            guard remembersAll else { return }
            let (sum, overflow) = count.addingReportingOverflow(UInt64(deleted.count))
            if !overflow { total = sum }
        case "LIST": listed(asked, reply, isPositive)
        case "DELE":
            guard isPositive, let number else { return }
            if deleted.count < Self.messageLimit { deleted.insert(number) } else { remembersAll = false }
            changes += 1
        case "RSET":
            guard isPositive else { return }
            deleted = []
            changes += 1
        default: break
        }
    }

    private mutating func listed(_ asked: Asked?, _ reply: Reply, _ isPositive: Bool) {
        guard isPositive else { return }
        if asked?.arguments == 0 {
            guard endIsHeard, tally.isWellFormed, remembersAll else { return }
            total = max(total ?? 0, tally.highest, deleted.max() ?? 0)
        } else if let first = reply.lines.first, case .scan(let number, let size, _) = ScanListing(first[...]),
            number == asked?.number
        {
            remember(size: size, of: number)
        }
    }

    private mutating func remember(size: UInt64, of number: UInt64) {
        if sizes.count < Self.messageLimit || sizes[number] != nil { sizes[number] = size }
    }

    private mutating func remember(_ retrieval: Retrieval, of number: UInt64) {
        if retrieved.count < Self.messageLimit || retrieved[number] != nil {
            retrieved[number] = retrieval
        } else {
            remembersAll = false
        }
    }

    private mutating func forget(_ exchange: Exchange) {
        if asked?.offset == exchange.offset {
            head += 1
            if head == waiting.count {
                waiting.removeAll(keepingCapacity: true)
                head = 0
            } else if head > 64, head * 2 > waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
        } else if waitingCount > 0, waiting[waiting.count - 1].offset == exchange.offset {
            // There were too many to wait for.
            waiting.removeLast()
        }
    }
}

extension SessionSoFar {
    /// For all that is known the replies belong to their commands.
    var followsPOP3: Bool { !hasGap && pop3.isFollowed && layer != .agreed }
}

extension HeardMessage {
    /// Each line end as two octets, whatever it was on the wire, and stuffed dots left out (RFC 1939 §11).
    var countedOctets: UInt64 {
        let (sum, overflow) = octets.count.addingReportingOverflow(octets.bareLF.count)
        return overflow ? octets.count : sum
    }
}
