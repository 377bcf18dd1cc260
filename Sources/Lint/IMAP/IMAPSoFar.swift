import Conversation
import Wire

/// How far an IMAP session has come: before the event that the rules hear of now.
public struct IMAPSoFar: Sendable {
    /// What is kept at most.
    private enum Limits {
        /// Commands in progress, as many as the machine pairs.
        static let pending = 1_000
        static let capabilities = 256
        static let capability = 64
        /// Bytes of a mailbox's name, of a tag.
        static let name = 512
        static let tag = 128
    }

    /// What is known of a mailbox that is selected, or about to be.
    struct Mailbox: Sendable {
        /// INBOX in upper case; empty where it is not known.
        var name: [UInt8] = []
        /// How many messages the server has told that it has.
        var exists: UInt64?
        var uidValidity: UInt64?
        var isReadOnly = false
    }

    /// A command in progress.
    struct Command: Sendable {
        let tag: [UInt8]
        let verb: String
        let offset: UInt64
        let at: Timestamp
        /// What SELECT or EXAMINE opens.
        var mailbox: Mailbox?
        /// `+` has answered IDLE.
        var idlesSince: Timestamp?
        /// The client has ended IDLE.
        var isDone = false
    }

    private(set) var pieces = PerDirection(IMAPPieces())
    /// The server has greeted.
    private(set) var isGreeted = false
    /// nil before that.
    private(set) var state: IMAPVerb.State?
    /// The session was heard from its beginning: so it seems by what the client said first, or by a
    /// greeting that lists capabilities.
    private(set) var isFromStart = false
    private var hasSpoken = false
    /// In upper case, `AUTH=PLAIN` as one; nil where the server has not said in this layer of the session.
    private(set) var capabilities: Set<String>?
    /// They are those of this state: said after the client logged in, where it has.
    private(set) var capabilitiesAreCurrent = false
    private var isListedSinceLogin = false
    private(set) var enabled: Set<String> = []
    /// Oldest first.
    private(set) var pending: [Command] = []
    /// The one that is selected.
    private(set) var mailbox: Mailbox?
    /// The last SELECT or EXAMINE was refused, and none was accepted since.
    private(set) var refusedSelect: Exchange?
    private(set) var saidBye = false
    private(set) var saidLogout = false
    /// The peers agreed on compression.
    private(set) var isCompressed = false
    /// The client asked to be told of changes as they come (RFC 5465).
    private(set) var hasNotify = false
    /// The client has announced a literal for which it waits, and nobody has said anything to that.
    private(set) var waitsForLeave = false
    /// When `+` was last said to such a one.
    private(set) var leaveGiven = Timestamp(nanoseconds: 0)
    /// Literals that were announced so, to which `+` is still to come.
    private(set) var leavesOwed = 0
    /// Where the command began that the client is saying.
    private(set) var speaking: UInt64?
    /// When the client last said anything.
    private(set) var clientSpoke = Timestamp(nanoseconds: 0)

    public init() {}
}

// MARK: - What rules ask

extension IMAPSoFar {
    func piece(_ line: Utterance) -> IMAPPieces.Piece { pieces[line.direction].piece(line) }

    /// Whether the server lists it; nil where that is not known.
    func lists(_ capability: String) -> Bool? {
        guard let capabilities else { return nil }
        if capabilities.contains(capability) { return true }
        return capabilitiesAreCurrent && !isLoggingIn ? false : nil
    }

    /// The peers speak IMAP4rev2: the server knows nothing else, or the client has asked for it (RFC 9051 §6.3.1).
    var isRev2: Bool {
        enabled.contains("IMAP4REV2")
            || capabilities.map { $0.contains("IMAP4REV2") && !$0.contains("IMAP4REV1") } ?? false
    }

    /// Strings may hold UTF-8 (RFC 6855 §3, RFC 9051 §4.3).
    var hasUTF8: Bool { enabled.contains("UTF8=ACCEPT") || isRev2 }

    var isLoggingIn: Bool { pending.contains { $0.verb == "LOGIN" || $0.verb == "AUTHENTICATE" } }
    var isSelecting: Bool { pending.contains { $0.mailbox != nil } }
    /// IDLE is going on, or asked for, and the client has not ended it.
    var idle: Command? { pending.last { $0.verb == "IDLE" && !$0.isDone } }

    func isPending(_ tag: ArraySlice<UInt8>) -> Bool {
        pending.contains { $0.tag.elementsEqual(tag.prefix(Limits.tag)) }
    }
}

