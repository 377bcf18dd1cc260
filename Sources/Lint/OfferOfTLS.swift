import Conversation
import Wire

/// Whether a server offers TLS in clear: STARTTLS or STLS among its capabilities.
public struct OfferOfTLS: ConversationSink, Sendable {
    /// nil: it was never asked, and did not say of itself. What it once offered it offers.
    public private(set) var isOffered: Bool?
    /// Where it said so, or refused to say.
    private(set) var place: Place?
    /// The client has begun to log in, or need not: what is listed from then on may well be silent about TLS, which
    /// only comes before (RFC 2595 §4, RFC 9051 §6.2.1).
    private(set) var hasBegunLogin = false
    private var isOver = false
    private var exchanges = 0

    public init() {}

    public mutating func utterance(_ line: Utterance) {
        guard !isOver else { return }
        switch line.direction {
        case .client where !hasBegunLogin: hasBegunLogin = Self.beginsLogin(line)
        case .server:
            guard let listing = CapabilityListing(line) else { return }
            if ASCII.words(line.bytes[...]).dropFirst().first.map({ ASCII.equal($0, "PREAUTH") }) == true {
                hasBegunLogin = true
            }
            hear(listing)
        default: break
        }
    }

    public mutating func exchange(_ exchange: Exchange) {
        guard !isOver else { return }
        let number = exchanges
        exchanges += 1
        if let listing = CapabilityListing(exchange, number: number) { return hear(listing) }
        guard let reply = exchange.replies.last, isOffered == nil else { return }
        switch exchange.verb {
        // A server that is busy may offer it the next time.
        case "EHLO", "LHLO": guard reply.code.first == "5" else { return }
        case "CAPA": guard reply.code == "-ERR" else { return }
        case "CAPABILITY": guard reply.code != "OK" else { return }
        default: return
        }
        isOffered = false
        place = Place(reply, exchange: number)
    }

    public mutating func tlsBegins(at: Timestamp) {
        isOver = true
    }

    /// A handshake has ended.
    public mutating func hear(_ facts: TLSFacts) {
        if facts.securesClient { isOver = true }
    }

    private mutating func hear(_ listing: CapabilityListing) {
        let isListed = listing.contains("STARTTLS") || listing.contains("STLS")
        guard isListed ? isOffered != true : isOffered == nil && !hasBegunLogin else { return }
        isOffered = isListed
        place = listing.place
    }

    private static func beginsLogin(_ line: Utterance) -> Bool {
        guard line.kind == .command else { return false }
        return ASCII.words(line.bytes.prefix(128)).prefix(2).contains { Verbs.login.contains(ASCII.uppercased($0)) }
    }
}
