import Conversation
import Wire

/// What the server says: responses, and what they make of the requests.
extension HTTPMachine {
    mutating func heardStatus(_ code: Int, reason: ArraySlice<UInt8>, wantsText: Bool) {
        let text = String(code)
        reply = Reply(
            code: String(repeating: "0", count: max(0, 3 - text.utf8.count)) + text,
            lines: wantsText ? [Array(reason)] : [], at: streams.server.lines.lineAt,
            offset: streams.server.lines.lineOffset, length: 0)
    }

    mutating func heardResponseHeader<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard let code = reply?.code else { return }
        let tag = pending.firstTag
        let switches =
            code == "101" && streams.server.fields.hasUpgrade
            || code.first == "2" && tag?.kind == .connect
        if code.first == "1", !switches {
            // More is to come in answer to the same request (RFC 9110 §15.2).
            heardInterim(into: &sink)
            return
        }
        responseHeaderEnded(into: &sink)
        if switches {
            ended(.server, complete: true, at: time, into: &sink)
            switchProtocols(at: time, into: &sink)
            return
        }
        if tag?.kind == .head || code == "204" || code == "304" {
            return ended(.server, complete: true, at: time, into: &sink)
        }
        switch streams.server.fields.framing {
        case .counted(0): ended(.server, complete: true, at: time, into: &sink)
        case .counted(let length): beginBody(.counted(length), of: .server, at: time, into: &sink)
        case .chunked: beginBody(.chunkSize, of: .server, at: time, into: &sink)
        case .unsaid, .unknown: beginBody(.untilClose, of: .server, at: time, into: &sink)
        }
    }

    private mutating func heardInterim<Sink: ConversationSink>(into sink: inout Sink) {
        streams.server.mode = .start
        hasEnded = true
        guard let reply = takeReply() else { return }
        if pending.isEmpty {
            sink.exchange(unasked(reply))
        } else if pending.firstReplies < HTTPLimits.interim {
            pending.addReply(reply)
        }
    }

    /// The header section of a response is over, be it by its empty line or not.
    mutating func responseHeaderEnded<Sink: ConversationSink>(into sink: inout Sink) {
        guard let reply = takeReply() else { return }
        if pending.isEmpty {
            answering = .unasked(unasked(reply))
        } else {
            answering = .first
            pending.addReply(reply)
        }
    }

    private mutating func takeReply() -> Reply? {
        guard var reply = reply.take() else { return nil }
        reply.length = Int(clamping: streams.server.lines.offset - streams.server.head)
        return reply
    }

    private func unasked(_ reply: Reply) -> Exchange {
        Exchange(
            verb: "", command: [], asked: reply.at, offset: streams.client.lines.offset, length: 0,
            phase: HTTPPhase.idle.rawValue, replies: [reply])
    }

    mutating func responseEnded<Sink: ConversationSink>(into sink: inout Sink) {
        streams.server.mode = .start
        switch answering.take() {
        case .first:
            guard let entry = pending.removeFirst() else { return }
            answered = entry.tag.number
            sink.exchange(entry.exchange)
        case .unasked(let exchange): sink.exchange(exchange)
        case nil: break
        }
    }

    /// From here on the server speaks another protocol, and so does the client, once its request is over.
    private mutating func switchProtocols<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        isSwitched = true
        streams.server.mode = .switched
        guard case .start = streams.client.mode else { return }
        streams.client.tellUnfinishedLine(at: time, into: &sink)
        streams.client.mode = .switched
    }
}