extension SessionSoFar {
    func piece(_ line: Utterance) -> IMAPPieces.Piece { layer == .agreed ? .unknown : imap.piece(line) }

    /// All of the session was heard in which the state is to be known, and mailtee put no words into anybody's mouth.
    var followsIMAP: Bool { !hasGap && imap.isGreeted && faults.isEmpty }
}

// MARK: - What is heard

extension IMAPSoFar {
    mutating func utterance(_ line: Utterance, _ listing: CapabilityListing?) {
        let piece = piece(line)
        pieces[line.direction].hear(line)
        switch line.direction {
        case .client:
            clientSpoke = line.until
            heardClient(line, piece)
        case .server:
            guard piece == .start else { return }
            if let listing, line.dropped == 0 { heard(listing) }
            heardServer(line)
        }
    }

    private mutating func heardClient(_ line: Utterance, _ piece: IMAPPieces.Piece) {
        waitsForLeave = false
        switch piece {
        case .start: begin(line)
        case .more: break
        case .literal, .unknown: return
        }
        guard let literal = pieces.client.literal else {
            speaking = nil
            return
        }
        if literal.waits {
            waitsForLeave = true
            leavesOwed = min(leavesOwed + 1, Limits.pending)
        }
    }

    private mutating func begin(_ line: Utterance) {
        guard let command = SpokenCommand(line, in: .imap) else { return }
        if ASCII.equal(line.bytes, "DONE"), let index = pending.lastIndex(where: { $0.verb == "IDLE" && !$0.isDone }) {
            pending[index].isDone = true
            return
        }
        speaking = line.offset
        let verb = command.imapVerb
        if !hasSpoken {
            hasSpoken = true
            isFromStart =
                isFromStart || IMAPVerb.beforeLogin.contains(verb) || verb == "CAPABILITY" || verb == "ID"
                || state == .authenticated
        }
        if verb == "LOGIN" || verb == "AUTHENTICATE" { isListedSinceLogin = false }
        if verb == "LOGOUT" { saidLogout = true }
        guard pending.count < Limits.pending else { return }
        let tag = line.bytes.drop { $0.isBlank }.prefix { !$0.isBlank }.prefix(Limits.tag)
        var mailbox: Mailbox?
        if verb == "SELECT" || verb == "EXAMINE" {
            mailbox = Mailbox(name: Self.name(command, line), isReadOnly: verb == "EXAMINE")
        }
        pending.append(
            Command(tag: Array(tag), verb: verb, offset: line.offset, at: line.until, mailbox: mailbox))
    }

    /// The mailbox that the command names first.
    private static func name(_ command: SpokenCommand, _ line: Utterance) -> [UInt8] {
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: command.verb))
        return mailboxName(tokens.next()?.string ?? [])
    }

    /// As names are compared (RFC 9051 §5.1).
    static func mailboxName(_ name: [UInt8]) -> [UInt8] {
        guard name.count <= Limits.name else { return [] }
        return ASCII.equal(name, "INBOX") ? Array("INBOX".utf8) : name
    }

    private mutating func heardServer(_ line: Utterance) {
        if line.bytes.first == Byte.plus {
            if waitsForLeave { leaveGiven = line.at }
            waitsForLeave = false
            if leavesOwed > 0 { leavesOwed -= 1 }
            return
        }
        guard let data = IMAPData(line) else { return }
        if data.is("EXISTS"), let number = data.number {
            change { $0.exists = number }
        } else if data.is("EXPUNGE"), data.number != nil {
            change { mailbox in
                if let exists = mailbox.exists { mailbox.exists = exists > 0 ? exists - 1 : 0 }
            }
        } else if data.is("VANISHED"), data.rest.first != UInt8(ascii: "(") {
            // How many of them there were is not said (RFC 7162 §3.2.10).
            change { $0.exists = nil }
        } else if data.is("OK") {
            let code = data.code
            guard let name = code.first else { return }
            if ASCII.equal(name, "UIDVALIDITY"), code.count > 1 {
                change { $0.uidValidity = ASCII.number(code[1]) }
            }
        } else if data.is("ENABLED") {
            for word in ASCII.words(data.rest) where enabled.count < Limits.capabilities {
                enabled.insert(ASCII.uppercased(word.prefix(Limits.capability)))
            }
        } else if data.is("BYE") {
            saidBye = true
            state = .logout
        }
    }

    /// What the server says is of the mailbox that is being selected, and else of the one that is.
    private mutating func change(_ change: (inout Mailbox) -> Void) {
        if let index = pending.firstIndex(where: { $0.mailbox != nil }) {
            guard var opened = pending[index].mailbox else { return }
            change(&opened)
            pending[index].mailbox = opened
        } else if var selected = mailbox {
            change(&selected)
            mailbox = selected
        }
    }

    private mutating func heard(_ listing: CapabilityListing) {
        heard(listing.capabilities.lazy.map { $0.arguments.isEmpty ? $0.name : "\($0.name)=\($0.arguments[0])" })
    }

    private mutating func heard(_ listed: some Sequence<String>) {
        capabilities = Set(listed.prefix(Limits.capabilities).filter { $0.utf8.count <= Limits.capability })
        capabilitiesAreCurrent = true
        isListedSinceLogin = true
    }

    mutating func message(_ message: HeardMessage) {
        guard message.direction == .client else { return }
        clientSpoke = message.until
        waitsForLeave = false
    }

    mutating func secured() {
        let (wasGreeted, wasFromStart, hadSpoken) = (isGreeted, isFromStart, hasSpoken)
        self = IMAPSoFar()
        isGreeted = wasGreeted
        isFromStart = wasFromStart
        hasSpoken = hadSpoken
        state = wasGreeted ? .notAuthenticated : nil
    }
}

