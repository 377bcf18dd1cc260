import Conversation
import Inflate
import Wire

/// What the recorder inflates at most of what the peers of a session compress.
public enum InflationLimits {
    /// Bytes that are given out at a time.
    static let piece = 32 << 10
    /// What a peer says may stand for so many bytes, and for so many more for each byte of it. DEFLATE makes one byte of a
    /// thousand at most, of mail one of ten: what goes beyond is not mail, and would fill the disk.
    public static let allowance: UInt64 = 64 << 20
    public static let ratio: UInt64 = 128
}

/// Two peers that compress what they say (RFC 4978): each of them undone, as long as that can be done.
struct SessionInflation {
    private struct Side {
        let inflate = Inflate(.raw)
        var taken: UInt64 = 0
        var given: UInt64 = 0
    }

    /// nil for a peer that cannot be followed any more.
    private var sides = PerDirection<Side?>(client: Side(), server: Side())

    /// Takes what a peer said, and gives out in pieces what it meant.
    /// - Parameters:
    ///   - piece: told the bytes.
    ///   - failed: told once, in words, why the peer cannot be followed any more.
    /// - Returns: how many of the bytes could not be read.
    mutating func take(
        _ bytes: Span<UInt8>, from direction: Direction, piece: (Span<UInt8>) -> Void, failed: (String) -> Void
    ) -> Int {
        guard var side = sides[direction] else { return bytes.count }
        var output: [UInt8] = []
        var next = 0
        var failure: String?
        repeat {
            output.removeAll(keepingCapacity: true)
            let before = next
            next = side.inflate.feed(bytes, from: next, into: &output, limit: InflationLimits.piece)
            side.taken += UInt64(next - before)
            side.given += UInt64(output.count)
            if !output.isEmpty { piece(output.span) }
            failure = Self.failure(side, isWhole: next == bytes.count)
        } while failure == nil && (next < bytes.count || output.count == InflationLimits.piece)
        sides[direction] = side
        if let failure { stop(direction, "\(failure), after \(side.taken) bytes of it", failed) }
        return bytes.count - next
    }

    /// Bytes of `direction` are missing, without which what follows cannot be inflated.
    mutating func lost(_ direction: Direction, failed: (String) -> Void) {
        if sides[direction] != nil { stop(direction, "a part of it is missing", failed) }
    }

    private mutating func stop(_ direction: Direction, _ why: String, _ failed: (String) -> Void) {
        sides[direction] = nil
        failed(
            "what the \(direction.rawValue) says cannot be inflated any more: \(why). From here on it is counted and not "
                + "recorded; the conversation goes on.")
    }

    private static func failure(_ side: Side, isWhole: Bool) -> String? {
        switch side.inflate.state {
        case .damaged: return "it is not DEFLATE"
        case .ended where !isWhole: return "it goes on behind its end"
        case .ended, .open: break
        }
        let limit = InflationLimits.allowance + InflationLimits.ratio * side.taken
        return side.given > limit ? "it stands for more than \(InflationLimits.ratio) times its size" : nil
    }
}
