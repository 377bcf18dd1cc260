import Conversation

/// A capture file of one session, made of the packets that stand in the segments.
public struct SegmentCopy {
    public init() {}

    /// What the file begins with.
    public func head() -> [UInt8] {
        var output: [UInt8] = []
        Pcapng.appendHead(to: &output, application: "mailtee")
        return output
    }

    /// The packet as a block of the file.
    public func block(of packet: CapturedPacket) -> [UInt8] {
        var output: [UInt8] = []
        Pcapng.appendPacket(
            to: &output, at: packet.nanoseconds, length: packet.data.count, comment: packet.comment
        ) { $0 += packet.data }
        return output
    }
}
