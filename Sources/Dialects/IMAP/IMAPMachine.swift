import Conversation
import Wire

/// IMAP, both peers in one state: commands and their completion, which the tag pairs in whatever order they come; what is
/// secret; where TLS begins.
///
/// Each peer speaks in lines, and where a line ends with the announcement of a literal, in so many bytes, after which
/// the command or response goes on (RFC 9051 §2.2, §4.3). A client waits before most literals for `+`; where the command
/// is completed instead, the literal never comes. What announces a literal is never secret, and what is secret announces
/// none, so that a record with its secrets masked is cut into the same lines.
public struct IMAPMachine: DialectMachine {
    private enum Mode: Sendable {
        case line
        case literal(Passing)
        /// Bytes that nobody can read from here on (RFC 4978 §4), told as if they were lines.
        case compressed
        case tls
    }

    /// What is to come of a literal. A message is begun once a byte of it, or the one behind it, is there.
    private struct Passing: Sendable {
        var remaining: UInt64
        let content: IMAPLiteral.Content
        var isBegun = false
    }

    /// A command that goes on after a literal.
    private struct Unfinished: Sendable {
        var exchange: Exchange
        /// The server has said neither `+` nor no, and the client has not gone on without.
        var awaitsLeave = false
        /// The server did not wait for its end.
        var isCompleted = false
    }

    /// Whether what the client says next are steps of an authentication. One that does not wait for the challenge is
    /// believed to answer it, as in SMTP.
    private enum Responses: Sendable {
        case none
        case one
        /// Until the command is completed.
        case any
    }

    /// What a line of the server's is.
    private enum Response {
        /// More of a response that had a literal.
        case more
        case data(isFetch: Bool)
        /// OK, NO, BAD, BYE or PREAUTH without a tag (RFC 9051 §7.1).
        case condition
        /// `+` to a literal or to IDLE, or unasked.
        case goAhead
        /// `+` to the authentication at this place of `pending`.
        case challenge(Int)
        /// The completion of the command at this place of `pending`.
        case completion(Int)
        case other

        var kind: Utterance.Kind {
            switch self {
            case .more, .data, .condition, .goAhead, .completion: .reply
            case .challenge: .challenge
            case .other: .line
            }
        }
    }

    private var streams = PerDirection(
        client: LineStream(.client, limit: IMAPLimits.line), server: LineStream(.server, limit: IMAPLimits.line))
    private var modes = PerDirection(Mode.line)
    private var lineEnds = PerDirection(IMAPLineEnd())
    /// Reads the command that the client is saying.
    private var credentials = IMAPCredentials()
    private var unfinished: Unfinished?
    private var responses = Responses.none
    /// A response goes on after a literal, and is or is not one of FETCH.
    private var isInFetch: Bool?
    private var pending: [Exchange] = []
    private var crossing = TLSCrossing()
    public private(set) var phase = IMAPPhase.greeting

    public init() {}

