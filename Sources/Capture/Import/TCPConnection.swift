import Wire

/// Takes what was said in a connection, in order.
protocol TCPSink {
    mutating func said(_ bytes: Span<UInt8>, by side: Int, at nanoseconds: Int64)
    /// So many bytes are missing here.
    mutating func missed(_ count: Int, by side: Int, at nanoseconds: Int64)
    /// The side says nothing more.
    mutating func finished(_ side: Int, at nanoseconds: Int64)
}

/// Puts what both sides of a connection said into one order: each side's bytes by their sequence numbers, and what a side
/// said after what it had heard by then, as its acknowledgements tell. What is missing is waited for as long as it can
/// still come, then told.
struct TCPConnection {
    /// How long, and for how many packets, a piece waits for what should have come before it.
    private static let patience: Int64 = 2_000_000_000
    private static let patiencePackets = 256

    /// By side: that of the lower end of the key first.
    private var streams = InlineArray<2, TCPStream>(repeating: TCPStream())
    /// The packet since which all that waits has waited: its number in this connection, and its time.
    private var waitingSince: (packet: Int, nanoseconds: Int64)?
    private var packets = 0

    /// Bytes that wait.
    var waitingBytes: Int { streams[0].waitingBytes + streams[1].waitingBytes }
    var hasEnded: Bool { streams[0].hasEnded && streams[1].hasEnded }

    /// Takes a packet that `side` said.
    mutating func take<Sink: TCPSink>(
        _ packet: TCPPacket, of side: Int, _ bytes: Span<UInt8>, at nanoseconds: Int64,
        into sink: inout Sink
    ) {
        packets += 1
        let first = packet.sequence &+ (packet.isSynchronizing ? 1 : 0)
        if streams[side].next == nil { streams[side].begin(at: first) }
        let length = packet.payload.count + packet.missing
        guard length > 0 || packet.isFinished, !streams[side].hasEnded else {
            return look(at: nanoseconds, into: &sink)
        }
        let distance = streams[side].distance(to: first)
        // All of it was heard before.
        guard distance + length + (packet.isFinished ? 1 : 0) > 0 else { return }
        if distance <= 0, isHeard(packet.acknowledged, by: side), streams[side].waiting.isEmpty {
            tell(
                bytes.extracting(packet.payload), missing: packet.missing, after: -distance,
                isFinished: packet.isFinished, of: side, at: nanoseconds, into: &sink)
        } else {
            let piece = TCPStream.Piece(
                sequence: first, bytes: bytes.copy(packet.payload), missing: packet.missing,
                isFinished: packet.isFinished, acknowledged: packet.acknowledged, nanoseconds: nanoseconds)
            if waitingSince == nil { waitingSince = (packets, nanoseconds) }
            if !streams[side].keep(piece) {
                giveUp(at: nanoseconds, into: &sink)
                if !streams[side].keep(piece) { return }
            }
        }
        look(at: nanoseconds, into: &sink)
    }

    /// Nothing more comes: tells what waits, and what is missing before it.
    mutating func giveUp<Sink: TCPSink>(at nanoseconds: Int64, into sink: inout Sink) {
        while true {
            tellWaiting(into: &sink)
            // The piece that came first is the one that waits in vain.
            let sides = [0, 1].filter { !streams[$0].waiting.isEmpty }
            guard let side = sides.min(by: { earliest($0) < earliest($1) }), let piece = streams[side].waiting.first
            else {
                break
            }
            if let acknowledged = piece.acknowledged, !isHeard(acknowledged, by: side) {
                skip(to: acknowledged, of: 1 - side, at: piece.nanoseconds, into: &sink)
            }
            skip(to: piece.sequence, of: side, at: piece.nanoseconds, into: &sink)
        }
        waitingSince = nil
    }

    private func earliest(_ side: Int) -> Int64 { streams[side].waiting.first?.nanoseconds ?? .max }

    /// Tells what can be told by now.
    private mutating func look<Sink: TCPSink>(at nanoseconds: Int64, into sink: inout Sink) {
        guard var since = waitingSince else { return }
        if tellWaiting(into: &sink) {
            since = (packets, nanoseconds)
            waitingSince = since
        }
        guard !(streams[0].waiting.isEmpty && streams[1].waiting.isEmpty) else {
            waitingSince = nil
            return
        }
        let (waited, overflow) = nanoseconds.subtractingReportingOverflow(since.nanoseconds)
        if overflow || waited > Self.patience || packets - since.packet > Self.patiencePackets {
            giveUp(at: nanoseconds, into: &sink)
        }
    }

