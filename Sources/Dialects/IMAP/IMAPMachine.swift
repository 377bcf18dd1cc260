import Conversation
import Wire

/// IMAP, both peers in one state: commands and their tagged completion, literals, what is secret, where TLS begins.
///
/// A literal is read by its count on both sides; a client's that waits for leave is given up when its command is
/// completed instead.
public struct IMAPMachine: DialectMachine {
    private enum Mode: Sendable, Equatable {
        case line
        /// So many bytes of a literal are to come; `isStarted` once one has.
        case literal(remaining: UInt64, kind: LiteralKind, isStarted: Bool)
        case tls
    }

    private enum LiteralKind: Sendable {
        case text
        case secret
        case message
    }

    private var client = LineStream(.client, limit: IMAPLimits.line)
    private var server = LineStream(.server, limit: IMAPLimits.line)
    private var clientMode = Mode.line
    private var serverMode = Mode.line
    /// The command that goes on after a literal.
    private var unfinished: Exchange?
    /// The arguments of a LOGIN that goes on after a literal.
    private var login: IMAPLogin?
    /// The server said `+` to AUTHENTICATE: the client's next line answers it.
    private var isResponding = false
    /// The response that goes on after a literal.
    private var isInResponse = false
    private var pending: [Exchange] = []
    private var isGreeted = false
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
            switch direction {
            case .client: index = clientSaid(bytes, from: index, at: time, into: &sink)
            case .server: index = serverSaid(bytes, from: index, at: time, into: &sink)
            }
        }
    }

    // MARK: - The client

    private mutating func clientSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        switch clientMode {
        case .tls:
            crossing.pass(bytes, from: start, of: &client, at: time, into: &sink)
            return bytes.count
        case .literal(let remaining, let kind, _):
            let (next, left) = Self.literal(
                bytes, from: start, remaining: remaining, kind: kind, of: &client, at: time, into: &sink)
            clientMode = left == 0 ? .line : .literal(remaining: left, kind: kind, isStarted: true)
            return next
        case .line: return clientLine(bytes, from: start, at: time, into: &sink)
        }
    }

    private mutating func clientLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let (isResponding, login, isFirst) = (isResponding, login, unfinished == nil)
        let (next, end) = client.take(bytes, from: start, at: time, into: &sink) { line in
            // A lone `*` cancels the authentication (RFC 9051 §6.2.2).
            if isResponding { return line.bytes.first == Byte.star ? 1 : 0 }
            if let login { return login.secretStart(in: line.bytes, from: 0) }
            guard isFirst else { return nil }
            guard let arguments = Self.loginArguments(line.bytes) else { return Credentials.secretStart(in: line) }
            return IMAPLogin().secretStart(in: line.bytes, from: arguments)
        }
        guard let end else { return next }
        let content = client.line.bytes
        let utterance = client.utterance(isResponding ? .response : .command, end: end, at: time)
        client.startLine()
        if Sink.wantsText { sink.utterance(utterance) }
        sink.boundary(at: next)
        if isResponding {
            self.isResponding = false
            return next
        }
        let isWhole = utterance.dropped == 0
        heard(utterance, literal: isWhole ? IMAPGrammar.literal(content) : nil, content, at: time, into: &sink)
        return next
    }

    /// Where the arguments of LOGIN begin.
    private static func loginArguments(_ line: [UInt8]) -> Int? {
        let words = ASCII.words(line.prefix(Credentials.wordLength + 8))
        guard words.count >= 2, ASCII.equal(words[1], "LOGIN"), words[1].endIndex < line.count else { return nil }
        return words[1].endIndex
    }

    private mutating func heard<Sink: ConversationSink>(
        _ line: Utterance, literal: IMAPGrammar.Literal?, _ content: [UInt8], at time: Timestamp, into sink: inout Sink
    ) {
        var exchange =
            unfinished
            ?? Exchange(
                verb: Self.verb(line.bytes), command: line.bytes, asked: time, offset: line.offset, length: line.length,
                phase: phase.rawValue)
        if unfinished != nil {
            exchange.asked = time
            exchange.length = Int(clamping: line.offset - exchange.offset) + line.length
        }
        if let literal {
            var kind = exchange.verb == "APPEND" ? LiteralKind.message : .text
            if exchange.verb == "LOGIN" || exchange.verb == "AUTHENTICATE" {
                kind = .secret
                var login = self.login ?? IMAPLogin()
                login.passed(content, from: self.login == nil ? Self.loginArguments(content) ?? content.count : 0)
                login.passedLiteral()
                self.login = login
            }
            // It waits among the others: the server may refuse it before the literal comes.
            if unfinished == nil { append(exchange, into: &sink) }
            unfinished = exchange
            clientMode = .literal(remaining: literal.size, kind: kind, isStarted: !literal.waits)
            begin(literal, kind, .client, offset: client.offset, at: time, into: &sink)
            if literal.size == 0 { clientMode = .line }
            return
        }
        login = nil
        if unfinished != nil {
            unfinished = nil
            if let index = pending.lastIndex(where: { $0.offset == exchange.offset }) { pending[index] = exchange }
        } else if ASCII.equal(line.bytes, "DONE") {
            // It ends IDLE (RFC 9051 §6.3.13), which is answered now.
            if let index = pending.lastIndex(where: { $0.verb == "IDLE" }) { pending[index].asked = time }
        } else {
            append(exchange, into: &sink)
        }
    }

    private mutating func append<Sink: ConversationSink>(_ exchange: Exchange, into sink: inout Sink) {
        if pending.count < IMAPLimits.pending { pending.append(exchange) } else { sink.exchange(exchange) }
    }

    private static func verb(_ line: [UInt8]) -> String {
        let words = ASCII.words(line[...])
        guard words.count >= 2, words[1].count <= 16, words[1].allSatisfy(\.isLetter) else { return "" }
        let verb = ASCII.uppercased(words[1])
        return verb == "UID" && words.count > 2 ? "UID " + ASCII.uppercased(words[2].prefix(16)) : verb
    }

    // MARK: - Literals

    private func begin<Sink: ConversationSink>(
        _ literal: IMAPGrammar.Literal, _ kind: LiteralKind, _ direction: Direction, offset: UInt64,
        at time: Timestamp, into sink: inout Sink
    ) {
        guard case .message = kind else { return }
        sink.messageBegan(MessageStart(direction: direction, offset: offset, at: time, dotStuffed: false))
        if literal.size == 0 { sink.messageEnded(direction, complete: true, at: time) }
    }

    private static func literal<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, remaining: UInt64, kind: LiteralKind, of stream: inout LineStream,
        at time: Timestamp, into sink: inout Sink
    ) -> (next: Int, left: UInt64) {
        let stop = start + Int(clamping: min(remaining, UInt64(bytes.count - start)))
        let left = remaining - UInt64(stop - start)
        let direction = stream.direction
        if case .message = kind {
            sink.messageBytes(bytes.extracting(start..<stop), from: direction, offset: stream.offset, at: time)
            stream.skip(stop - start)
            if left == 0 { sink.messageEnded(direction, complete: true, at: time) }
            return (stop, left)
        }
        let isSecret = if case .secret = kind { true } else { false }
        let part = bytes.extracting(0..<stop)
        var index = start
        while index < stop {
            let (next, end) = stream.take(part, from: index, at: time, into: &sink) { _ in isSecret ? 0 : nil }
            index = next
            guard let end else { break }
            if Sink.wantsText { sink.utterance(stream.utterance(.line, end: end, at: time)) }
            stream.startLine()
        }
        if left == 0 { stream.tellUnfinished(.line, at: time, into: &sink) }
        return (stop, left)
    }

    // MARK: - The server

    private mutating func serverSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        switch serverMode {
        case .tls:
            crossing.pass(bytes, from: start, of: &server, at: time, into: &sink)
            return bytes.count
        case .literal(let remaining, let kind, _):
            let (next, left) = Self.literal(
                bytes, from: start, remaining: remaining, kind: kind, of: &server, at: time, into: &sink)
            serverMode = left == 0 ? .line : .literal(remaining: left, kind: kind, isStarted: true)
            return next
        case .line: break
        }
        let (next, end) = server.take(bytes, from: start, at: time, into: &sink) { _ in nil }
        guard let end else { return next }
        let line = server.line.bytes
        let utterance = server.utterance(line.first == Byte.plus ? .challenge : .reply, end: end, at: time)
        server.startLine()
        if Sink.wantsText { sink.utterance(utterance) }
        let continues = isInResponse
        isInResponse = false
        if utterance.dropped == 0, let literal = IMAPGrammar.literal(line) {
            let kind = IMAPGrammar.announcesMessage(line) ? LiteralKind.message : .text
            isInResponse = true
            if literal.size > 0 { serverMode = .literal(remaining: literal.size, kind: kind, isStarted: true) }
            begin(literal, kind, .server, offset: server.offset, at: time, into: &sink)
        }
        if !continues { heard(line, utterance, at: time, into: &sink) }
        return next
    }

    private mutating func heard<Sink: ConversationSink>(
        _ line: [UInt8], _ utterance: Utterance, at time: Timestamp, into sink: inout Sink
    ) {
        let words = line.split(separator: Byte.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard let tag = words.first else { return }
        if ASCII.equal(tag, "+") {
            guard let index = pending.firstIndex(where: { $0.verb == "AUTHENTICATE" }) else { return }
            if pending[index].replies.count < IMAPLimits.challenges {
                pending[index].replies.append(Self.reply("+", words.dropFirst(), utterance))
            }
            isResponding = true
            client.makeSecretFromHere()
            return
        }
        guard words.count >= 2 else { return }
        let reply = Self.reply(ASCII.uppercased(words[1]), words.dropFirst(2), utterance)
        if ASCII.equal(tag, "*") {
            guard !isGreeted else { return }
            isGreeted = true
            phase = reply.code == "PREAUTH" ? .authenticated : .notAuthenticated
            sink.exchange(
                Exchange(
                    verb: "", command: [], asked: reply.at, offset: 0, length: 0, phase: IMAPPhase.greeting.rawValue,
                    replies: [reply]))
            return
        }
        guard let index = pending.firstIndex(where: { $0.command.prefix { $0 != Byte.space }.elementsEqual(tag) })
        else { return }
        var exchange = pending.remove(at: index)
        exchange.replies.append(reply)
        sink.exchange(exchange)
        completed(exchange, isOK: reply.code == "OK", at: time, into: &sink)
    }

    private mutating func completed<Sink: ConversationSink>(
        _ exchange: Exchange, isOK: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        if exchange.verb == "AUTHENTICATE" { isResponding = false }
        if unfinished?.offset == exchange.offset {
            // Completed before its literal came, which will not come now.
            if case .literal(_, let kind, false) = clientMode {
                clientMode = .line
                if case .message = kind { sink.messageEnded(.client, complete: false, at: time) }
            }
            unfinished = nil
            login = nil
        }
        guard isOK else { return }
        phase = IMAPGrammar.phase(after: exchange.verb, in: phase)
        guard exchange.verb == "STARTTLS" else { return }
        clientMode = .tls
        serverMode = .tls
        sink.tlsBegins(at: time)
    }

    private static func reply(_ code: String, _ rest: ArraySlice<ArraySlice<UInt8>>, _ line: Utterance) -> Reply {
        Reply(
            code: code, lines: [Array(rest.joined(separator: [Byte.space]))], at: line.at, offset: line.offset,
            length: line.length)
    }

    // MARK: - Gaps, TLS and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        let mode = direction == .client ? clientMode : serverMode
        var left = mode
        if case .literal(let remaining, let kind, _) = mode {
            left = count < remaining ? .literal(remaining: remaining - count, kind: kind, isStarted: true) : .line
            if case (.line, .message) = (left, kind) { sink.messageEnded(direction, complete: false, at: time) }
        }
        switch direction {
        case .client:
            client.tellUnfinished(isResponding ? .response : .command, at: time, into: &sink)
            client.miss(count)
            clientMode = left
        case .server:
            server.tellUnfinished(.reply, at: time, into: &sink)
            server.miss(count)
            serverMode = left
            if case .line = left { isInResponse = false }
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard isGreeted || client.offset > 0 else { return }
        finished(at: time, into: &sink)
        clientMode = .line
        serverMode = .line
        unfinished = nil
        login = nil
        isResponding = false
        isInResponse = false
        phase = .notAuthenticated
        crossing = TLSCrossing()
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        for (mode, direction) in [(clientMode, Direction.client), (serverMode, .server)] {
            if case .literal(_, .message, _) = mode { sink.messageEnded(direction, complete: false, at: time) }
        }
        client.tellUnfinished(isResponding ? .response : .command, at: time, into: &sink)
        server.tellUnfinished(.reply, at: time, into: &sink)
        for exchange in pending { sink.exchange(exchange) }
        pending = []
    }
}
