import Conversation
import Wire

/// What the client says: commands, steps of an authentication, messages.
extension SMTPMachine {
    mutating func clientSaid<Sink: ConversationSink>(
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

    mutating func clientLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let isResponse = if case .response = mode { true } else { false }
        let mayGoOn = mayGoOnAuthenticating
        let (next, end) = client.take(bytes, from: start, at: time, into: &sink) { line in
            // A lone `*` cancels the authentication (RFC 4954 §4) and is worth seeing; it is not base64.
            if isResponse { return line.bytes.first == Byte.star ? 1 : 0 }
            // Where it shows that it is no command is known before a word of it can be.
            let rest = mayGoOn ? Credentials.noCommand(line.bytes, verbs: SMTPGrammar.verbs) : nil
            return rest ?? Credentials.secretStart(in: line)
        }
        guard let end else { return next }
        if Sink.wantsText { sink.utterance(client.utterance(isResponse ? .response : .command, end: end, at: time)) }
        let goesOn = mayGoOn && client.isSecretWord
        mayGoOnAuthenticating = isResponse || goesOn
        if !isResponse { heard(goesOn ? [] : client.spoken, at: time, into: &sink) }
        client.startLine()
        return next
    }

    mutating func heard<Sink: ConversationSink>(
        _ command: [UInt8], at time: Timestamp, into sink: inout Sink
    ) {
        let verb = SMTPGrammar.verb(command)
        var tag = Tag.command
        switch verb {
        case "AUTH":
            tag = .authentication
            let words = ASCII.words(command[...])
            let isWhole = words.count >= 3 && SMTPGrammar.isOneRound(words[1])
            mode = isWhole ? .command : .response
            mayGoOnAuthenticating = true
        case "DATA":
            tag = .data
            mode = .awaitingGo
        case "BDAT":
            if let chunk = SMTPGrammar.chunk(command) {
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
                verb: verb, command: Sink.wantsText ? command : [], asked: time, offset: client.lineOffset,
                length: client.line.length, phase: expectedPhase.rawValue), tag, into: &sink)
        if case .chunk(let last, _) = tag {
            if case .chunk(0, _) = mode { chunkEnded(last: last, at: time, into: &sink) }
        } else {
            expectedPhase = SMTPGrammar.expected(after: verb, in: expectedPhase)
        }
    }

    mutating func expect<Sink: ConversationSink>(_ exchange: Exchange, _ tag: Tag, into sink: inout Sink) {
        if !pending.append(exchange, tag) { sink.exchange(exchange) }
    }

    mutating func beginMessage<Sink: ConversationSink>(
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

    mutating func closeMessage<Sink: ConversationSink>(
        complete: Bool, at time: Timestamp, into sink: inout Sink
    ) {
        guard messageOpen else { return }
        messageOpen = false
        sink.messageEnded(.client, complete: complete, at: time)
    }

    mutating func clientData<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let end = body.take(bytes, from: start, offset: client.offset, from: .client, at: time, into: &sink)
        client.skip((end ?? bytes.count) - start)
        if end != nil { dataEnded(terminator: 3, at: time, into: &sink) }
        return end ?? bytes.count
    }

    /// The line with the dot has passed; `terminator` bytes of it.
    mutating func dataEnded<Sink: ConversationSink>(
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

    mutating func chunkEnded<Sink: ConversationSink>(last: Bool, at time: Timestamp, into sink: inout Sink) {
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
}
