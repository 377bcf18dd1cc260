/// A TCP segment in a frame (RFC 9293 §3.1).
struct TCPPacket: Sendable {
    var source: FlowEnd
    var destination: FlowEnd
    var sequence: UInt32
    var acknowledged: UInt32?
    var isSynchronizing: Bool
    var isFinished: Bool
    var isReset: Bool
    /// Where what it says stands in the bytes given.
    var payload: Range<Int>
    /// Bytes of it that passed and were not captured.
    var missing: Int

    /// - Parameters:
    ///   - bytes: the frame, or a datagram put together.
    ///   - range: where the segment stands in it.
    /// - Returns: nil where the header is cut off or says what cannot be.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>, hosts: IPPacket.Hosts, missing: Int) {
        let start = range.lowerBound
        guard range.count >= 20 else { return nil }
        let head = Int(bytes[start + 12] >> 4) * 4
        guard head >= 20, head <= range.count else { return nil }
        source = FlowEnd(high: hosts.source.high, low: hosts.source.low, port: bytes.big16(start))
        destination = FlowEnd(high: hosts.destination.high, low: hosts.destination.low, port: bytes.big16(start + 2))
        sequence = bytes.big32(start + 4)
        let flags = bytes[start + 13]
        acknowledged = flags & SyntheticFlow.acknowledge != 0 ? bytes.big32(start + 8) : nil
        isSynchronizing = flags & SyntheticFlow.synchronize != 0
        isFinished = flags & SyntheticFlow.finish != 0
        isReset = flags & SyntheticFlow.reset != 0
        payload = (start + head)..<range.upperBound
        self.missing = missing
    }
}
