import Conversation
import Wire

/// IMAP, both peers in one state: commands and their completion, which the tag pairs in whatever order they come; what is
/// secret; messages; where TLS and where compression begin.
///
/// Each peer speaks in lines, and where a line ends with the announcement of a literal, in so many bytes, after which
/// the command or response goes on (RFC 9051 §2.2, §4.3). A client waits before most literals for `+`; where the command
/// is completed instead, the literal never comes. What announces a literal is never secret, and what is secret announces
/// none, so that a record with its secrets masked is cut into the same lines.
public struct IMAPMachine: DialectMachine {
    enum Mode: Sendable {
        case line
        case literal(Passing)
        /// DEFLATE (RFC 4978 §4), which nobody can read from here on, told as if it were lines; until `inflated`.
        case compressed
        case tls
    }

    /// What is to come of a literal. A message is begun once a byte of it, or the one behind it, is there.
    struct Passing: Sendable {
        var remaining: UInt64
        let content: IMAPLiteral.Content
        var isBegun = false
    }

    /// A command that goes on after a literal.
    struct Unfinished: Sendable {
        var exchange: Exchange
        /// The arguments are steps of an authentication.
        var responses = IMAPResponses.none
        /// The server has said neither `+` nor no, and the client has not gone on without.
        var awaitsLeave = false
        /// The server did not wait for its end.
        var isCompleted = false
    }

    var streams = PerDirection(
        client: LineStream(.client, limit: IMAPLimits.line), server: LineStream(.server, limit: IMAPLimits.line))
    var modes = PerDirection(Mode.line)
    var lineEnds = PerDirection(IMAPLineEnd())
    /// Reads the command that the client is saying.
    var credentials = IMAPCredentials()
    var unfinished: Unfinished?
    var responses = IMAPResponses.none
    /// Nobody had logged in when bytes of the client's were missing, and no command was completed since.
    var isBehindGap = false
    /// A response goes on after a literal.
    var response: IMAPResponse.Data?
    /// The number of the message whose whole header was the last thing that was fetched.
    var headerOf: UInt64?
    var pending = IMAPPending()
    var crossing = TLSCrossing()
    /// Mailboxes are named in UTF-8 and not in modified UTF-7 (RFC 6855 §3, RFC 9051 §6.3.1).
    var hasUTF8Names = false
    /// Commands that ask for compression and wait for their completion.
    var compressionsAsked = 0
    public internal(set) var phase = IMAPPhase.greeting
    /// What the server said last that it can do, in upper case: in its greeting, in a response or in a response code
    /// (RFC 9051 §7.1, §7.2.2). Empty where it has not said so in this layer of the session.
    public internal(set) var capabilities: [String] = []

    public init() {}

    public var phaseName: String { phase.rawValue }
    /// Answers may come in any order; this is the command that has waited longest.
    public var awaitedVerb: String? { pending.first?.exchange.verb }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            if direction == .client { unfinished?.awaitsLeave = false }
            switch modes[direction] {
            case .line where direction == .client: index = clientLine(bytes, from: index, at: time, into: &sink)
            case .line: index = serverLine(bytes, from: index, at: time, into: &sink)
            case .literal(let literal):
                index = pass(literal, bytes, from: index, of: direction, at: time, into: &sink)
            case .compressed:
                // Nor can anybody see what of it is a secret, while one may be said.
                let isSecret = direction == .client && !phase.isLoggedIn
                index = passLines(bytes, from: index, of: direction, isSecret: isSecret, at: time, into: &sink)
            case .tls: return crossing.pass(bytes, from: index, of: &streams[direction], at: time, into: &sink)
            }
        }
    }

    /// From here on both peers speak otherwise.
    mutating func becomes<Sink: ConversationSink>(_ mode: Mode, at time: Timestamp, into sink: inout Sink) {
        // Only who wants text has kept the beginning of a line in a literal.
        if case .literal = modes.client { streams.client.tellUnfinished(.line, at: time, into: &sink) }
        endLiteral(of: .client, complete: false, at: time, into: &sink)
        // A line that the client has begun is read no further.
        streams.client.makeSecretFromHere()
        modes = PerDirection(mode)
    }

    // MARK: - Compression

    /// True from a command that asks for compression to its completion.
    var awaitsCompression: Bool { compressionsAsked > 0 }

    /// From here on what the peers say is heard inflated, and read on as before.
    mutating func inflated<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        for direction in Direction.allCases {
            guard case .compressed = modes[direction] else { continue }
            tellUnfinishedLine(of: direction, at: time, into: &sink)
            modes[direction] = .line
        }
        unfinished = nil
        credentials = IMAPCredentials()
    }

    // MARK: - Gaps, TLS and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        tellUnfinishedLine(of: direction, at: time, into: &sink)
        var isInPlace = false
        if case .literal(var literal) = modes[direction] {
            begin(&literal, of: direction, at: time, into: &sink)
            isInPlace = count <= literal.remaining
            literal.remaining -= min(count, literal.remaining)
            modes[direction] = .literal(literal)
            if literal.remaining == 0 { endLiteral(of: direction, complete: false, at: time, into: &sink) }
        }
        streams[direction].miss(count)
        switch direction {
        case .client:
            unfinished?.awaitsLeave = false
            if !isInPlace { lostPlace() }
        case .server:
            headerOf = nil
            if !isInPlace { response = nil }
        }
    }

    /// What the client says next may be the middle of anything.
    private mutating func lostPlace() {
        if !credentials.isSecret { unfinished = nil }
        if credentials.isSecret || !phase.isLoggedIn {
            credentials.passedGap()
        } else {
            credentials = IMAPCredentials()
        }
        isBehindGap = !phase.isLoggedIn
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard streams.client.offset > 0 || streams.server.offset > 0 else { return }
        finished(at: time, into: &sink)
        let streams = streams
        self = IMAPMachine()
        self.streams = streams
        phase = .notAuthenticated
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        for direction in Direction.allCases {
            tellUnfinishedLine(of: direction, at: time, into: &sink)
            endLiteral(of: direction, complete: false, at: time, into: &sink)
        }
        for entry in pending.removeAll() { tellUnanswered(entry, into: &sink) }
        compressionsAsked = 0
    }

    private func tellUnanswered<Sink: ConversationSink>(_ entry: IMAPPending.Entry, into sink: inout Sink) {
        switch entry.kind {
        case .command, .authenticate: sink.exchange(entry.exchange)
        case .idle(let done):
            sink.exchange(entry.exchange)
            done.map { sink.exchange($0) }
        case .idling(let done): done.map { sink.exchange($0) }
        }
    }

    private mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        lineEnds[direction].startLine()
        if case .line = modes[direction] {
            streams[direction].tellUnfinished(direction == .client ? clientKind : .reply, at: time, into: &sink)
        } else {
            streams[direction].tellUnfinished(.line, at: time, into: &sink)
        }
    }
}
