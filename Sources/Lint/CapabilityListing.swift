import Conversation
import Wire

/// What a server says it can do: the answer to EHLO or LHLO (RFC 5321 §4.1.1.1), to CAPA (RFC 2449 §5), or what an IMAP
/// server says unasked or asked, as a response of its own or as a code in its greeting (RFC 9051 §7.2.2, §7.1).
public struct CapabilityListing: Sendable, Equatable {
    public struct Capability: Sendable, Equatable {
        /// In upper case: `AUTH` of `AUTH PLAIN LOGIN`, `SASL` of `SASL PLAIN`, `AUTH` of `AUTH=PLAIN`.
        public var name: String
        /// In upper case.
        public var arguments: [String]
    }

    public var capabilities: [Capability]
    public var place: Place

    public func contains(_ name: String) -> Bool { capabilities.contains { $0.name == name } }

    /// All that is listed under `name`.
    public func arguments(of name: String) -> [String] {
        capabilities.filter { $0.name == name }.flatMap(\.arguments)
    }
}

extension CapabilityListing {
    /// - Parameter number: which exchange of the session this is.
    /// - Returns: nil for any other exchange, and where the server refused.
    init?(_ exchange: Exchange, number: Int?) {
        guard let reply = exchange.replies.last else { return nil }
        let lines: [[UInt8]]
        switch (exchange.verb, reply.code) {
        case ("EHLO", "250"), ("LHLO", "250"): lines = reply.lines
        case ("CAPA", "+OK"): lines = Array(reply.lines.dropFirst())
        default: return nil
        }
        capabilities = lines.compactMap { line in
            var words = ASCII.words(line[...])
            // `AUTH=LOGIN PLAIN`, as servers said it before the extension was a standard.
            if let first = words.first, let sign = first.firstIndex(of: Byte.equals) {
                words[0] = first[..<sign]
                words.insert(first[(sign + 1)...], at: 1)
            }
            return Capability(words)
        }
        place = Place(reply, exchange: number)
    }

    /// - Returns: nil for a line of anybody's but an IMAP server's `* CAPABILITY …` or `* … [CAPABILITY …]`.
    init?(_ line: Utterance) {
        guard line.direction == .server, line.bytes.first == Byte.star else { return nil }
        let words = ASCII.words(line.bytes[...])
        guard words.count > 2 else { return nil }
        let listed: ArraySlice<ArraySlice<UInt8>>
        if ASCII.equal(words[1], "CAPABILITY") {
            listed = words[2...]
        } else if ASCII.equal(words[2], "[CAPABILITY") {
            let last = words.firstIndex { $0.last == UInt8(ascii: "]") } ?? words.count - 1
            guard last > 2 else { return nil }
            listed = words[3..<last] + [words[last].prefix { $0 != UInt8(ascii: "]") }]
        } else {
            return nil
        }
        capabilities = listed.compactMap { Capability($0.split(separator: Byte.equals, maxSplits: 1)) }
        place = Place(line)
    }
}

extension CapabilityListing.Capability {
    /// - Returns: nil where there is no word.
    fileprivate init?(_ words: [ArraySlice<UInt8>]) {
        guard let name = words.first else { return nil }
        self.init(name: ASCII.uppercased(name), arguments: words.dropFirst().map { ASCII.uppercased($0) })
    }
}
