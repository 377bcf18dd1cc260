import Conversation
import Wire

/// What the client says: commands in pieces, steps of an authentication.
extension IMAPMachine {
    /// The next line is a step of an authentication. The pieces of a command that was begun come first.
    var isResponding: Bool {
        if case .none = responses { false } else { unfinished == nil }
    }

    var clientKind: Utterance.Kind {
        isResponding ? .response : unfinished == nil && !credentials.isBehindGap ? .command : .line
    }

    mutating func clientLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let isResponse = isResponding
        var (credentials, stretch) = (credentials, Range<Int>?.none)
        let (next, end) = streams.client.take(bytes, from: start, at: time, into: &sink) { line in
            // A lone `*` cancels the authentication (RFC 9051 §6.2.2).
            if isResponse { return line.bytes.first == Byte.star ? 1 : 0 }
            let secret = credentials.secretStart(in: line)
            stretch = credentials.stretch
            return secret
        } stretch: {
            stretch
        }
        self.credentials = credentials
        lineEnds.client.take(bytes, start..<next, of: streams.client.line)
        guard let end else { return next }
        let line = Line(
            bytes: streams.client.spoken, offset: streams.client.lineOffset, length: streams.client.line.length)
        let literal = isResponse || streams.client.endsInSecret ? nil : literalAnnounced(by: .client)
        if Sink.wantsText {
            var utterance = streams.client.utterance(clientKind, end: end, at: time)
            let verb = isResponse ? "" : unfinished?.exchange.verb ?? IMAPGrammar.verb(line.bytes)
            if IMAPCommand.named(verb)?.namesMailboxes == true { utterance.decoded = decodedNames(line.bytes) }
            startLine(of: .client)
            sink.utterance(utterance)
        } else {
            startLine(of: .client)
        }
        sink.boundary(at: next)
        if isResponse {
            self.credentials = IMAPCredentials()
            if case .one = responses { responses = .none }
        } else {
            heard(line, literal, at: time, into: &sink)
        }
        return next
    }

    /// The line that ended, its secret masked.
    struct Line {
        var bytes: [UInt8]
        var offset: UInt64
        var length: Int
    }

    /// A command, or a piece of one, behind which a literal comes or not.
    private mutating func heard<Sink: ConversationSink>(
        _ line: Line, _ literal: IMAPLiteral?, at time: Timestamp, into sink: inout Sink
    ) {
        let isFirst = unfinished == nil
        if isFirst, !credentials.isBehindGap, ASCII.equal(line.bytes, "DONE"), heardDone(line, at: time) {
            credentials = IMAPCredentials()
            return
        }
        var command = unfinished ?? begun(line, at: time, Sink.wantsText)
        command.exchange.asked = time
        command.exchange.length = Int(clamping: streams.client.offset - command.exchange.offset)
        // It waits among the others from its first piece on: the server may refuse it before the literal comes.
        if isFirst {
            if !credentials.isBehindGap { expect(command, line, into: &sink) }
        } else if let index = pending.entries.lastIndex(where: { $0.exchange.offset == command.exchange.offset }) {
            pending.update(index) { entry in
                entry.exchange.asked = time
                entry.exchange.length = command.exchange.length
            }
        }
        // Leave for it will not be given any more.
        if let literal, !(literal.waits && command.isCompleted) {
            let content = content(of: literal, in: command.exchange, line, isFirst: isFirst)
            modes.client = .literal(Passing(remaining: literal.size, content: content))
            command.awaitsLeave = literal.waits
            unfinished = command
            credentials.passedLiteral()
            return
        }
        if !command.isCompleted, case .none = responses { responses = command.responses }
        unfinished = nil
        credentials = IMAPCredentials()
    }

    private func begun(_ line: Line, at time: Timestamp, _ wantsText: Bool) -> Unfinished {
        let verb = IMAPGrammar.verb(line.bytes)
        return Unfinished(
            exchange: Exchange(
                verb: verb, command: wantsText ? line.bytes : [], asked: time, offset: line.offset,
                length: line.length, phase: phase.rawValue),
            responses: verb == "AUTHENTICATE" ? IMAPResponses(to: line.bytes) : .none)
    }

    private mutating func expect<Sink: ConversationSink>(_ command: Unfinished, _ line: Line, into sink: inout Sink) {
        let kind: IMAPPending.Kind =
            switch command.exchange.verb {
            case "AUTHENTICATE": .authenticate(IMAPResponses(to: line.bytes))
            case "IDLE": .idle(done: nil)
            default: .command
            }
        let tag = IMAPWords(line.bytes).first ?? []
        guard pending.append(command.exchange, kind, tag: tag) else { return sink.exchange(command.exchange) }
        if command.exchange.verb == "COMPRESS" { compressionsAsked += 1 }
    }

    /// DONE ends IDLE, whose completion answers it (RFC 9051 §6.3.13).
    /// - Returns: false where there is no IDLE that it could end.
    private mutating func heardDone(_ line: Line, at time: Timestamp) -> Bool {
        guard let index = pending.entries.lastIndex(where: { $0.kind.isIdle }) else { return false }
        let done = Exchange(
            verb: "DONE", command: line.bytes, asked: time, offset: line.offset, length: line.length,
            phase: phase.rawValue)
        switch pending.entries[index].kind {
        case .idle(nil): pending.update(index) { $0.kind = .idle(done: done) }
        case .idling(nil): pending.update(index) { $0.kind = .idling(done: done) }
        case .idle, .idling, .command, .authenticate: return false
        }
        return true
    }

    private func content(
        of literal: IMAPLiteral, in exchange: Exchange, _ line: Line, isFirst: Bool
    ) -> IMAPLiteral.Content {
        if credentials.isSecret { return .secret }
        // The first argument is the mailbox (RFC 9051 §6.3.12).
        let isMailbox = isFirst && ASCII.words(line.bytes[...]).count <= 3
        return exchange.verb == "APPEND" && !isMailbox ? literal.appended : .text
    }
}