    public var phaseName: String { phase.rawValue }
    /// Answers may come in any order; this is the command that has waited longest.
    public var awaitedVerb: String? { pending.first?.verb }

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
                let isSecret = direction == .client && phase != .authenticated && phase != .selected
                index = passLines(bytes, from: index, of: direction, isSecret: isSecret, at: time, into: &sink)
            case .tls: return crossing.pass(bytes, from: index, of: &streams[direction], at: time, into: &sink)
            }
        }
    }

    // MARK: - The client

    /// The next line is a step of an authentication. The pieces of a command that was begun come first.
    private var isResponding: Bool {
        if case .none = responses { false } else { unfinished == nil }
    }

    private mutating func clientLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let isResponse = isResponding
        var credentials = credentials
        let (next, end) = streams.client.take(bytes, from: start, at: time, into: &sink) { line in
            // A lone `*` cancels the authentication (RFC 9051 §6.2.2).
            isResponse ? (line.bytes.first == Byte.star ? 1 : 0) : credentials.secretStart(in: line)
        }
        self.credentials = credentials
        lineEnds.client.take(bytes, start..<next, of: streams.client.line)
        guard let end else { return next }
        let utterance = streams.client.utterance(clientKind, end: end, at: time)
        let literal = isResponse || utterance.secretFrom != nil ? nil : literalAnnounced(by: .client)
        startLine(of: .client)
        if Sink.wantsText { sink.utterance(utterance) }
        sink.boundary(at: next)
        if isResponse {
            self.credentials = IMAPCredentials()
            if case .one = responses { responses = .none }
        } else {
            heard(utterance, literal, at: time, into: &sink)
        }
        return next
    }

    private var clientKind: Utterance.Kind {
        isResponding ? .response : unfinished == nil ? .command : .line
    }

    /// A command, or a piece of one, behind which a literal comes or not.
    private mutating func heard<Sink: ConversationSink>(
        _ line: Utterance, _ literal: IMAPLiteral?, at time: Timestamp, into sink: inout Sink
    ) {
        let isFirst = unfinished == nil
        var command = unfinished ?? Unfinished(exchange: begun(line))
        command.exchange.asked = time
        command.exchange.length = Int(clamping: streams.client.offset - command.exchange.offset)
        // It waits among the others from its first piece on: the server may refuse it before the literal comes.
        if !isFirst {
            if let index = pending.lastIndex(where: { $0.offset == command.exchange.offset }) {
                pending[index].asked = command.exchange.asked
                pending[index].length = command.exchange.length
            }
        } else if ASCII.equal(line.bytes, "DONE"), let index = pending.lastIndex(where: { $0.verb == "IDLE" }) {
            // It ends IDLE (RFC 9051 §6.3.13), which is answered now.
            pending[index].asked = time
            credentials = IMAPCredentials()
            return
        } else if pending.count < IMAPLimits.pending {
            pending.append(command.exchange)
        } else {
            sink.exchange(command.exchange)
        }
        // Leave for it will not be given any more.
        if let literal, !(literal.waits && command.isCompleted) {
            let content = content(of: literal, in: command.exchange, isFirst: isFirst)
            modes.client = .literal(Passing(remaining: literal.size, content: content))
            command.awaitsLeave = literal.waits
            unfinished = command
            credentials.passedLiteral()
            return
        }
        if command.exchange.verb == "AUTHENTICATE", !command.isCompleted, case .none = responses {
            responses = Self.responses(to: command.exchange.command)
        }
        unfinished = nil
        credentials = IMAPCredentials()
    }

    private func begun(_ line: Utterance) -> Exchange {
        Exchange(
            verb: IMAPGrammar.verb(line.bytes), command: line.bytes, asked: line.until, offset: line.offset,
            length: line.length, phase: phase.rawValue)
    }

    private func content(
        of literal: IMAPLiteral, in exchange: Exchange, isFirst: Bool
    ) -> IMAPLiteral.Content {
        if credentials.isSecret { return .secret }
        // The first argument is the mailbox (RFC 9051 §6.3.12).
        let isMailbox = isFirst && ASCII.words(exchange.command[...]).count <= 3
        return exchange.verb == "APPEND" && !isMailbox ? .message(partial: false) : .text
    }

    /// What the client says behind this AUTHENTICATE, which gives a mechanism and maybe an initial response.
    private static func responses(to command: [UInt8]) -> Responses {
        let words = ASCII.words(command[...])
        guard words.count >= 3 else { return .none }
        guard SMTPGrammar.isOneRound(words[2]) else { return .any }
        return words.count == 3 ? .one : .none
    }

    // MARK: - Literals, and what cannot be read

    private func literalAnnounced(by direction: Direction) -> IMAPLiteral? {
        IMAPLiteral(lineEnds[direction].bytes(of: streams[direction].line))
    }

    private mutating func startLine(of direction: Direction) {
        streams[direction].startLine()
        lineEnds[direction].startLine()
    }

    private mutating func pass<Sink: ConversationSink>(
        _ literal: Passing, _ bytes: Span<UInt8>, from start: Int, of direction: Direction, at time: Timestamp,
        into sink: inout Sink
    ) -> Int {
        var literal = literal
        begin(&literal, of: direction, at: time, into: &sink)
        let stop = start + Int(clamping: min(literal.remaining, UInt64(bytes.count - start)))
        let part = bytes.extracting(0..<stop)
        literal.remaining -= UInt64(stop - start)
        switch literal.content {
        case .message:
            let message = part.extracting(start..<stop)
            sink.messageBytes(message, from: direction, offset: streams[direction].offset, at: time)
            streams[direction].skip(stop - start)
        case .text, .secret:
            var index = start
            while index < stop {
                let isSecret = literal.content == .secret
                index = passLines(part, from: index, of: direction, isSecret: isSecret, at: time, into: &sink)
            }
            if literal.remaining == 0 { streams[direction].tellUnfinished(.line, at: time, into: &sink) }
        }
        modes[direction] = .literal(literal)
        if literal.remaining == 0 { endLiteral(of: direction, complete: true, at: time, into: &sink) }
        return stop
    }

    private mutating func begin<Sink: ConversationSink>(
        _ literal: inout Passing, of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard !literal.isBegun else { return }
        literal.isBegun = true
        guard case .message(let partial) = literal.content else { return }
        sink.messageBegan(
            MessageStart(
                direction: direction, offset: streams[direction].offset, at: time, dotStuffed: false, partial: partial))
    }

    private mutating func endLiteral<Sink: ConversationSink>(
        of direction: Direction, complete: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        guard case .literal(let literal) = modes[direction] else { return }
        modes[direction] = .line
        guard literal.isBegun, case .message = literal.content else { return }
        sink.messageEnded(direction, complete: complete, at: time)
    }

    private mutating func passLines<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, of direction: Direction, isSecret: Bool, at time: Timestamp,
        into sink: inout Sink
    ) -> Int {
        let (next, end) = streams[direction].take(bytes, from: start, at: time, into: &sink) { _ in isSecret ? 0 : nil }
        guard let end else { return next }
        if Sink.wantsText { sink.utterance(streams[direction].utterance(.line, end: end, at: time)) }
        streams[direction].startLine()
        return next
    }

    // MARK: - The server

    private mutating func serverLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let (next, end) = streams.server.take(bytes, from: start, at: time, into: &sink) { _ in nil }
        lineEnds.server.take(bytes, start..<next, of: streams.server.line)
        guard let end else { return next }
        let response = response(streams.server.line.bytes)
        let utterance = streams.server.utterance(response.kind, end: end, at: time)
        let literal = literalAnnounced(by: .server)
        startLine(of: .server)
        if Sink.wantsText { sink.utterance(utterance) }
        switch response {
        case .more: goOn(isInFetch: isInFetch == true, after: literal)
        case .data(let isFetch): goOn(isInFetch: isFetch, after: literal)
        case .condition: heardCondition(Self.reply(utterance), into: &sink)
        case .goAhead: unfinished?.awaitsLeave = false
        case .challenge(let index): heardChallenge(Self.reply(utterance), to: index)
        case .completion(let index): completed(index, Self.reply(utterance), at: time, into: &sink)
        case .other: break
        }
        return next
    }

    private func response(_ line: [UInt8]) -> Response {
        if isInFetch != nil { return .more }
        if line.first == Byte.plus {
            // Whoever waits for leave to say a literal says nothing else.
            if unfinished?.awaitsLeave == true { return .goAhead }
            return pending.firstIndex { $0.verb == "AUTHENTICATE" }.map { .challenge($0) } ?? .goAhead
        }
        var words = IMAPWords(line)
        guard let tag = words.next(), let word = words.next() else { return .other }
        guard ASCII.equal(tag, "*") else {
            return pending.firstIndex { IMAPWords($0.command).first == tag }.map { .completion($0) } ?? .other
        }
        if IMAPGrammar.isCondition(word) { return .condition }
        return .data(isFetch: words.next().map { ASCII.equal($0, "FETCH") } ?? false)
    }

    /// A response goes on behind the literal, if one is announced.
    private mutating func goOn(isInFetch isFetch: Bool, after literal: IMAPLiteral?) {
        isInFetch = literal == nil ? nil : isFetch
        guard let literal else { return }
        let content = isFetch ? literal.fetched : .text
        modes.server = .literal(Passing(remaining: literal.size, content: content))
    }

    /// The condition word, or `+`, and the text.
    private static func reply(_ line: Utterance) -> Reply {
        var words = IMAPWords(line.bytes)
        var code = "+"
        if line.bytes.first == Byte.plus {
            words = IMAPWords(line.bytes.dropFirst())
        } else {
            _ = words.next()
            code = ASCII.uppercased(words.next() ?? [])
        }
        return Reply(code: code, lines: [Array(words.rest)], at: line.at, offset: line.offset, length: line.length)
    }

    private mutating func heardChallenge(_ reply: Reply, to index: Int) {
        if pending[index].replies.count < IMAPLimits.challenges { pending[index].replies.append(reply) }
        responses = Self.responses(to: pending[index].command)
        if case .none = responses { responses = .one }
        if isResponding, case .line = modes.client { streams.client.makeSecretFromHere() }
    }

    private mutating func heardCondition<Sink: ConversationSink>(_ reply: Reply, into sink: inout Sink) {
        var exchange = Exchange(
            verb: "", command: [], asked: reply.at, offset: streams.client.offset, length: 0, phase: phase.rawValue)
        if reply.code == "BYE" {
            let isGreeting = phase == .greeting
            phase = .logout
            if !isGreeting, pending.contains(where: { $0.verb == "LOGOUT" }) { return }
        } else if phase == .greeting {
            phase = reply.code == "PREAUTH" ? .authenticated : .notAuthenticated
        } else if reply.code == "BAD", let index = pending.firstIndex(where: { $0.verb.isEmpty }) {
            // What is no command has no tag to answer it by (RFC 9051 §7.1.3).
            exchange = pending.remove(at: index)
        } else {
            return
        }
        exchange.replies.append(reply)
        sink.exchange(exchange)
    }

    private mutating func completed<Sink: ConversationSink>(
        _ index: Int, _ reply: Reply, at time: Timestamp, into sink: inout Sink
    ) {
        var exchange = pending.remove(at: index)
        exchange.replies.append(reply)
        sink.exchange(exchange)
        if exchange.verb == "AUTHENTICATE" { responses = .none }
        if let command = unfinished, command.exchange.offset == exchange.offset {
            unfinished?.isCompleted = true
            if command.awaitsLeave {
                // The literal will not come.
                modes.client = .line
                unfinished = nil
                credentials = IMAPCredentials()
            }
        }
        if phase != .logout { phase = IMAPGrammar.phase(after: exchange.verb, reply.code, in: phase) }
        switch (exchange.verb, reply.code) {
        case ("STARTTLS", "OK"):
            becomes(.tls, at: time, into: &sink)
            sink.tlsBegins(at: time)
        case ("COMPRESS", "OK"): becomes(.compressed, at: time, into: &sink)
        default: break
        }
    }

    /// From here on both peers speak otherwise.
    private mutating func becomes<Sink: ConversationSink>(_ mode: Mode, at time: Timestamp, into sink: inout Sink) {
        endLiteral(of: .client, complete: false, at: time, into: &sink)
        // A line that the client has begun is read no further.
        streams.client.makeSecretFromHere()
        modes = PerDirection(mode)
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
        if direction == .server, !isInPlace { isInFetch = nil }
        guard direction == .client else { return }
        unfinished?.awaitsLeave = false
        guard !isInPlace else { return }
        if credentials.isSecret {
            credentials.passedLiteral()
        } else {
            unfinished = nil
            credentials = IMAPCredentials()
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard streams.client.offset > 0 || streams.server.offset > 0 else { return }
        finished(at: time, into: &sink)
        modes = PerDirection(.line)
        credentials = IMAPCredentials()
        unfinished = nil
        responses = .none
        isInFetch = nil
        phase = .notAuthenticated
        crossing = TLSCrossing()
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        for direction in Direction.allCases {
            tellUnfinishedLine(of: direction, at: time, into: &sink)
            endLiteral(of: direction, complete: false, at: time, into: &sink)
        }
        for exchange in pending { sink.exchange(exchange) }
        pending = []
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
