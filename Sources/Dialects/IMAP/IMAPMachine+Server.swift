import Conversation
import Wire

/// What the server says, and what that makes of what the client said.
extension IMAPMachine {
    mutating func serverLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let (next, end) = streams.server.take(bytes, from: start, at: time, into: &sink) { _ in nil }
        lineEnds.server.take(bytes, start..<next, of: streams.server.line)
        guard let end else { return next }
        let response = response(streams.server.line.bytes)
        let literal = literalAnnounced(by: .server)
        if Sink.wantsText {
            var utterance = streams.server.utterance(response.kind, end: end, at: time)
            if response.namesMailboxes { utterance.decoded = decodedNames(utterance.bytes) }
            sink.utterance(utterance)
        }
        defer { startLine(of: .server) }
        switch response {
        case .more(let data): goOn(data, after: literal)
        case .data(let data):
            // Whatever stands between a header and a body may have given the message another number.
            if !data.isFetch { headerOf = nil }
            goOn(data, after: literal)
        case .capabilities: capabilities = IMAPCapabilities.listed(text(after: 2))
        case .enabled: heardEnabled()
        case .condition: heardCondition(reply(Sink.wantsText), into: &sink)
        case .goAhead: heardGoAhead()
        case .idling(let index): heardIdling(reply(Sink.wantsText), at: index, into: &sink)
        case .challenge(let index): heardChallenge(reply(Sink.wantsText), to: index)
        case .completion(let index): completed(index, reply(Sink.wantsText), at: time, into: &sink)
        case .strayCompletion: isBehindGap = false
        case .other: break
        }
        return next
    }

    private func response(_ line: [UInt8]) -> IMAPResponse {
        if let response { return .more(response) }
        if line.first == Byte.plus {
            // Whoever waits for leave to say a literal says nothing else.
            if unfinished?.awaitsLeave == true { return .goAhead }
            guard let index = pending.entries.firstIndex(where: { $0.kind.awaitsContinuation }) else { return .goAhead }
            return if case .idle = pending.entries[index].kind { .idling(index) } else { .challenge(index) }
        }
        var words = IMAPWords(line)
        guard let tag = words.next(), let word = words.next() else { return .other }
        guard ASCII.equal(tag, "*") else {
            if let index = pending.index(tag: tag) { return .completion(index) }
            return IMAPGrammar.isCondition(word) ? .strayCompletion : .other
        }
        if IMAPGrammar.isCondition(word) { return .condition }
        if ASCII.equal(word, "CAPABILITY") { return .capabilities }
        if ASCII.equal(word, "ENABLED") { return .enabled }
        let isFetch = words.first.map { ASCII.equal($0, "FETCH") || ASCII.equal($0, "UIDFETCH") } ?? false
        return .data(
            IMAPResponse.Data(
                isFetch: isFetch, namesMailboxes: IMAPGrammar.namesMailboxes(word),
                number: isFetch ? ASCII.number(word) : nil))
    }

    /// A response goes on behind the literal, if one is announced.
    private mutating func goOn(_ data: IMAPResponse.Data, after literal: IMAPLiteral?) {
        response = literal == nil ? nil : data
        guard let literal else { return }
        let content = data.isFetch ? literal.fetched : .text
        modes.server = .literal(Passing(remaining: literal.size, content: content))
    }

    /// What follows so many words of the line that the server has just said.
    private func text(after count: Int) -> ArraySlice<UInt8> {
        var words = IMAPWords(streams.server.line.bytes)
        for _ in 0..<count { _ = words.next() }
        return words.rest
    }

    /// The condition word, or `+`, and the text.
    private func reply(_ wantsText: Bool) -> Reply {
        let stream = streams.server
        let isContinuation = stream.line.bytes.first == Byte.plus
        var words = IMAPWords(stream.line.bytes.dropFirst(isContinuation ? 1 : 0))
        if !isContinuation { _ = words.next() }
        let code = isContinuation ? "+" : ASCII.uppercased(words.next() ?? [])
        return Reply(
            code: code, lines: wantsText ? [Array(words.rest)] : [], at: stream.lineAt, offset: stream.lineOffset,
            length: stream.line.length)
    }

    private mutating func heardEnabled() {
        let enabled = IMAPCapabilities.listed(text(after: 2))
        if enabled.contains("UTF8=ACCEPT") || enabled.contains("IMAP4REV2") { hasUTF8Names = true }
    }

    private mutating func heardGoAhead() {
        unfinished?.awaitsLeave = false
        // The authentication may have begun where bytes are missing.
        if isBehindGap, unfinished == nil, case .none = responses { expectResponses(.one) }
    }

    private mutating func heardChallenge(_ reply: Reply, to index: Int) {
        guard case .authenticate(let steps) = pending.entries[index].kind else { return }
        pending.update(index) { entry in
            if entry.exchange.replies.count < IMAPLimits.challenges { entry.exchange.replies.append(reply) }
        }
        if case .none = steps { expectResponses(.one) } else { expectResponses(steps) }
    }

    private mutating func expectResponses(_ steps: IMAPResponses) {
        responses = steps
        if isResponding, case .line = modes.client { streams.client.makeSecretFromHere() }
    }

    /// `+` answers IDLE; what is completed later is answered to DONE.
    private mutating func heardIdling<Sink: ConversationSink>(_ reply: Reply, at index: Int, into sink: inout Sink) {
        var exchange = pending.entries[index].exchange
        exchange.replies.append(reply)
        sink.exchange(exchange)
        pending.update(index) { entry in
            if case .idle(let done) = entry.kind { entry.kind = .idling(done: done) }
        }
    }

    private mutating func heardCondition<Sink: ConversationSink>(_ reply: Reply, into sink: inout Sink) {
        if let listed = IMAPCapabilities.code(text(after: 2)) { capabilities = listed }
        var exchange = Exchange(
            verb: "", command: [], asked: reply.at, offset: streams.client.offset, length: 0, phase: phase.rawValue)
        if reply.code == "BYE" {
            let isGreeting = phase == .greeting
            phase = .logout
            if !isGreeting, pending.entries.contains(where: { $0.exchange.verb == "LOGOUT" }) { return }
        } else if phase == .greeting {
            phase = reply.code == "PREAUTH" ? .authenticated : .notAuthenticated
        } else if reply.code == "BAD", let index = pending.entries.firstIndex(where: { $0.exchange.verb.isEmpty }) {
            // What is no command has no tag to answer it by (RFC 9051 §7.1.3).
            exchange = pending.remove(at: index).exchange
            finish(exchange)
        } else {
            return
        }
        exchange.replies.append(reply)
        sink.exchange(exchange)
    }

    private mutating func completed<Sink: ConversationSink>(
        _ index: Int, _ reply: Reply, at time: Timestamp, into sink: inout Sink
    ) {
        let entry = pending.remove(at: index)
        let verb = entry.exchange.verb
        isBehindGap = false
        tell(entry, reply, into: &sink)
        if case .authenticate = entry.kind { responses = .none }
        finish(entry.exchange)
        if let listed = IMAPCapabilities.code(text(after: 2)) { capabilities = listed }
        phase = IMAPCommand.phase(after: verb, reply.code, in: phase)
        if verb == "COMPRESS", compressionsAsked > 0 { compressionsAsked -= 1 }
        switch (verb, reply.code) {
        case ("STARTTLS", "OK"):
            becomes(.tls, at: time, into: &sink)
            sink.tlsBegins(at: time)
        case ("COMPRESS", "OK"):
            becomes(.compressed, at: time, into: &sink)
            sink.compressionBegins(at: time)
        default: break
        }
    }

    private mutating func tell<Sink: ConversationSink>(
        _ entry: IMAPPending.Entry, _ reply: Reply, into sink: inout Sink
    ) {
        var exchange = entry.exchange
        var unanswered: Exchange?
        switch entry.kind {
        case .command, .authenticate, .idling(nil): break
        case .idling(let done?): exchange = done
        case .idle(let done): unanswered = done
        }
        exchange.replies.append(reply)
        sink.exchange(exchange)
        // The server did not wait for it, and takes it for a command.
        guard let unanswered else { return }
        var stray = unanswered
        stray.verb = ""
        if !pending.append(stray, .command, tag: stray.command[...]) { sink.exchange(stray) }
    }

    /// The server has said all that it will about this command; a literal that waits for leave will not come.
    private mutating func finish(_ exchange: Exchange) {
        guard let command = unfinished, command.exchange.offset == exchange.offset else { return }
        unfinished?.isCompleted = true
        guard command.awaitsLeave else { return }
        modes.client = .line
        unfinished = nil
        credentials = IMAPCredentials()
    }
}
