import Conversation
import Wire

/// What is told of a conversation, in the words of Tests/DialectsTests/Transcripts.
struct Heard: ConversationSink {
    private var isSecret = PerDirection<[Bool]>([])
    private var said = PerDirection<[UInt8]>([])
    var exchanges: [String] = []
    /// In the order in which they ended.
    var messages: [String] = []
    private var message = PerDirection<[UInt8]>([])
    private var feeding = (direction: Direction.client, base: 0)

    mutating func said(_ bytes: [UInt8], by direction: Direction, secret: Bool) {
        said[direction] += bytes
        isSecret[direction] += bytes.map { secret && $0 != Byte.cr && $0 != Byte.lf }
    }

    mutating func willFeed(_ bytes: [UInt8], from direction: Direction) {
        feeding = (direction, said[direction].count)
        said(bytes, by: direction, secret: false)
    }

    func difference(from expected: Heard) -> String? {
        for direction in Direction.allCases {
            let pairs = zip(isSecret[direction], expected.isSecret[direction])
            guard let index = pairs.enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset else {
                continue
            }
            let around = said[direction][max(0, index - 20)..<min(said[direction].count, index + 20)]
            return "byte \(index) of the \(direction) is \(isSecret[direction][index] ? "" : "not ")secret, in "
                + Picture.of(around)
        }
        for (what, told, wanted) in [
            ("exchange", exchanges, expected.exchanges), ("message", messages, expected.messages),
        ] where told != wanted {
            let index = zip(told, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            let place = index ?? min(told.count, wanted.count)
            return "\(what) \(place) is \(told.dropFirst(place).first ?? "none"), "
                + "not \(wanted.dropFirst(place).first ?? "none")"
        }
        return nil
    }

    mutating func secret(_ range: Range<Int>) {
        for index in range { isSecret[feeding.direction][feeding.base + index] = true }
    }

    mutating func exchange(_ exchange: Exchange) {
        let codes = exchange.replies.map(\.code).joined(separator: ",")
        exchanges.append("\(exchange.verb.isEmpty ? "-" : exchange.verb) \(codes) \(exchange.phase)")
    }

    mutating func messageBegan(_ start: MessageStart) {
        message[start.direction] = []
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        message[direction] += bytes.copy(0..<bytes.count)
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        messages.append("\(direction) \(message[direction])\(complete ? "" : " cut")")
    }
}
