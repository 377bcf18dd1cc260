import Conversation
import Wire

/// What the server says that it can do, wherever it says so: in a response, in its greeting, in the completion of a
/// command (RFC 9051 §7.1, §7.2.2).
struct IMAPListing: Sendable {
    /// In upper case.
    let names: Set<String>
    let place: Place

    init(_ listing: CapabilityListing) {
        names = Set(listing.capabilities.map { $0.arguments.isEmpty ? $0.name : "\($0.name)=\($0.arguments[0])" })
        place = listing.place
    }

    /// nil where the completion of this command has none.
    init?(_ exchange: Exchange, in session: SessionSoFar) {
        guard exchange.length > 0, let reply = exchange.replies.last, reply.code == "OK" else { return nil }
        let code = IMAPCode.words(reply)
        guard let name = code.first, ASCII.equal(name, "CAPABILITY") else { return nil }
        names = Set(code.dropFirst().map { ASCII.uppercased($0) })
        place = Place(reply, exchange: session.exchange)
    }
}