// MARK: - Commands and their completion

extension IMAPSoFar {
    mutating func exchange(_ exchange: Exchange) {
        guard let reply = exchange.replies.last else {
            return remove(exchange)
        }
        if exchange.length == 0 {
            if !isGreeted {
                isGreeted = true
                // No server says that in the middle of a session, of itself.
                isFromStart = IMAPCode.words(reply).first.map { ASCII.equal($0, "CAPABILITY") } ?? false
                state = reply.code == "OK" ? .notAuthenticated : reply.code == "PREAUTH" ? .authenticated : .logout
            }
            return
        }
        if reply.code == "+" {
            if let index = pending.firstIndex(where: { $0.offset == exchange.offset }) {
                pending[index].idlesSince = reply.at
            }
            return
        }
        let command = pending.first { $0.offset == exchange.offset }
        remove(exchange)
        if speaking == exchange.offset {
            waitsForLeave = false
            leavesOwed = 0
        }
        completed(exchange, reply, command)
    }

    private mutating func remove(_ exchange: Exchange) {
        if exchange.verb == "DONE" {
            if let index = pending.firstIndex(where: { $0.isDone }) { pending.remove(at: index) }
        } else if let index = pending.firstIndex(where: { $0.offset == exchange.offset }) {
            pending.remove(at: index)
        }
    }

    private mutating func completed(_ exchange: Exchange, _ reply: Reply, _ command: Command?) {
        let code = IMAPCode.words(reply)
        let isListed = code.first.map { ASCII.equal($0, "CAPABILITY") } ?? false
        if isListed { heard(code.dropFirst().lazy.map { ASCII.uppercased($0) }) }
        guard state != .logout else { return }
        switch (exchange.verb, reply.code) {
        case ("LOGIN", "OK"), ("AUTHENTICATE", "OK"):
            capabilitiesAreCurrent = isListed || isListedSinceLogin
            state = .authenticated
        case ("SELECT", "OK"), ("EXAMINE", "OK"):
            var opened = command?.mailbox ?? Mailbox()
            if code.first.map({ ASCII.equal($0, "READ-ONLY") }) ?? false { opened.isReadOnly = true }
            mailbox = opened
            refusedSelect = nil
            state = .selected
        case ("SELECT", "NO"), ("EXAMINE", "NO"):
            // What was selected before is so no more (RFC 9051 §6.3.2).
            mailbox = nil
            refusedSelect = exchange
            if state == .selected { state = .authenticated }
        case ("CLOSE", "OK"), ("UNSELECT", "OK"):
            mailbox = nil
            if state == .selected { state = .authenticated }
        case ("COMPRESS", "OK"):
            isCompressed = true
            pieces.client.isCompressed = true
            pieces.server.isCompressed = true
        case ("NOTIFY", "OK"): hasNotify = true
        case (let verb, "OK"):
            // What succeeds where it may not be said shows that something was missed.
            guard let state, let states = IMAPVerb.states(verb), !states.contains(state), verb != "ENABLE" else {
                return
            }
            isFromStart = false
        default: break
        }
    }
}
