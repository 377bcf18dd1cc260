import Conversation

/// What has been heard of a session up to this event and with it, gathered once for all rules. What is told by protocol
/// (`smtp`, `pop3`, `imap`, `http`) is how far the session had come before this event.
public struct SessionSoFar: Sendable {
    /// How that passes which the client and the server say to each other.
    public enum Layer: Sendable {
        case clear
        /// They agreed on TLS: what they still say in clear has no place there.
        case agreed
        /// Inside TLS.
        case secure
    }

    public let context: LintContext
    public private(set) var layer = Layer.clear
    /// The line that is told now, where it is a command.
    public private(set) var command: SpokenCommand?
    /// Lines said in this layer.
    public private(set) var spoken = PerDirection(0)
    /// What came of the last handshake of mailtee's with each of the peers.
    public private(set) var handshakes = PerDirection<TLSFacts?>(nil)
    public private(set) var offer = OfferOfTLS()
    /// The first line that each said in clear between STARTTLS and the handshake.
    public var inCrossing: PerDirection<Utterance?> { crossing.first }
    /// The faults that mailtee played.
    public private(set) var faults: Set<PlayedFault> = []
    /// Bytes are missing: what was not heard may have been said.
    public private(set) var hasGap = false
    /// The number of the exchange that was told last, see `Place.exchange`.
    public private(set) var exchange: Int?
    /// When the last thing was heard.
    public private(set) var last = Timestamp(nanoseconds: 0)
    /// nil while the session goes on.
    public private(set) var end: SessionEnd?
    public private(set) var smtp = SMTPSoFar()
    public private(set) var pop3 = POP3SoFar()
    public private(set) var imap = IMAPSoFar()
    public private(set) var http = HTTPSoFar()
    private var crossing = ClearCrossing()

    init(_ context: LintContext) {
        self.context = context
    }

    public var dialect: DialectName { context.dialect }

    /// What is said now passes in clear, and not because the user wants it so: where mailtee speaks TLS with the server
    /// and offers the client none, it was asked to.
    public var isExposed: Bool {
        layer == .clear && (!serverIsSecure || offer.isOffered == true)
    }

    /// mailtee and the server speak inside TLS.
    public var serverIsSecure: Bool { handshakes.server.map { $0.failure == nil } ?? false }

    /// The peers speak inside TLS after they spoke in clear, and all that they said inside was heard.
    public var isUpgraded: Bool { layer == .secure && handshakes.client?.start == .starttls && !hasGap }
}

extension SessionSoFar {
    mutating func hear(_ line: Utterance) -> CapabilityListing? {
        last = max(last, line.until)
        spoken[line.direction] += 1
        command = SpokenCommand(line, in: dialect)
        crossing.hear(line, asks: command?.verb == dialect.startTLS, layer)
        offer.utterance(line)
        return CapabilityListing(line)
    }

    mutating func hear(_ told: Exchange) -> CapabilityListing? {
        exchange = exchange.map { $0 + 1 } ?? 0
        offer.exchange(told)
        if told.verb == dialect.startTLS, told.replies.last?.isPositive != true { crossing.refused() }
        return CapabilityListing(told, number: exchange)
    }

    /// The rules have heard this line.
    mutating func heard(_ line: Utterance, _ listing: CapabilityListing?) {
        switch dialect {
        case .pop3: pop3.utterance(line)
        case .imap: imap.utterance(line, listing)
        case .http: http.utterance(line)
        case .smtp, .lmtp, .nntp, .ftp, .sieve, .irc, .plain: break
        }
    }

    mutating func heard(_ told: Exchange, _ listing: CapabilityListing?) {
        switch dialect {
        case .smtp, .lmtp:
            smtp.exchange(told)
            if let listing { smtp.capabilities(listing) }
        case .pop3:
            pop3.exchange(told)
            if let listing { pop3.capabilities(listing) }
        case .imap: imap.exchange(told)
        case .http: http.exchange(told)
        case .nntp, .ftp, .sieve, .irc, .plain: break
        }
    }

    mutating func heard(_ message: HeardMessage) {
        switch dialect {
        case .pop3: pop3.message(message)
        case .imap: imap.message(message)
        case .smtp, .lmtp, .http, .nntp, .ftp, .sieve, .irc, .plain: break
        }
    }

    /// The client speaks inside TLS from here on.
    mutating func secured() {
        smtp.secured()
        pop3.secured()
        imap.secured()
    }

    mutating func agreed(at time: Timestamp) {
        last = max(last, time)
        // What is agreed on inside TLS changes nothing of that.
        guard layer == .clear else { return }
        offer.tlsBegins(at: time)
        crossing.agreed()
        enter(.agreed)
    }

    mutating func hear(_ facts: TLSFacts, at time: Timestamp) {
        last = max(last, time)
        handshakes[facts.leg] = facts
        offer.hear(facts)
        if facts.securesClient { enter(.secure) }
    }

    mutating func hear(_ note: Note) {
        if let fault = PlayedFault(note) { faults.insert(fault) }
    }

    mutating func lost(at time: Timestamp) {
        last = max(last, time)
        hasGap = true
    }

    mutating func ended(_ end: SessionEnd, at time: Timestamp) {
        last = max(last, time)
        self.end = end
    }

    private mutating func enter(_ layer: Layer) {
        self.layer = layer
        spoken = PerDirection(0)
    }
}
