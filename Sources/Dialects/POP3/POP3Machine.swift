import Conversation
import Wire

/// POP3, both peers in one state.
///
/// The client speaks in lines throughout. Whether a positive reply has a body hangs on the command it answers; the
/// body goes on to the line with a dot. A server that ends a body with less is believed once the client goes on.
public struct POP3Machine: DialectMachine {
    private enum ServerMode: Sendable {
        case status
        /// In a body; `isMessage` for RETR and TOP.
        case body(isMessage: Bool)
        case tls

        var isTLS: Bool { if case .tls = self { true } else { false } }
    }

    private struct Tag: Sendable {
        enum Kind: Sendable {
            case greeting
            case command
            case authentication
            case startTLS
        }

        var kind: Kind
        var body: POP3Command.Body
        var hasArgument: Bool
    }

    private var client = LineStream(.client, limit: POP3Limits.line)
    private var server = LineStream(.server, limit: POP3Limits.line)
    private var serverMode = ServerMode.status
    private var clientInAuthentication = false
    /// The next line of the client's may be a step of its authentication, and no command.
    private var clientMayRespond = false
    private var body = DottedBody()
    /// The exchange whose body passes.
    private var answering: Exchange?
    private var pending = PendingExchanges<Tag>(limit: POP3Limits.pending)
    private var isGreeted = false
    private var crossing = TLSCrossing()
    public private(set) var phase = POP3Phase.greeting

    public init() {}

