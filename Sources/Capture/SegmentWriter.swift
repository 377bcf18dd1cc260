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
    /// Bytes of each session in `output`.
    private var inOutput: [UInt32: PerDirection<UInt64>] = [:]
    private var clientPorts: Set<ClientPort> = []
    private var portOf: [UInt32: ClientPort] = [:]
    private var failure: Int32 = 0
    private let report: @Sendable (String) -> Void

    /// A synthetic flow must be one session's own as long as it is open.
    private struct ClientPort: Hashable {
        var address: [UInt8]
        var port: UInt16
    }

    /// `output` is written whenever it has grown to this.
    private static let batch = 1 << 20

    init(store: Store, id: String, report: @escaping @Sendable (String) -> Void) {
        file = SegmentFile(
            store: store, writer: Timestamp.now().compactText + "-" + id, rotateAt: RecorderLimits.segment)
        self.report = report
    }

    /// The number of the segment that is written, 0 before the first.
    var segment: Int { file.number }

    mutating func write(_ items: [Recorder.Item]) {
        prepare()
        for item in items {
            take(item)
            if output.count >= Self.batch { flush() }
        }
        flush()
    }

    /// Tells that the sessions still open were left by mailtee, not by their peers.
    mutating func finish() {
        prepare()
        for (_, var track) in tracks {
            let event: Recorder.Event = .closed(.stopped)
            track.append(event, at: .now(), segment: file.number, to: &output) { _, _ in }
        }
        tracks = [:]
        flush()
        file.shut()
    }

    private mutating func take(_ item: Recorder.Item) {
        if case .opened(let facts) = item.event {
            let port = claimPort(for: facts)
            portOf[item.session] = port
            tracks[item.session] = SessionTrack(facts: facts, clientPort: port.port, segment: file.number)
        }
        guard var track = tracks.removeValue(forKey: item.session) else { return }
        track.append(item.event, at: item.time, segment: file.number, to: &output) { (buffer: ByteBuffer, take) in
            buffer.withUnsafeReadableBytes { raw in
                take(Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)))
            }
        }
        if case .bytes(let direction, let buffer) = item.event {
            inOutput[item.session, default: PerDirection(0)][direction] += UInt64(buffer.readableBytes)
        }
        if case .closed = item.event {
            if let port = portOf.removeValue(forKey: item.session) { clientPorts.remove(port) }
        } else {
            tracks[item.session] = track
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
        defer {
            output.removeAll(keepingCapacity: output.capacity <= 4 * Self.batch)
            inOutput.removeAll(keepingCapacity: true)
        }
        guard !output.isEmpty else { return }
        if failure != 0 { prepare() }
        let error = failure != 0 ? failure : file.append(output)
        guard error != 0 else { return prepareNext() }
        failed(error)
        for (session, counts) in inOutput { tracks[session]?.notWritten(counts) }
    }

    private mutating func prepareNext() {
        if file.size >= RecorderLimits.segment { prepare() }
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
