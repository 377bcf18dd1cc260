import Wire

/// Bytes that come one after another, of which the first are kept and all are counted.
struct KeptBytes: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var total: UInt64 = 0
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isFull: Bool { bytes.count >= limit }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        total += 1
        if bytes.count < limit { bytes.append(byte) }
    }

    mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
        total += UInt64(more.count)
        let room = limit - bytes.count
        if room > 0 { bytes.append(contentsOf: more.prefix(room)) }
    }

    mutating func appendLineEnd(isCRLF: Bool) {
        guard !isFull else { return count(isCRLF ? 2 : 1) }
        if isCRLF { append(Byte.cr) }
        append(Byte.lf)
    }

    /// Counts bytes that there is no room for.
    mutating func count(_ more: Int) { total += UInt64(more) }

    /// Takes back what came behind `mark`.
    mutating func cut(to mark: Mark) {
        total = mark.total
        if bytes.count > mark.kept { bytes.removeLast(bytes.count - mark.kept) }
    }

    var mark: Mark { Mark(kept: bytes.count, total: total) }

    struct Mark: Sendable {
        var kept: Int
        var total: UInt64
    }
}
