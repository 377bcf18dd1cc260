import Capture
import Conversation

/// Reads the packets of one session from where they stand.
struct SessionReader {
    let store: Store
    let session: SessionID
    let extents: [Extent]

    /// All its packets, in order.
    func packets(_ body: (CapturedPacket, SegmentName) -> Void) {
        read { packet, _, segment in body(packet, segment) }
    }

    /// All its events, in order.
    func events(_ body: (RecordedEvent) -> Void) {
        read { packet, events, _ in events.forEach(body) }
    }

    private func read(_ body: (CapturedPacket, [RecordedEvent], SegmentName) -> Void) {
        // The first packet of the first extent introduces the session; others that are met on the way are passed by.
        var reader = RecordReader()
        for extent in extents {
            guard var file = PcapngReader(path: store.path(of: extent.segment), from: extent.first) else { continue }
            while let packet = file.next(), packet.position <= extent.last {
                let isOurs = reader.session(of: packet) == session
                let events = reader.events(of: packet)
                if isOurs { body(packet, events, extent.segment) }
            }
        }
    }
}