    public var phaseName: String { phase.rawValue }
    public var awaitedVerb: String? { answering?.verb ?? pending.firstVerb }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard bytes.count > 0 else { return }
        if !isGreeted {
            isGreeted = true
            let greeting = Exchange(
                verb: "", command: [], asked: time, offset: 0, length: 0, phase: POP3Phase.greeting.rawValue)
            _ = pending.append(greeting, Tag(kind: .greeting, body: .never, hasArgument: false))
        }
        switch direction {
        case .client where serverMode.isTLS: crossing.pass(bytes, from: 0, of: &client, at: time, into: &sink)
        case .client: clientSaid(bytes, at: time, into: &sink)
        case .server: serverSaid(bytes, at: time, into: &sink)
        }
    }

    // MARK: - The client

    private mutating func clientSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            let isResponse = clientInAuthentication
            let mayRespond = clientMayRespond
            let (next, end) = client.take(bytes, from: index, at: time, into: &sink) { line in
                if isResponse { return line.bytes.first == Byte.star ? 1 : 0 }
                let rest = mayRespond ? Credentials.noCommand(line.bytes, verbs: POP3Grammar.verbs) : nil
                return rest ?? Credentials.secretStart(in: line)
            }
            index = next
            guard let end else { return }
            let goesOn = mayRespond && client.isSecretWord
            clientMayRespond = isResponse || goesOn
            if Sink.wantsText {
                sink.utterance(client.utterance(isResponse ? .response : .command, end: end, at: time))
            }
            if !isResponse { heard(goesOn ? [] : client.spoken, at: time, into: &sink) }
            client.startLine()
            sink.boundary(at: index)
        }
    }

    private mutating func heard<Sink: ConversationSink>(
        _ command: [UInt8], at time: Timestamp, into sink: inout Sink
    ) {
        if case .body(let isMessage) = serverMode, body.endsLeniently {
            bodyEnded(terminator: body.heldCount, isMessage: isMessage, at: time, into: &sink)
        }
        let words = ASCII.words(command[...])
        let verb = SMTPGrammar.verb(command)
        var kind = Tag.Kind.command
        if verb == "AUTH", words.count >= 2 {
            kind = .authentication
            let isWhole = words.count >= 3 && SMTPGrammar.isOneRound(words[1])
            clientInAuthentication = !isWhole
            clientMayRespond = isWhole
        } else if verb == "STLS" {
            kind = .startTLS
        }
        let exchange = Exchange(
            verb: verb, command: Sink.wantsText ? command : [], asked: time, offset: client.lineOffset,
            length: client.line.length, phase: phase.rawValue)
        let row = POP3Command.named(verb)
        let tag = Tag(kind: kind, body: row?.body ?? .never, hasArgument: words.count > 1)
        if !pending.append(exchange, tag) { sink.exchange(exchange) }
    }

    // MARK: - The server

    private mutating func serverSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            switch serverMode {
            case .tls:
                return crossing.pass(bytes, from: index, of: &server, at: time, into: &sink)
            case .status:
                index = serverLine(bytes, from: index, at: time, into: &sink)
            case .body(let isMessage):
                index = serverBody(bytes, from: index, isMessage: isMessage, at: time, into: &sink)
            }
            if case .status = serverMode { sink.boundary(at: index) }
        }
    }

    private mutating func serverLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let (next, end) = server.take(bytes, from: start, at: time, into: &sink) { _ in nil }
        if let end { statusEnded(end, at: time, into: &sink) }
        return next
    }

    /// The line that the server finished stands where a status is due.
    private mutating func statusEnded<Sink: ConversationSink>(
        _ end: LineEnd, at time: Timestamp, into sink: inout Sink
    ) {
        let status = POP3Grammar.status(server.line.bytes)
        let kind: Utterance.Kind = status == nil ? .line : status?.code == "+" ? .challenge : .reply
        if Sink.wantsText { sink.utterance(server.utterance(kind, end: end, at: time)) }
        let reply = status.map {
            Reply(
                code: $0.code, lines: Sink.wantsText ? [Array($0.text)] : [], at: server.lineAt,
                offset: server.lineOffset, length: server.line.length)
        }
        server.startLine()
        if let reply { heard(reply, at: time, into: &sink) }
    }

    /// The line is a status where a listing goes on and more commands wait: no listing has such lines, and the server
    /// forgot to end it (RFC 1939 §3).
    private var endsWithoutDot: Bool {
        guard !pending.isEmpty, let code = POP3Grammar.status(server.line.bytes)?.code else { return false }
        return code != "+"
    }

    private mutating func heard<Sink: ConversationSink>(_ reply: Reply, at time: Timestamp, into sink: inout Sink) {
        guard let waiting = pending.firstTag else {
            sink.exchange(Exchange(unasked: reply, offset: client.offset, phase: phase.rawValue))
            return
        }
        if case .authentication = waiting.kind, reply.code == "+" {
            if pending.firstReplies < POP3Limits.challenges { pending.addReply(reply) }
            clientInAuthentication = true
            client.makeSecretFromHere()
            return
        }
        pending.addReply(reply)
        guard let entry = pending.removeFirst() else { return }
        if case .authentication = entry.tag.kind {
            // A server that says +OK where `+` is due makes some clients believe that they are to go on.
            clientMayRespond = clientInAuthentication && entry.exchange.replies.count == 1 && reply.code == "+OK"
            clientInAuthentication = false
        }
        let isPositive = reply.code == "+OK"
        if case .greeting = entry.tag.kind {
            phase = .authorization
        } else if isPositive, let next = POP3Command.named(entry.exchange.verb)?.next {
            // AUTH without a mechanism lists them and authenticates nobody.
            if entry.exchange.verb != "AUTH" || entry.tag.hasArgument { phase = next }
        }
        let isMessage = if case .message = entry.tag.body { true } else { false }
        let hasBody =
            switch entry.tag.body {
            case .never: false
            case .always, .message: true
            case .withoutArgument: !entry.tag.hasArgument
            }
        if isPositive, hasBody {
            answering = entry.exchange
            serverMode = .body(isMessage: isMessage)
            body = DottedBody()
            if isMessage {
                sink.messageBegan(
                    MessageStart(
                        direction: .server, offset: server.offset, at: time, dotStuffed: true,
                        partial: entry.exchange.verb == "TOP"))
            }
            return
        }
        sink.exchange(entry.exchange)
        if case .startTLS = entry.tag.kind, isPositive {
            serverMode = .tls
            sink.tlsBegins(at: time)
        }
    }

    private mutating func serverBody<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, isMessage: Bool, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        if isMessage {
            let end = body.take(bytes, from: start, offset: server.offset, from: .server, at: time, into: &sink)
            server.skip((end ?? bytes.count) - start)
            if end != nil { bodyEnded(terminator: 3, isMessage: true, at: time, into: &sink) }
            return end ?? bytes.count
        }
        let (next, end) = server.take(bytes, from: start, at: time, into: &sink) { _ in nil }
        guard let end else { return next }
        if endsWithoutDot {
            // The line is a status line: the listing is over, whether its end was said or not.
            finishAnswer(into: &sink)
            statusEnded(end, at: time, into: &sink)
            return next
        }
        let isEnd = server.line.bytes == [Byte.dot]
        if Sink.wantsText { sink.utterance(server.utterance(isEnd ? .end : .reply, end: end, at: time)) }
        if isEnd {
            finishAnswer(into: &sink)
        } else if Sink.wantsText, let last = answering?.replies.indices.last,
            let count = answering?.replies[last].lines.count, count < POP3Limits.replyLines
        {
            answering?.replies[last].lines.append(server.spoken)
            answering?.replies[last].length += server.line.length
        }
        server.startLine()
        return next
    }

    private mutating func bodyEnded<Sink: ConversationSink>(
        terminator: Int, isMessage: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        if isMessage { sink.messageEnded(.server, complete: true, at: time) }
        if Sink.wantsText {
            sink.utterance(
                Utterance(
                    direction: .server, kind: .end, at: time, until: time,
                    offset: server.offset - UInt64(terminator), length: terminator, bytes: [Byte.dot],
                    end: terminator == 3 ? .crlf : .lf))
        }
        finishAnswer(into: &sink)
    }

    private mutating func finishAnswer<Sink: ConversationSink>(into sink: inout Sink) {
        serverMode = .status
        if let answering { sink.exchange(answering) }
        answering = nil
    }

    // MARK: - Gaps and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        tellUnfinishedLine(of: direction, at: time, into: &sink)
        if direction == .client {
            client.miss(count)
        } else {
            if case .body(true) = serverMode {
                body.lost(offset: server.offset, from: .server, at: time, into: &sink)
            }
            server.miss(count)
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard isGreeted else { return }
        finished(at: time, into: &sink)
        serverMode = .status
        clientInAuthentication = false
        phase = .authorization
        crossing = TLSCrossing()
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        tellUnfinishedLine(of: .client, at: time, into: &sink)
        tellUnfinishedLine(of: .server, at: time, into: &sink)
        if case .body(true) = serverMode {
            body.giveUp(offset: server.offset, from: .server, at: time, into: &sink)
            sink.messageEnded(.server, complete: false, at: time)
        }
        if answering != nil { finishAnswer(into: &sink) }
        while let entry = pending.removeFirst() {
            if case .greeting = entry.tag.kind { continue }
            sink.exchange(entry.exchange)
        }
    }

    private mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch direction {
        case .client: client.tellUnfinished(clientInAuthentication ? .response : .command, at: time, into: &sink)
        case .server: server.tellUnfinished(.reply, at: time, into: &sink)
        }
    }
}
