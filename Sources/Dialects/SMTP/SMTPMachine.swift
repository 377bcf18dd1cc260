import Conversation
import Wire

/// SMTP and LMTP, both peers in one state.
///
/// How the client's bytes are to be read hangs on what the server said: after DATA and 354 they are a message up to
/// the line with a dot, after 334 a step of authentication, after BDAT so many bytes, else lines. How the server's
/// replies are to be read hangs on the commands that wait for one, in their order. A client that does not wait is read
/// as if it had been told to go on, until a refusal says otherwise.
public struct SMTPMachine: DialectMachine {
    public enum Variant: Sendable {
        case smtp
        case lmtp
    }

    private enum ClientMode: Sendable {
        case command
        /// AUTH was said, or 334 heard: lines are steps of the authentication.
        case response
        /// DATA was said and not answered yet.
        case awaitingGo
        /// `early`: before any 354.
        case data(early: Bool)
        case chunk(remaining: UInt64, last: Bool)
        case tls
    }

    private enum Tag: Sendable {
        case greeting
        case command
        case authentication
        case data
        /// `message` tells which message it belongs to, see `messageNumber`.
        case chunk(last: Bool, message: Int)
        /// The line with the dot.
        case message
        case startTLS
    }

    private let variant: Variant
    private var client = LineStream(.client, limit: SMTPLimits.line)
    private var server = LineStream(.server, limit: SMTPLimits.line)
    private var mode = ClientMode.command
    private var body = DottedBody()
    private var messageOpen = false
    /// Counts the messages that began: the reply to a chunk may come when the next message is on its way.
    private var messageNumber = 0
    private var pending = PendingExchanges<Tag>(limit: SMTPLimits.pending)
    private var partial: Reply?
    private var envelope = Envelope()
    private var acceptedRecipients = 0
    /// What the replies have confirmed.
    public private(set) var phase = SMTPPhase.greeting
    /// The same, if all that waits for a reply succeeds: the phase in which the client believes itself.
    private var expectedPhase = SMTPPhase.hello
    private var isGreeted = false
    private var crossing = TLSCrossing()
    /// The reply to the message came before its end.
    private var answeredEarly = false
    /// The server refused a chunk that was still on its way; it reads the rest of it and forgets the message.
    private var chunkRefused = false

    public init(variant: Variant) {
        self.variant = variant
    }

