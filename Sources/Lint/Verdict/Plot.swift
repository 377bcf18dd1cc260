import Conversation
import Wire

/// What came of a session: what was done, what was refused and not made up for, how it ended. Bounded.
struct Plot: Sendable {
    /// What keeps a session from what it is for.
    enum Trouble: Sendable {
        case refused(Refusal)
        /// A command that was never answered.
        case unanswered(verb: String, Place)
        case handshake(TLSFacts, Place)
        case unreachable(String)
        case reset(by: Direction, Place)
        /// The server ended the session, and nobody had taken leave.
        case serverLeft(Place)
        /// The client did, in the middle of something.
        case clientLeft(Place)
        case messageCut(Direction, Place)
        /// The client was refused something that it need not have, and said nothing more.
        case waited(Refusal)
        /// IMAP: the server said BYE without having been asked, and closed.
        case dismissed(Reply, Place)
        /// LMTP: fewer replies to the end of a message than recipients that were accepted (RFC 2033 §4.2).
        case repliesMissing(heard: Int, expected: Int, Place)
        /// The client took its leave, or just left, without what it came for; nobody had refused it anything.
        case gaveUp(after: Heard?)
    }

    /// The reply that the client heard last before it left.
    struct Heard: Sendable {
        var verb: String
        var reply: Reply
        var place: Place
    }

    private static let kept = 16
    private static let failedKept = 256

    private let dialect: DialectName
    /// Commands that were answered.
    private(set) var answered = 0
    private(set) var triedLogin = false
    private(set) var isLoggedIn = false
    private(set) var delivered = 0
    private(set) var recipients = 0
    private var accepted = 0
    private(set) var triedToSend = false
    private(set) var fetched = 0
    private(set) var appended = 0
    private(set) var saidGoodbye = false
    private(set) var serverSaidGoodbye = false
    /// Refusals that nothing made up for, that something did.
    private(set) var refused: [Refusal] = []
    private(set) var coped: [Refusal] = []
    private var unanswered: (verb: String, place: Place)?
    /// Exchanges that did not go as the client wanted, by their numbers.
    private(set) var failed: Set<Int> = []
    private var heard: Heard?
    private var bye: Heard?
    /// LMTP: RCPT that were accepted for the message, and replies to its end.
    private var expectedReplies = 0
    private var endReplies = 0
    /// The last that the client heard was this refusal.
    private var lastRefusal: Refusal?
    private var cut: (direction: Direction, place: Place)?
    private var handshake: (facts: TLSFacts, place: Place)?
    /// Verbs that succeeded after something was refused, in order.
    private(set) var wentOnBy: [String] = []

    init(_ dialect: DialectName) {
        self.dialect = dialect
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) {
        lastRefusal = nil
        if exchange.replies.last.map({ $0.refuses || $0.code == "221" && !Verbs.goodbye.contains(exchange.verb) })
            ?? true, let number = session.exchange,
            failed.count < Self.failedKept
        {
            failed.insert(number)
        }
        if exchange.verb == "." {
            if !exchange.replies.isEmpty { endReplies += 1 }
        } else if exchange.verb == "DATA" {
            (expectedReplies, endReplies) = (accepted, 0)
        }
        guard let last = exchange.replies.last else {
            if exchange.length > 0, unanswered == nil, !Verbs.goodbye.contains(exchange.verb), !saidGoodbye {
                unanswered = (exchange.verb, Place(commandOf: exchange, in: session))
            }
            if Verbs.goodbye.contains(exchange.verb) { saidGoodbye = true }
            if Verbs.login.contains(exchange.verb) { triedLogin = true }
            return
        }
        if exchange.length > 0 { answered += 1 }
        if !Verbs.goodbye.contains(exchange.verb) {
            heard = Heard(verb: exchange.verb, reply: last, place: Place(last, exchange: session.exchange))
        }
        if Verbs.login.contains(exchange.verb) { triedLogin = true }
        if exchange.verb == "MAIL" { triedToSend = true }
        if last.code == "421" { serverSaidGoodbye = true }
        if let reply = exchange.replies.last(where: { $0.code == "BYE" }) {
            serverSaidGoodbye = true
            bye = Heard(verb: exchange.verb, reply: reply, place: Place(reply, exchange: session.exchange))
        }
        if let refusal = Refusal(exchange, number: session.exchange), !isPartOfAnAnswer(exchange),
            !refusal.isDoneAlready
        {
            if refused.count < Self.kept { refused.append(refusal) }
            lastRefusal = refusal
            return
        }
        succeeded(exchange)
    }

    /// IMAP: a tagged OK is what counts, whatever untagged came before it.
    private func isPartOfAnAnswer(_ exchange: Exchange) -> Bool {
        dialect == .imap && exchange.replies.last?.code == "OK"
    }

