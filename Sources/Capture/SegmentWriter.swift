import Conversation
import NIOCore
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns events into packets and packets into segments; lives on the recorder's thread.
struct SegmentWriter {
    private var file: SegmentFile
    private var tracks: [UInt32: SessionTrack] = [:]
    private var output: [UInt8] = []
    /// The sessions of which something is in `output`.
    private var inOutput: [SessionTrack] = []
    private var clientPorts: Set<ClientPort> = []
    private var portsOf: [UInt32: [ClientPort]] = [:]
    private var failure: Int32 = 0
    private let report: @Sendable (String) -> Void

    /// A synthetic flow must be one session's own as long as it is open.
    private struct ClientPort: Hashable {
        var address: [UInt8]
        var port: UInt16
    }

    /// `output` is written whenever it has grown to this.
    private static let batch = 1 << 20

    init(store: Store, id: String, segmentSize: Int, report: @escaping @Sendable (String) -> Void) {
        file = SegmentFile(
            store: store, writer: Timestamp.now().compactText + "-" + id, rotateAt: segmentSize)
        self.report = report
    }

    /// The number of the segment that is written, 0 before the first.
    var segment: Int { file.number }

    /// Writes a batch and leaves it empty.
    /// - Parameter written: told how many bytes of the conversations are dealt with.
    mutating func write(_ batch: inout EventBatch, written: (Int) -> Void) {
        guard !batch.isEmpty else { return }
        prepare()
        var bytes = 0
        batch.drain { item, copied, isLast in
            take(item, copied)
            bytes += item.bytes
            guard output.count >= Self.batch || isLast else { return }
            flush()
            written(bytes)
            bytes = 0
        }
    }

    /// Tells that the sessions still open were left by mailtee, not by their peers.
    mutating func finish() {
        prepare()
        for track in tracks.values {
            track.append(.closed(.stopped), at: .now(), segment: file.number, to: &output)
        }
        tracks = [:]
        flush()
        file.shut()
    }

    private mutating func take(_ item: EventBatch.Item, _ copied: Span<UInt8>) {
        if case .event(.opened(let facts)) = item.content {
            let port = claimPort(for: facts)
            portsOf[item.session] = [port]
            tracks[item.session] = SessionTrack(facts: facts, clientPort: port.port, segment: file.number)
        }
        guard let track = tracks[item.session] else { return }
        switch item.content {
        case .copied(let direction, _):
            track.append(copied, from: direction, at: item.time, segment: file.number, to: &output)
        case .event(.bytes(let direction, let buffer)):
            buffer.withUnsafeReadableBytes { raw in
                let bytes = Span<UInt8>(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self))
                track.append(bytes, from: direction, at: item.time, segment: file.number, to: &output)
            }
        case .event(let event):
            track.append(event, at: item.time, segment: file.number, to: &output)
            if case .tls(let facts) = event, facts.securesClient, track.needsFlowOfItsOwn {
                let port = claimPort(for: track.facts)
                portsOf[item.session, default: []].append(port)
                track.continueInside(
                    clientPort: port.port, at: item.time, segment: file.number, to: &output)
            }
        }
        if track.isFirstInOutput { inOutput.append(track) }
        if case .event(.closed) = item.content {
            tracks[item.session] = nil
            portsOf.removeValue(forKey: item.session).map { clientPorts.subtract($0) }
        }
    }

    private mutating func claimPort(for facts: SessionFacts) -> ClientPort {
        let real: UInt16 = if case .address(_, let port) = facts.client { port } else { 49_152 }
        var claim = ClientPort(address: SyntheticFlow.address(facts.client), port: real)
        for _ in 0..<UInt16.max {
            if clientPorts.insert(claim).inserted { return claim }
            claim.port = claim.port == .max ? 1024 : claim.port + 1
        }
        return claim
    }

    private mutating func prepare() {
        let error = file.prepare(at: .now())
        if error != 0 { failed(error) } else { recovered() }
    }

    private mutating func flush() {
        guard !output.isEmpty else { return }
        if failure != 0 { prepare() }
        let error = failure != 0 ? failure : file.append(output)
        for track in inOutput { track.outputWasWritten(error == 0) }
        inOutput.removeAll(keepingCapacity: true)
        output.removeAll(keepingCapacity: output.capacity <= 4 * Self.batch)
        if error != 0 { failed(error) } else { prepareNext() }
    }

    private mutating func prepareNext() {
        if file.size >= file.rotateAt { prepare() }
    }

    private mutating func failed(_ error: Int32) {
        guard failure != error else { return }
        failure = error
        report(
            "cannot record to \(file.store.segmentsPath): \(String(cString: strerror(error))). Conversations go on and "
                + "what is not recorded is counted. Free space there, or start again with --store DIR.")
    }

    private mutating func recovered() {
        guard failure != 0 else { return }
        failure = 0
        report("recording to \(file.store.segmentsPath) works again.")
    }
}
