import Conversation
import Wire

/// What a guess looks at, at most.
public enum ProtocolGuessLimits {
    /// Bytes of each side that are looked at.
    public static let head = 512
    /// Bytes of both sides after which it waits no longer for the side that is silent.
    public static let patience = 65_536
}

/// Finds out which protocol a conversation is, and which of the two is the client, from what each says first and from
/// their ports. For captures that somebody else made: the server may stand on any port, the beginning or one side may
/// be missing.
///
/// Words that no other protocol has decide against the port; where the words fit several, or nothing is known of them,
/// the port decides; what is binary, or known to be something else, is none of ours. What is answered, and at which
/// byte, does not depend on how the bytes were cut.
public struct ProtocolGuess: Sendable {
    public enum Answer: Sendable, Equatable {
        case undecided
        /// - isSwapped: the side that was taken for the client is the server.
        /// - isTLS: what was said is TLS, or of no form while the port is one of TLS: the port alone tells the
        /// protocol.
        case `protocol`(DialectName, isSwapped: Bool, isTLS: Bool)
        /// None of those that mailtee follows.
        case unknown
    }

    public private(set) var answer = Answer.undecided
    private let ports: PerDirection<UInt16>
    private var voices = PerDirection(Voice())
    private var heardBytes = 0

    /// - Parameters: the ports of those who are supposed to be the client and the server.
    public init(clientPort: UInt16, serverPort: UInt16) {
        ports = PerDirection(client: clientPort, server: serverPort)
    }

    /// Takes the next bytes that `direction` said.
    public mutating func heard(_ bytes: Span<UInt8>, from direction: Direction) {
        var index = 0
        while index < bytes.count, answer == .undecided {
            guard voices[direction].isListening else {
                let rest = min(bytes.count - index, max(ProtocolGuessLimits.patience - heardBytes, 1))
                heardBytes += rest
                index += rest
                if heardBytes >= ProtocolGuessLimits.patience { answer = atEnd() }
                continue
            }
            heardBytes += 1
            let isNews = voices[direction].take(bytes[index])
            index += 1
            if isNews { answer = verdict(isFinal: false) }
        }
    }

    /// The answer where nothing more will be said; never `undecided`.
    public func atEnd() -> Answer {
        guard answer == .undecided else { return answer }
        var guess = self
        for direction in Direction.allCases { guess.voices[direction].finish() }
        return guess.verdict(isFinal: true)
    }

    private func verdict(isFinal: Bool) -> Answer {
        let port = WellKnownPort(ports.server) ?? WellKnownPort(ports.client)
        let forms = [voices.client.form, voices.server.form]
        if forms.contains(.foreign) { return .unknown }
        if forms.contains(.tls) || port?.isTLS == true && forms.contains(.binary) {
            return port.map { `protocol`($0.dialect, isTLS: true) } ?? .unknown
        }
        if forms.contains(.binary) { return .unknown }
        let certain = Self.common(voices.client.certain, voices.server.certain)
        let likely = Self.common(voices.client.likely, voices.server.likely)
        if let certain {
            let narrowed = Self.common(certain, likely) ?? certain
            if let one = Self.single(narrowed, port) { return `protocol`(one, isTLS: false) }
        } else if let port, let likely, Self.single(likely, port) == port.dialect {
            return `protocol`(port.dialect, isTLS: false)
        }
        let isEnough = isFinal || !voices.client.isListening && !voices.server.isListening
        // The port has no say where what was said is certainly something else.
        if let port, certain?.contains(port.dialect) ?? true {
            let hasHeardOut = !voices.client.isListening || !voices.server.isListening
            let hasSaidNothing = voices.client.isSilent && voices.server.isSilent
            guard isEnough || hasHeardOut else { return .undecided }
            return `protocol`(port.dialect, isTLS: hasSaidNothing && port.isTLS)
        }
        guard isEnough else { return .undecided }
        let fitting = certain.map { Self.common($0, likely) ?? $0 } ?? likely ?? []
        return DialectName.allCases.first(where: fitting.contains).map { `protocol`($0, isTLS: false) } ?? .unknown
    }

    private func `protocol`(_ dialect: DialectName, isTLS: Bool) -> Answer {
        .protocol(dialect, isSwapped: isSwapped, isTLS: isTLS)
    }

    /// What each says tells who it is; where it does not, the server is the one with the well-known port, of two the
    /// lower.
    private var isSwapped: Bool {
        let roles = PerDirection(client: voices.client.role, server: voices.server.role)
        let says = (
            asSupposed: roles.client == .client || roles.server == .server,
            otherwise: roles.client == .server || roles.server == .client
        )
        if says.asSupposed != says.otherwise { return says.otherwise }
        switch (WellKnownPort(ports.client) != nil, WellKnownPort(ports.server) != nil) {
        case (true, false): return true
        case (true, true): return ports.client < ports.server
        case (false, _): return false
        }
    }

    /// What both fit; where they contradict each other, what the first fits.
    private static func common(_ one: Set<DialectName>?, _ other: Set<DialectName>?) -> Set<DialectName>? {
        guard let one, let other else { return one ?? other }
        let both = one.intersection(other)
        return both.isEmpty ? one.count <= other.count ? one : other : both
    }

    /// The one that is left. LMTP, where nothing tells it from SMTP, is known by its port.
    private static func single(_ dialects: Set<DialectName>, _ port: WellKnownPort?) -> DialectName? {
        if dialects.count == 1 { return dialects.first }
        if dialects == [.smtp, .lmtp] { return port?.dialect == .lmtp ? .lmtp : .smtp }
        return nil
    }
}

/// A port and what is spoken there, with TLS from the first byte on or without.
struct WellKnownPort {
    let dialect: DialectName
    let isTLS: Bool

    init?(_ port: UInt16) {
        switch port {
        case 25, 587, 2525, 1025: (dialect, isTLS) = (.smtp, false)
        case 465: (dialect, isTLS) = (.smtp, true)
        case 24: (dialect, isTLS) = (.lmtp, false)
        case 110: (dialect, isTLS) = (.pop3, false)
        case 995: (dialect, isTLS) = (.pop3, true)
        case 143: (dialect, isTLS) = (.imap, false)
        case 993: (dialect, isTLS) = (.imap, true)
        case 80, 8080, 8000: (dialect, isTLS) = (.http, false)
        case 443: (dialect, isTLS) = (.http, true)
        case 119: (dialect, isTLS) = (.nntp, false)
        case 563: (dialect, isTLS) = (.nntp, true)
        case 21: (dialect, isTLS) = (.ftp, false)
        case 990: (dialect, isTLS) = (.ftp, true)
        case 4190: (dialect, isTLS) = (.sieve, false)
        case 6667: (dialect, isTLS) = (.irc, false)
        case 6697: (dialect, isTLS) = (.irc, true)
        default: return nil
        }
    }
}
