import Wire

/// The handshake messages of one side (RFC 8446 §4), put together from fragments of records. Those of one type are
/// kept, the others passed over.
struct TLSMessages: Sendable {
    enum Message {
        /// One of the wanted type, without its header.
        case wanted(body: [UInt8])
        /// Of another type, or longer than `TLSLimits.hello`.
        case passedOver
    }

    private static let headerLength = 4

    private let wanted: UInt8
    private var header: [UInt8] = []
    private var body: [UInt8] = []
    private var left = 0
    /// The message that now comes will be passed over. Told at the first byte that shows it.
    private(set) var isPassingOver = false

    init(wanted: UInt8) {
        self.wanted = wanted
    }

    /// Takes bytes of a fragment up to the end of a message, `index` being moved behind them.
    /// - Returns: the message that ended; nil where it goes on past `end`.
    mutating func next(_ bytes: Span<UInt8>, from index: inout Int, to end: Int) -> Message? {
        while index < end {
            if header.count < Self.headerLength {
                take(bytes[index])
                index += 1
            } else {
                let part = index..<(index + min(left, end - index))
                if !isPassingOver { body.append(bytes, part) }
                index = part.upperBound
                left -= part.count
            }
            if header.count == Self.headerLength, left == 0 { return finish() }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) {
        header.append(byte)
        if header.count == 1 {
            isPassingOver = byte != wanted
        } else {
            left |= Int(byte) << (8 * (Self.headerLength - header.count))
            if left > TLSLimits.hello - Self.headerLength { isPassingOver = true }
        }
    }

    private mutating func finish() -> Message {
        defer {
            header.removeAll(keepingCapacity: true)
            body = []
            isPassingOver = false
        }
        return isPassingOver ? .passedOver : .wanted(body: body)
    }
}
