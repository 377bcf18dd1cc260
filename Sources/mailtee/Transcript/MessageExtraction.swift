import Conversation
import Wire

/// Takes one message out of a session, piece by piece, dot-stuffing taken off. A part of a message does not count, but
/// for a header and a body that were said one after the other.
struct MessageExtraction: ConversationSink {
    /// A header that is longer is not kept for its body.
    private static let headerLimit = 1 << 20

    static var wantsText: Bool { false }
    let wanted: Int
    let output: ([UInt8]) -> Void
    private(set) var seen = 0
    private(set) var isFound = false
    private(set) var isComplete = true
    /// Where the message that is wanted passes now, and how its dot-stuffing is taken off.
    private var passing: Direction?
    private var unstuffing: DotUnstuffing?
    /// The header that a server said last.
    private var header: [UInt8]?

    /// - Parameter wanted: which, from 1 on.
    init(wanted: Int, output: @escaping ([UInt8]) -> Void) {
        self.wanted = wanted
        self.output = output
    }

    mutating func messageBegan(_ message: MessageStart) {
        let isCounted = !message.partial || message.completesHeader
        if isCounted { seen += 1 }
        if isCounted, seen == wanted, !message.completesHeader || header != nil {
            isFound = true
            passing = message.direction
            unstuffing = message.dotStuffed ? DotUnstuffing() : nil
            if message.completesHeader { output(header ?? []) }
        }
        if message.direction == .server { header = message.partial && message.hasHeader && !isFound ? [] : nil }
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        if direction == .server, let count = header?.count {
            if count + bytes.count > Self.headerLimit { header = nil } else { header?.append(bytes, 0..<bytes.count) }
        }
        guard passing == direction else { return }
        var piece: [UInt8] = []
        if unstuffing != nil {
            unstuffing?.feed(bytes, into: &piece)
        } else {
            piece.append(bytes, 0..<bytes.count)
        }
        output(piece)
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        guard passing == direction else { return }
        passing = nil
        isComplete = complete
    }
}