    public var phaseName: String { phase.rawValue }
    public var awaitedVerb: String? { pending.first?.exchange.verb }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard bytes.count > 0 else { return }
        expectGreeting(at: time)
        switch direction {
        case .client: clientSaid(bytes, at: time, into: &sink)
        case .server: serverSaid(bytes, at: time, into: &sink)
        }
    }

    private mutating func expectGreeting(at time: Timestamp) {
        guard !isGreeted else { return }
        isGreeted = true
        let greeting = Exchange(
            verb: "", command: [], asked: time, offset: 0, length: 0, phase: SMTPPhase.greeting.rawValue)
        _ = pending.append(greeting, .greeting)
    }

    // MARK: - The client

    private mutating func clientSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            switch mode {
            case .tls:
                return crossing.pass(bytes, from: index, of: &client, at: time, into: &sink)
            case .command, .response:
                index = clientLine(bytes, from: index, at: time, into: &sink)
                if case .chunk = mode { sink.boundary(at: index) }
            case .awaitingGo:
                beginMessage(at: time, dotStuffed: true, into: &sink)
                mode = .data(early: true)
            case .data:
                index = clientData(bytes, from: index, at: time, into: &sink)
                sink.boundary(at: index)
            case .chunk(let remaining, let last):
                let part = Int(clamping: min(remaining, UInt64(bytes.count - index)))
                sink.messageBytes(
                    bytes.extracting(index..<(index + part)), from: .client, offset: client.offset, at: time)
                client.skip(part)
                index += part
                mode = .chunk(remaining: remaining - UInt64(part), last: last)
                if remaining == UInt64(part) { chunkEnded(last: last, at: time, into: &sink) }
                sink.boundary(at: index)
            }
        }
    }

    private mutating func clientLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let isResponse = if case .response = mode { true } else { false }
        let (next, end) = client.take(bytes, from: start, at: time, into: &sink) { line in
            // A lone `*` cancels the authentication (RFC 4954 §4) and is worth seeing; it is not base64.
            isResponse ? (line.bytes.first == Byte.star ? 1 : 0) : Credentials.secretStart(in: line)
        }
        guard let end else { return next }
        let utterance = client.utterance(isResponse ? .response : .command, end: end, at: time)
        client.startLine()
        if Sink.wantsText { sink.utterance(utterance) }
        if !isResponse { heard(utterance, at: time, into: &sink) }
        return next
    }

    private mutating func heard<Sink: ConversationSink>(
        _ command: Utterance, at time: Timestamp, into sink: inout Sink
    ) {
        let verb = SMTPGrammar.verb(command.bytes)
        var tag = Tag.command
        switch verb {
        case "AUTH":
            tag = .authentication
            let words = ASCII.words(command.bytes[...])
            let isWhole = words.count >= 3 && SMTPGrammar.isOneRound(words[1])
            mode = isWhole ? .command : .response
        case "DATA":
            tag = .data
            mode = .awaitingGo
        case "BDAT":
            if let chunk = SMTPGrammar.chunk(command.bytes) {
                if !messageOpen { beginMessage(at: time, dotStuffed: false, into: &sink) }
                tag = .chunk(last: chunk.last, message: messageNumber)
                mode = .chunk(remaining: chunk.size, last: chunk.last)
            }
        case "STARTTLS":
            tag = .startTLS
        case "RSET", "EHLO", "HELO", "LHLO":
            // Given up between two of its chunks (RFC 3030 §2).
            closeMessage(complete: false, at: time, into: &sink)
        default: break
        }
        expect(
            Exchange(
                verb: verb, command: command.bytes, asked: time, offset: command.offset, length: command.length,
                phase: expectedPhase.rawValue), tag, into: &sink)
        if case .chunk(let last, _) = tag {
            if case .chunk(0, _) = mode { chunkEnded(last: last, at: time, into: &sink) }
        } else {
            expectedPhase = SMTPGrammar.expected(after: verb, in: expectedPhase)
        }
    }

    private mutating func expect<Sink: ConversationSink>(_ exchange: Exchange, _ tag: Tag, into sink: inout Sink) {
        if !pending.append(exchange, tag) { sink.exchange(exchange) }
    }

    private mutating func beginMessage<Sink: ConversationSink>(
        at time: Timestamp, dotStuffed: Bool, into sink: inout Sink
    ) {
        // What was begun in chunks and goes on with DATA is not the same message (RFC 3030 §2).
        closeMessage(complete: false, at: time, into: &sink)
        body = DottedBody()
        messageOpen = true
        messageNumber += 1
        answeredEarly = false
        chunkRefused = false
        sink.messageBegan(
            MessageStart(
                direction: .client, offset: client.offset, at: time, dotStuffed: dotStuffed, envelope: envelope))
    }

    private mutating func closeMessage<Sink: ConversationSink>(
        complete: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        guard messageOpen else { return }
        messageOpen = false
        sink.messageEnded(.client, complete: complete, at: time)
    }

    private mutating func clientData<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let end = body.take(bytes, from: start, offset: client.offset, from: .client, at: time, into: &sink)
        client.skip((end ?? bytes.count) - start)
        if end != nil { dataEnded(terminator: 3, at: time, into: &sink) }
        return end ?? bytes.count
    }

    /// The line with the dot has passed; `terminator` bytes of it.
    private mutating func dataEnded<Sink: ConversationSink>(
        terminator: Int, at time: Timestamp, into sink: inout Sink
    ) {
        let offset = client.offset - UInt64(terminator)
        closeMessage(complete: true, at: time, into: &sink)
        mode = .command
        if Sink.wantsText {
            sink.utterance(
                Utterance(
                    direction: .client, kind: .end, at: time, until: time, offset: offset, length: terminator,
                    bytes: [Byte.dot], end: terminator == 3 ? .crlf : .lf))
        }
        expectedPhase = .ready
        guard !answeredEarly else { return }
        // LMTP answers once for each recipient (RFC 2033 §4.2).
        for _ in 0..<(variant == .lmtp ? max(1, acceptedRecipients) : 1) {
            expect(
                Exchange(
                    verb: ".", command: [Byte.dot], asked: time, offset: offset, length: terminator,
                    phase: SMTPPhase.data.rawValue), .message, into: &sink)
        }
    }

    private mutating func chunkEnded<Sink: ConversationSink>(last: Bool, at time: Timestamp, into sink: inout Sink) {
        mode = .command
        if chunkRefused { closeMessage(complete: false, at: time, into: &sink) }
        guard last else { return }
        closeMessage(complete: true, at: time, into: &sink)
        expectedPhase = .ready
        if variant == .lmtp, acceptedRecipients > 1 {
            for _ in 1..<acceptedRecipients {
                expect(
                    Exchange(
                        verb: "BDAT", command: [], asked: time, offset: client.offset, length: 0,
                        phase: SMTPPhase.recipient.rawValue), .message, into: &sink)
            }
        }
    }

    // MARK: - The server

    private mutating func serverSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            if case .tls = mode { return crossing.pass(bytes, from: index, of: &server, at: time, into: &sink) }
            let (next, end) = server.take(bytes, from: index, at: time, into: &sink) { _ in nil }
            index = next
            guard let end else { return }
            let parsed = SMTPGrammar.reply(server.line.bytes)
            let kind: Utterance.Kind = parsed == nil ? .line : parsed?.code == "334" ? .challenge : .reply
            let utterance = server.utterance(kind, end: end, at: time)
            server.startLine()
            if Sink.wantsText { sink.utterance(utterance) }
            guard let parsed else { continue }
            var reply =
                partial ?? Reply(code: parsed.code, lines: [], at: utterance.at, offset: utterance.offset, length: 0)
            reply.code = parsed.code
            reply.length += utterance.length
            if reply.lines.count < SMTPLimits.replyLines { reply.lines.append(Array(parsed.text)) }
            partial = parsed.more ? reply : nil
            if !parsed.more { heard(reply, at: time, into: &sink) }
        }
    }

    private mutating func heard<Sink: ConversationSink>(_ reply: Reply, at time: Timestamp, into sink: inout Sink) {
        if pending.isEmpty, case .data = mode {
            repliedToUnfinishedMessage(at: time, into: &sink)
        }
        guard let waiting = pending.first else {
            var exchange = Exchange(
                verb: "", command: [], asked: reply.at, offset: client.offset, length: 0, phase: phase.rawValue)
            exchange.replies = [reply]
            sink.exchange(exchange)
            return
        }
        if case .authentication = waiting.tag, reply.code == "334" {
            if waiting.exchange.replies.count < SMTPLimits.challenges { pending.addReply(reply) }
            mode = .response
            client.makeSecretFromHere()
            return
        }
        pending.addReply(reply)
        guard let entry = pending.removeFirst() else { return }
        sink.exchange(entry.exchange)
        answered(entry, with: reply, at: time, into: &sink)
        if pending.isEmpty {
            expectedPhase = phase
        } else if !reply.isPositive {
            expectedPhase = pending.all.reduce(phase) { SMTPGrammar.expected(after: $1.exchange.verb, in: $0) }
        }
    }

    /// The server speaks in the middle of a message, and nothing else waits for it.
    private mutating func repliedToUnfinishedMessage<Sink: ConversationSink>(
        at time: Timestamp, into sink: inout Sink
    ) {
        if body.endsLeniently {
            // It took less than CRLF `.` CRLF for the end, so the message is over for both.
            dataEnded(terminator: body.heldCount, at: time, into: &sink)
            return
        }
        answeredEarly = true
        expect(
            Exchange(
                verb: ".", command: [], asked: time, offset: client.offset, length: 0,
                phase: SMTPPhase.data.rawValue), .message, into: &sink)
    }

    private mutating func answered<Sink: ConversationSink>(
        _ entry: PendingExchanges<Tag>.Entry, with reply: Reply, at time: Timestamp, into sink: inout Sink
    ) {
        let verb = entry.exchange.verb
        switch entry.tag {
        case .greeting:
            if phase == .greeting { phase = .hello }
        case .command:
            guard reply.isPositive else { return }
            switch verb {
            case "MAIL":
                envelope = Envelope(sender: SMTPGrammar.path(entry.exchange.command))
                acceptedRecipients = 0
            case "RCPT":
                acceptedRecipients += 1
                if envelope.recipients.count < SMTPLimits.recipients,
                    let path = SMTPGrammar.path(entry.exchange.command)
                {
                    envelope.recipients.append(path)
                }
            case "RSET", "EHLO", "HELO", "LHLO":
                envelope = Envelope()
                acceptedRecipients = 0
            default: break
            }
            phase = SMTPGrammar.phase(after: verb, in: phase)
        case .authentication:
            if case .response = mode { mode = .command }
        case .data:
            answeredData(goOn: reply.code.first == "3", at: time, into: &sink)
        case .chunk(let last, let message):
            if last || !reply.isPositive { phase = .ready }
            guard !reply.isPositive, message == messageNumber else { return }
            if case .chunk = mode {
                guard reply.code == "500" || reply.code == "501" else {
                    chunkRefused = true
                    return
                }
                mode = .command
            }
            closeMessage(complete: false, at: time, into: &sink)
        case .message:
            phase = .ready
        case .startTLS:
            guard reply.code == "220" else { return }
            phase = .tls
            mode = .tls
            sink.tlsBegins(at: time)
        }
    }

    private mutating func answeredData<Sink: ConversationSink>(
        goOn: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        switch (mode, goOn) {
        case (.awaitingGo, true):
            beginMessage(at: time, dotStuffed: true, into: &sink)
            mode = .data(early: false)
            phase = .data
        case (.data, true):
            mode = .data(early: false)
            phase = .data
        case (.awaitingGo, false):
            mode = .command
        case (.data, false):
            body.giveUp(offset: client.offset, from: .client, at: time, into: &sink)
            closeMessage(complete: false, at: time, into: &sink)
            mode = .command
        default: break
        }
    }

    // MARK: - Gaps and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch direction {
        case .client:
            tellUnfinishedLine(of: .client, at: time, into: &sink)
            if case .chunk(let remaining, let last) = mode {
                mode = .chunk(remaining: remaining > count ? remaining - count : 0, last: last)
                if remaining <= count { chunkEnded(last: last, at: time, into: &sink) }
            }
            if case .data = mode { body.lost(offset: client.offset, from: .client, at: time, into: &sink) }
            client.miss(count)
        case .server:
            tellUnfinishedLine(of: .server, at: time, into: &sink)
            partial = nil
            server.miss(count)
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard isGreeted else { return }
        finished(at: time, into: &sink)
        mode = .command
        partial = nil
        envelope = Envelope()
        acceptedRecipients = 0
        phase = .hello
        expectedPhase = .hello
        crossing = TLSCrossing()
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        tellUnfinishedLine(of: .client, at: time, into: &sink)
        tellUnfinishedLine(of: .server, at: time, into: &sink)
        if messageOpen {
            body.giveUp(offset: client.offset, from: .client, at: time, into: &sink)
            closeMessage(complete: false, at: time, into: &sink)
        }
        while let entry = pending.removeFirst() {
            if case .greeting = entry.tag { continue }
            sink.exchange(entry.exchange)
        }
    }

    private mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch direction {
        case .client:
            let isResponse = if case .response = mode { true } else { false }
            client.tellUnfinished(isResponse ? .response : .command, at: time, into: &sink)
        case .server: server.tellUnfinished(.reply, at: time, into: &sink)
        }
    }
}

extension Reply {
    /// 2yz or 3yz (RFC 5321 §4.2.1).
    var isPositive: Bool { code.first == "2" || code.first == "3" || code == "+OK" }
}

extension SMTPGrammar {
    /// The phase that a client may count on after saying `verb` in `phase`, before any reply.
    static func expected(after verb: String, in phase: SMTPPhase) -> SMTPPhase {
        verb == "." ? .ready : SMTPCommand.phase(after: verb, in: phase)
    }

    static func phase(after verb: String, in phase: SMTPPhase) -> SMTPPhase {
        SMTPCommand.phase(after: verb, in: phase)
    }
}
