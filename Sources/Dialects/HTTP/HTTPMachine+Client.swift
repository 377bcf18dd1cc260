import Conversation
import Wire

/// What the client says: requests.
extension HTTPMachine {
    mutating func heardRequest<Sink: ConversationSink>(
        _ method: String, _ line: [UInt8], at time: Timestamp, into sink: inout Sink
    ) {
        let exchange = Exchange(
            verb: method, command: Sink.wantsText ? line : [], asked: time, offset: streams.client.lines.lineOffset,
            length: streams.client.lines.line.length, phase: phase.rawValue)
        requests += 1
        let kind: Tag.Kind = method == "HEAD" ? .head : method == "CONNECT" ? .connect : .other
        if !pending.append(exchange, Tag(kind: kind, number: requests)) { sink.exchange(exchange) }
    }

    /// RFC 9112 §6.3: without a length there is no body; a length that makes no sense leaves the end to be guessed.
    mutating func heardRequestHeader<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        switch streams.client.fields.framing {
        case .unsaid, .counted(0): ended(.client, complete: true, at: time, into: &sink)
        case .counted(let length): beginBody(.counted(length), of: .client, at: time, into: &sink)
        case .chunked: beginBody(.chunkSize, of: .client, at: time, into: &sink)
        case .unknown: beginBody(.untilClose, of: .client, at: time, into: &sink)
        }
    }

    /// A request that is answered before its end keeps the time of its header.
    mutating func requestEnded(at time: Timestamp) {
        streams.client.mode = isSwitched ? .switched : .start
        let number = requests
        if isAnsweringLast { return }
        pending.changeLast { if $0.tag.number == number { $0.exchange.asked = time } }
    }
}
