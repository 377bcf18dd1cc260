import Conversation
import Wire

/// What a machine hears of a service that answers as it should.
struct Heard: ConversationSink {
    struct Message {
        /// Dot-stuffing taken off.
        var plain: [UInt8] = []
        var isPartial = false
        var isComplete = false
        var isStuffed = false

        /// What POP3 gives of a message: all of it or, for TOP, its beginning, with its last line ended.
        func isOf(_ message: [UInt8]) -> Bool {
            let unended = plain.suffix(2) == [Byte.cr, Byte.lf] ? plain.dropLast(2) : plain[...]
            return [plain[...], unended].contains { isPartial ? message.starts(with: $0) : message == Array($0) }
        }
    }

    var messages: [Message] = []
    private(set) var odd: String?
    /// The last command may be BDAT without an answer.
    var isInChunk = false
    private var passing: Message?
    private var isGreeted = false

    mutating func exchange(_ exchange: Exchange) {
        let codes = exchange.replies.map(\.code)
        let steps = codes.dropLast().allSatisfy { $0 == "334" || $0 == "+" }
        let isGreeting = exchange.verb.isEmpty && !isGreeted
        isGreeted = true
        if exchange.length == 0, !isGreeting {
            odd = "an answer \(codes) to nothing"
        } else if codes.isEmpty, exchange.verb == "BDAT", isInChunk {
            isInChunk = false
        } else if codes.isEmpty || !steps {
            odd = "\(exchange.verb) [\(Picture.of(exchange.command))] was answered with \(codes)"
        }
    }

    mutating func messageBegan(_ start: MessageStart) {
        passing = Message(isPartial: start.partial, isStuffed: start.dotStuffed)
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        passing?.plain += bytes.copy(0..<bytes.count)
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        guard var message = passing else { return }
        passing = nil
        message.isComplete = complete
        if message.isStuffed { message.plain = Self.unstuffed(message.plain) }
        messages.append(message)
    }

    /// Said once more and in the plainest way, so that it is no echo of what is tested.
    private static func unstuffed(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var isLineStart = true
        for byte in bytes {
            if !(isLineStart && byte == Byte.dot) { plain.append(byte) }
            isLineStart = byte == Byte.lf
        }
        return plain
    }
}
