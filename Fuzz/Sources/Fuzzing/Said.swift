import Conversation
import Wire

/// All that one peer said, what was told of it, and where something is missing.
struct Said {
    private(set) var bytes: [UInt8] = []
    /// For each of `bytes`, whether it was told to be secret, and whether it was told at all.
    private(set) var isSecret: [Bool] = []
    private(set) var isTold: [Bool] = []
    /// From this byte on only TLS may be. Where it is that, nothing of it is to be told.
    private var tlsFrom: Int?
    private var passed: [Range<Int>] = []
    /// Stretches without a gap: where they begin in the stream and in `bytes`.
    private var stretches: [(offset: UInt64, index: Int)] = [(0, 0)]

    var hasGaps: Bool { stretches.count > 1 }

    mutating func append(_ piece: ArraySlice<UInt8>) {
        bytes += piece
        isSecret += repeatElement(false, count: piece.count)
        isTold += repeatElement(false, count: piece.count)
    }

    /// As many as no stream can have are taken for as many as can be counted.
    mutating func miss(_ count: UInt64) {
        guard let last = stretches.last else { return }
        let here = last.offset + UInt64(bytes.count - last.index)
        let farthest = UInt64(Int64.max)
        stretches.append((here < farthest ? here + min(count, farthest - here) : here, bytes.count))
    }

    /// The place in `bytes` of what stands at `offset` of the stream; nil where that was not said, or not in one piece.
    func range(_ offset: UInt64, _ count: Int) -> Range<Int>? {
        var end = bytes.count
        for stretch in stretches.reversed() {
            if offset >= stretch.offset, offset - stretch.offset <= UInt64(end - stretch.index) {
                let start = stretch.index + Int(offset - stretch.offset)
                return count >= 0 && count <= end - start ? start..<(start + count) : nil
            }
            end = stretch.index
        }
        return nil
    }

    mutating func makeSecret(_ range: Range<Int>) {
        for index in range { isSecret[index] = true }
    }

    /// - Returns: false where some of it was told before, or belongs to TLS.
    mutating func tell(_ range: Range<Int>) -> Bool {
        if tls.contains(where: range.overlaps) { return false }
        for index in range {
            if isTold[index] { return false }
            isTold[index] = true
        }
        return true
    }

    mutating func tlsBegins(at index: Int) {
        tlsFrom = index
    }

    mutating func tlsEnds() {
        passed = tls
        tlsFrom = nil
    }

    private var tls: [Range<Int>] {
        guard let tlsFrom, tlsFrom < bytes.count, Self.beginsTLS(bytes[tlsFrom]) else { return passed }
        return passed + [tlsFrom..<bytes.count]
    }

    /// A record (RFC 8446 §5.1), or an SSL 2.0 hello. Anything else is said in clear, and to be told.
    private static func beginsTLS(_ byte: UInt8) -> Bool {
        (0x14...0x18).contains(byte) || byte >= 0x80
    }

    /// Just behind the last byte that was told.
    var toldUpTo: Int { isTold.lastIndex(of: true).map { $0 + 1 } ?? 0 }

    /// The first byte that is not TLS and that nobody was told of.
    var firstUntold: Int? {
        let tls = tls
        return isTold.indices.first { index in !isTold[index] && !tls.contains { $0.contains(index) } }
    }

    /// What a record keeps.
    var masked: [UInt8] { zip(bytes, isSecret).map { $1 ? Byte.mask : $0 } }
}
