import Wire

/// What one side of a connection says, put into its order (RFC 9293 §3.4): what came twice counts once, what came early
/// waits. Where bytes overlap the first that came count.
struct TCPStream {
    /// A piece that waits for what comes before it, in this direction or in the other.
    struct Piece {
        var sequence: UInt32
        var bytes: [UInt8]
        /// Bytes behind those that passed and were not captured.
        var missing: Int
        var isFinished: Bool
        /// What its sender had heard of the other side by then.
        var acknowledged: UInt32?
        var nanoseconds: Int64

        var length: Int { bytes.count + missing }
    }

    /// Of the next byte; nil before anything was seen of this side.
    private(set) var next: UInt32?
    /// In the order of their sequence numbers.
    private(set) var waiting: [Piece] = []
    private(set) var waitingBytes = 0
    private(set) var hasEnded = false

    /// Bytes from the next one to `sequence`, less than zero where that lies behind.
    func distance(to sequence: UInt32) -> Int {
        next.map { Int(Int32(bitPattern: sequence &- $0)) } ?? 0
    }

    mutating func begin(at sequence: UInt32) {
        next = sequence
    }

    /// So many bytes were told, or passed by.
    mutating func advance(_ count: Int) {
        next = next.map { $0 &+ UInt32(truncatingIfNeeded: count) }
    }

    mutating func end() {
        hasEnded = true
        waiting = []
        waitingBytes = 0
    }

    /// - Returns: false where there is no more room.
    mutating func keep(_ piece: Piece) -> Bool {
        guard waiting.count < ImportLimits.pieces, waitingBytes + piece.bytes.count <= ImportLimits.outOfOrder else {
            return false
        }
        waitingBytes += piece.bytes.count
        let place = distance(to: piece.sequence)
        var index = waiting.count
        while index > 0, distance(to: waiting[index - 1].sequence) > place { index -= 1 }
        waiting.insert(piece, at: index)
        return true
    }

    /// The first piece that begins at the next byte or before, and is wanted.
    func firstDue(where isWanted: (Piece) -> Bool) -> Int? {
        var index = 0
        while index < waiting.count, distance(to: waiting[index].sequence) <= 0 {
            if isWanted(waiting[index]) { return index }
            index += 1
        }
        return nil
    }

    mutating func remove(at index: Int) -> Piece? {
        guard waiting.indices.contains(index) else { return nil }
        let piece = waiting.remove(at: index)
        waitingBytes -= piece.bytes.count
        return piece
    }
}
