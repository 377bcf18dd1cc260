import Conversation
import Wire

/// Whether what a peer says in the middle of a body begins a request or response: the first bytes are held back until
/// that is known, at most nine of them.
///
/// A body may be announced longer than it is, or with no end but that of the connection, and the peers go on all the
/// same; and a client that was refused leave to send a body (RFC 9110 §10.1.1) begins its next request in its place.
enum HTTPOpening {
    enum Verdict {
        case yes
        case no
        case open
    }

    static func verdict(_ held: [UInt8], from direction: Direction) -> Verdict {
        switch direction {
        case .server: response(held)
        case .client: request(held)
        }
    }

    private static func request(_ held: [UInt8]) -> Verdict {
        if HTTPGrammar.methods.contains(where: { $0 == held }) { return .yes }
        return HTTPGrammar.methods.contains { $0.starts(with: held) } ? .open : .no
    }

    /// `HTTP/1.1 `, with any digits.
    private static func response(_ held: [UInt8]) -> Verdict {
        let pattern: [UInt8?] = [0x48, 0x54, 0x54, 0x50, 0x2F, nil, Byte.dot, nil, Byte.space]
        let fits = zip(held, pattern).allSatisfy { byte, wanted in wanted.map { $0 == byte } ?? byte.isDigit }
        guard fits, held.count <= pattern.count else { return .no }
        return held.count == pattern.count ? .yes : .open
    }
}