    private mutating func succeeded(_ exchange: Exchange) {
        let verb = exchange.verb
        switch verb {
        case "RCPT": accepted += 1
        case ".", "BDAT":
            guard verb == "." || ASCII.words(exchange.command[...]).last.map({ ASCII.equal($0, "LAST") }) == true
            else { break }
            delivered += 1
            recipients += accepted
            accepted = 0
        case "MAIL", "RSET": accepted = 0
        case "AUTH", "PASS", "APOP", "LOGIN", "AUTHENTICATE": isLoggedIn = true
        case "APPEND": appended += 1
        case _ where Verbs.goodbye.contains(verb): saidGoodbye = true
        default: break
        }
        guard exchange.length > 0, !Verbs.goodbye.contains(verb), !refused.isEmpty else { return }
        let kind = Refusal.kind(verb)
        if !coped.isEmpty || refused.contains(where: \.isOptional), wentOnBy.count < 3, !wentOnBy.contains(verb) {
            wentOnBy.append(verb)
        }
        var left: [Refusal] = []
        for refusal in refused {
            // Who is told no for one recipient is not helped by a yes for another.
            let isMadeUpFor =
                dialect == .lmtp && verb == "."
                // In LMTP each reply to a message is for a recipient of its own.
                ? false
                : verb == "RCPT"
                    ? refusal.verb == "RCPT" && refusal.command == Quote.of(exchange.command)
                    : refusal.kind == kind
            if isMadeUpFor || refusal.isOptional && refusal.kind != kind {
                if coped.count < Self.kept { coped.append(refusal) }
            } else {
                left.append(refusal)
            }
        }
        refused = left
    }

    mutating func message(_ message: HeardMessage) {
        if !message.complete {
            if cut == nil { cut = (message.direction, message.place(0, 0)) }
            return
        }
        if message.direction == .server, !message.start.partial || message.start.completesHeader { fetched += 1 }
    }

    mutating func hear(_ facts: TLSFacts, at time: Timestamp) {
        if facts.failure != nil, handshake == nil { handshake = (facts, Place(at: time)) }
    }

    /// The first trouble, in the order of the session; nil where there was none.
    func trouble(_ session: SessionSoFar) -> Trouble? {
        if let waited = lastRefusal, waited.isOptional, !saidGoodbye, session.end == .closed(first: .server),
            !serverSaidGoodbye
        {
            return .waited(waited)
        }
        // What a client says to a server that will have none of it needs no answer.
        if let first = refused.first, first.isUnasked { return .refused(first) }
        var all: [(Timestamp, Trouble)] = []
        if let handshake { all.append((handshake.place.at, .handshake(handshake.facts, handshake.place))) }
        if let first = refused.first { all.append((first.place.at, .refused(first))) }
        if let unanswered, !session.hasGap, dialect == .lmtp, unanswered.verb == ".", endReplies > 0,
            endReplies < expectedReplies
        {
            all.append(
                (
                    unanswered.place.at,
                    .repliesMissing(heard: endReplies, expected: expectedReplies, unanswered.place)
                ))
        } else if let unanswered, !session.hasGap, session.end != nil,
            // Who closes with 421 answers nothing any more.
            !refused.contains(where: { $0.reply.code == "421" })
        {
            // Where a message of the server's is cut, it is what the answer has in it.
            if let cut, cut.direction == .server {
                all.append((unanswered.place.at, .messageCut(.server, cut.place)))
            } else {
                all.append((unanswered.place.at, .unanswered(verb: unanswered.verb, unanswered.place)))
            }
        } else if let cut, !session.hasGap, !(cut.direction == .client && brokenOffByServer(session.end)) {
            all.append((cut.place.at, .messageCut(cut.direction, cut.place)))
        }
        let end = Place(at: session.last)
        switch session.end {
        case .unreachable(let why): all.append((session.last, .unreachable(why)))
        case .reset(let by) where !saidGoodbye: all.append((session.last, .reset(by: by, end)))
        case .closed(.server) where !saidGoodbye && bye != nil:
            if let bye { all.append((bye.place.at, .dismissed(bye.reply, bye.place))) }
        case .closed(.server) where !saidGoodbye && !serverSaidGoodbye && hasGoodbye && session.layer != .agreed:
            all.append((session.last, .serverLeft(end)))
        case .closed(.client) where !saidGoodbye && hasGoodbye && isInTheMiddle:
            all.append((session.last, .clientLeft(end)))
        default: break
        }
        return all.min { $0.0 < $1.0 }?.1
    }

    /// The client ended the session without having sent, or without having logged in; nil where it did, or where what
    /// it came for cannot be known.
    func gaveUp(_ session: SessionSoFar) -> Trouble? {
        guard session.end != nil, !session.hasGap, answered > 0 else { return nil }
        switch dialect {
        case .smtp, .lmtp: return delivered == 0 ? .gaveUp(after: heard) : nil
        case .pop3, .imap: return isLoggedIn || fetched > 0 ? nil : .gaveUp(after: heard)
        case .http, .nntp, .ftp, .sieve, .irc, .plain: return nil
        }
    }

    /// A client cannot bring to an end what the server does not let it.
    private func brokenOffByServer(_ end: SessionEnd?) -> Bool {
        end == .reset(by: .server) || end == .closed(first: .server) && !serverSaidGoodbye && !saidGoodbye
    }

    /// Something was begun and not brought to its end.
    private var isInTheMiddle: Bool {
        switch dialect {
        case .smtp, .lmtp: triedToSend && delivered == 0 || accepted > 0
        case .pop3, .imap: !isLoggedIn
        default: false
        }
    }

    private var hasGoodbye: Bool {
        switch dialect {
        case .smtp, .lmtp, .pop3, .imap: true
        case .http, .nntp, .ftp, .sieve, .irc, .plain: false
        }
    }
}