    /// What the other side had said up to `acknowledged` is told, or was never seen at all.
    private func isHeard(_ acknowledged: UInt32?, by side: Int) -> Bool {
        guard let acknowledged, !streams[1 - side].hasEnded, let next = streams[1 - side].next else { return true }
        let ahead = Int(Int32(bitPattern: acknowledged &- next))
        // An acknowledgement of what lies far ahead is one of another connection, or of nothing.
        return ahead <= 0 || ahead > 1 << 30
    }

    /// - Returns: true where there was something to tell.
    @discardableResult
    private mutating func tellWaiting<Sink: TCPSink>(into sink: inout Sink) -> Bool {
        var hasTold = false
        while tellNext(of: 0, into: &sink) || tellNext(of: 1, into: &sink)
            || tellWhatWasHeard(of: 0, isPart: true, into: &sink) || tellWhatWasHeard(of: 1, isPart: true, into: &sink)
            || tellWhatWasHeard(of: 0, isPart: false, into: &sink)
            || tellWhatWasHeard(of: 1, isPart: false, into: &sink)
        {
            hasTold = true
        }
        return hasTold
    }

    /// Tells a piece of `side` that has its turn, if there is one.
    private mutating func tellNext<Sink: TCPSink>(of side: Int, into sink: inout Sink) -> Bool {
        guard
            let index = streams[side].firstDue(where: { isHeard($0.acknowledged, by: side) }),
            let piece = streams[side].remove(at: index)
        else { return false }
        tell(
            piece.bytes.span, missing: piece.missing, after: -streams[side].distance(to: piece.sequence),
            isFinished: piece.isFinished, of: side, at: piece.nanoseconds, into: &sink)
        return true
    }

    /// A piece may hold old bytes and new ones, sent again together, and acknowledge what came between. What the other side
    /// has acknowledged of it was said before.
    /// - Parameter isPart: only where that is not all of it: where the sides wait for each other, such a piece is the one
    ///   that was sent again.
    private mutating func tellWhatWasHeard<Sink: TCPSink>(
        of side: Int, isPart: Bool, into sink: inout Sink
    ) -> Bool {
        guard let index = streams[side].firstDue(where: { _ in true }),
            let heard = streams[1 - side].firstDue(where: { _ in true })
        else { return false }
        let piece = streams[side].waiting[index]
        guard let acknowledged = streams[1 - side].waiting[heard].acknowledged else { return false }
        let known = -streams[side].distance(to: piece.sequence)
        let end = min(known + streams[side].distance(to: acknowledged), piece.bytes.count)
        guard known < end, !isPart || end < piece.bytes.count else { return false }
        sink.said(piece.bytes.span.extracting(known..<end), by: side, at: piece.nanoseconds)
        streams[side].advance(end - known)
        return true
    }

    /// Tells a piece without its first `known` bytes, which were told before.
    private mutating func tell<Sink: TCPSink>(
        _ bytes: Span<UInt8>, missing: Int, after known: Int, isFinished: Bool, of side: Int, at nanoseconds: Int64,
        into sink: inout Sink
    ) {
        let known = max(0, known)
        if known < bytes.count {
            sink.said(bytes.extracting(known..<bytes.count), by: side, at: nanoseconds)
            streams[side].advance(bytes.count - known)
        }
        let left = min(missing, bytes.count + missing - known)
        if left > 0 {
            sink.missed(left, by: side, at: nanoseconds)
            streams[side].advance(left)
        }
        if isFinished, known <= bytes.count + missing {
            sink.finished(side, at: nanoseconds)
            streams[side].end()
        }
    }

    private mutating func skip<Sink: TCPSink>(
        to sequence: UInt32, of side: Int, at nanoseconds: Int64, into sink: inout Sink
    ) {
        let count = streams[side].distance(to: sequence)
        guard count > 0, !streams[side].hasEnded else { return }
        sink.missed(count, by: side, at: nanoseconds)
        streams[side].advance(count)
    }
}
