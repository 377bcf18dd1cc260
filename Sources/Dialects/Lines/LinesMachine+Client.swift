import Conversation
import Wire

/// What the client says.
extension LinesMachine {
    /// Passes by whole lines in which no secret can begin, which costs a third of reading them.
    func canSkip(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
        if table.hasSources, !line.isEmpty {
            let first = bytes[line.lowerBound]
            if first == Byte.colon || first == UInt8(ascii: "@") { return false }
        }
        return !Credentials.mayStand(in: bytes, line)
    }

    mutating func skipCommands(_ bytes: Span<UInt8>, from start: Int) -> Int {
        // In ManageSieve any line may announce a literal.
        guard table.steps != .strings, table.steps == .arguments || !steps.isDue, !streams.client.isInLine,
            !streams.client.isSecret
        else { return start }
        var index = start
        while let lf = bytes.firstIndex(of: Byte.lf, from: index), canSkip(bytes, index..<lf) { index = lf + 1 }
        streams.client.skip(index - start)
        return index
    }

    mutating func clientLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let dialectSteps = table.steps
        let isStepDue = steps.isDue
        let unfinished = unfinished
        var secrets = secrets
        var strings = strings
        let (next, end) = streams.client.take(bytes, from: start, at: time, into: &sink) { line in
            switch dialectSteps {
            case .strings:
                if let unfinished { return unfinished.isStep ? 0 : strings.secretStart(in: line) }
                if isStepDue || SieveStep.isOne(line.bytes) { return SieveStep.secretStart(in: line.bytes) }
                return strings.secretStart(in: line)
            case .lines where isStepDue: return line.bytes.first == Byte.star ? 1 : 0
            case .none, .lines, .arguments:
                let own = secrets.secretStart(in: line, isStepDue: isStepDue)
                let usual = secrets.isInStep ? nil : Credentials.secretStart(in: line)
                return own.map { min($0, usual ?? $0) } ?? usual
            }
        }
        self.secrets = secrets
        self.strings = strings
        guard let end else { return next }
        let spoken = streams.client.spoken
        if Sink.wantsText { sink.utterance(streams.client.utterance(clientKind(of: spoken), end: end, at: time)) }
        if !announcesLiteral() { commandEnded(spoken) }
        streams.client.startLine()
        return next
    }

    /// Where the line ends with the announcement of a literal, that comes next. What is secret announces none, so that
    /// a record with its secrets masked is cut into the same lines.
    private mutating func announcesLiteral() -> Bool {
        guard table.steps == .strings, !streams.client.isSecret, !streams.client.line.isTruncated,
            let announced = IMAPLiteral(streams.client.line.bytes.suffix(64))
        else { return false }
        let line = streams.client.spoken
        let isStep = unfinished?.isStep ?? (steps.isDue || SieveStep.isOne(line))
        literal = Literal(
            remaining: announced.size, isSecret: isStep || strings.isSecret, isAwaited: announced.waits)
        if unfinished == nil { unfinished = Unfinished(line: line, isStep: isStep) }
        strings.passedLiteral()
        if announced.size == 0 { literal = nil }
        return true
    }

    private mutating func commandEnded(_ line: [UInt8]) {
        switch table.steps {
        case .none: break
        case .lines, .strings:
            let isStep =
                unfinished?.isStep ?? (steps.isDue || table.steps == .strings && SieveStep.isOne(line))
            if isStep {
                steps.heardStep(unfinished?.line ?? line)
            } else {
                steps.heardCommand(unfinished?.line ?? line)
            }
        case .arguments: steps.heardArgument(line)
        }
        startCommand()
    }

    /// Passes a literal line by line.
    mutating func passLiteral<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        guard var passing = literal else { return start }
        let stop = start + Int(clamping: min(passing.remaining, UInt64(bytes.count - start)))
        let part = bytes.extracting(0..<stop)
        passing.isAwaited = false
        passing.remaining -= UInt64(stop - start)
        let isSecret = passing.isSecret
        var index = start
        while index < stop {
            // A client that did not mean a literal says its commands here.
            let (next, end) = streams.client.take(part, from: index, at: time, into: &sink) { line in
                isSecret ? 0 : Credentials.secretStart(in: line)
            }
            index = next
            guard let end else { break }
            if Sink.wantsText { sink.utterance(streams.client.utterance(literalKind, end: end, at: time)) }
            streams.client.startLine()
        }
        literal = passing
        if passing.remaining == 0 {
            streams.client.tellUnfinished(literalKind, at: time, into: &sink)
            literal = nil
        }
        return stop
    }

    private var literalKind: Utterance.Kind { unfinished?.isStep == true ? .response : .line }

    /// What a line is that is a literal's or not, its secret masked.
    mutating func clientKind(of line: [UInt8]) -> Utterance.Kind {
        if literal != nil || unfinished != nil { return literalKind }
        switch dialect {
        case .ftp: return .command
        case .irc: return steps.isArgument(line) ? .response : .command
        case .sieve: return steps.isDue || SieveStep.isOne(line) ? .response : .command
        case .nntp: return steps.isDue ? .response : text.kind(of: line, from: .client)
        case .smtp, .lmtp, .pop3, .imap, .http, .plain: return steps.isDue ? .response : .line
        }
    }
}
