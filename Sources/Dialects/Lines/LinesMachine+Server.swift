import Conversation
import Wire

/// What the server says: nothing secret, but whether another step of an authentication is due.
extension LinesMachine {
    /// Passes by lines that mean nothing for an authentication.
    mutating func skipAnswers(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        if table.steps == .none {
            index = bytes.count
        } else if table.steps == .strings || streams.server.isInLine {
            return start
        } else if !steps.hasBegun || table.steps == .arguments && !steps.isDue {
            // What is left of a line is kept: an authentication may begin before it ends.
            index = bytes.count
            while index > start, bytes[index - 1] != Byte.lf { index -= 1 }
        } else if !steps.isDue {
            while let lf = bytes.firstIndex(of: Byte.lf, from: index), !ServerWord.mayBeChallenge(bytes[index]) {
                index = lf + 1
            }
        }
        streams.server.skip(index - start)
        return index
    }

    mutating func serverLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let (next, end) = streams.server.take(bytes, from: start, at: time, into: &sink) { _ in nil }
        guard let end else { return next }
        let word = ServerWord(streams.server.line.bytes, in: dialect)
        if Sink.wantsText {
            let kind = serverKind(of: streams.server.line.bytes)
            sink.utterance(streams.server.utterance(kind, end: end, at: time))
        }
        streams.server.startLine()
        if let word { heard(word) }
        return next
    }

    private mutating func heard(_ word: ServerWord) {
        switch word {
        case .completion:
            steps.heardCompletion()
            if literal?.isAwaited == true { startCommand() }
        case .challenge:
            // Elsewhere a step is known by how it begins.
            guard table.steps == .lines, steps.heardChallenge() else { return }
            // What the client has begun to say may be the step.
            streams.client.makeSecretFromHere()
        }
    }

    mutating func serverKind(of line: [UInt8]) -> Utterance.Kind {
        let word = ServerWord(line, in: dialect)
        switch dialect {
        case .nntp: return text.kind(of: line, from: .server)
        case .ftp: return ServerWord.code(of: line) == nil ? .line : .reply
        case .sieve: return word == .challenge && steps.isDue ? .challenge : word == nil ? .line : .reply
        case .irc: return word == .challenge ? .challenge : .reply
        case .smtp, .lmtp, .pop3, .imap, .http, .plain: return word == .challenge && steps.hasBegun ? .challenge : .line
        }
    }
}
