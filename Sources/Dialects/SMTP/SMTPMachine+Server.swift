import Conversation
import Wire

/// What the server says, and what that makes of what the client said.
extension SMTPMachine {
    mutating func serverSaid<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, at time: Timestamp, into sink: inout Sink
    ) {
        var index = 0
        while index < bytes.count {
            if case .tls = mode { return crossing.pass(bytes, from: index, of: &server, at: time, into: &sink) }
            let (next, end) = server.take(bytes, from: index, at: time, into: &sink) { _ in nil }
            index = next
            guard let end else { return }
            if let reply = serverLine(end: end, at: time, into: &sink) { heard(reply, at: time, into: &sink) }
        }
    }

    /// Takes the finished line.
    /// - Returns: the reply that it ends.
    private mutating func serverLine<Sink: ConversationSink>(
        end: LineEnd, at time: Timestamp, into sink: inout Sink
    ) -> Reply? {
        defer { server.startLine() }
        let parsed = SMTPGrammar.reply(server.line.bytes)
        if Sink.wantsText {
            let kind: Utterance.Kind = parsed == nil ? .line : parsed?.code == "334" ? .challenge : .reply
            sink.utterance(server.utterance(kind, end: end, at: time))
        }
        guard let parsed else { return nil }
        var reply =
            partial.take()
            ?? Reply(code: parsed.code, lines: [], at: server.lineAt, offset: server.lineOffset, length: 0)
        reply.code = parsed.code
        reply.length += server.line.length
        if Sink.wantsText, reply.lines.count < SMTPLimits.replyLines {
            reply.lines.append(Array(server.line.bytes[parsed.text...]))
        }
        guard parsed.more else { return reply }
        partial = reply
        return nil
    }

    mutating func heard<Sink: ConversationSink>(_ reply: Reply, at time: Timestamp, into sink: inout Sink) {
        if pending.isEmpty, case .data = mode {
            repliedToUnfinishedMessage(at: time, into: &sink)
        }
        guard let waiting = pending.firstTag else {
            sink.exchange(Exchange(unasked: reply, offset: client.offset, phase: phase.rawValue))
            return
        }
        if case .authentication = waiting, reply.code == "334" {
            if pending.firstReplies < SMTPLimits.challenges { pending.addReply(reply) }
            mode = .response
            client.makeSecretFromHere()
            return
        }
        if Sink.wantsText { pending.addReply(reply) }
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
    mutating func repliedToUnfinishedMessage<Sink: ConversationSink>(
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

    mutating func answered<Sink: ConversationSink>(
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

    mutating func answeredData<Sink: ConversationSink>(
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
