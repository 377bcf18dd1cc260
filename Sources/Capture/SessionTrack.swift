import Conversation
import Dialects
import Wire

/// One open session on its way into the record: its machine, which knows the secrets, and its flow. Belongs to the
/// recorder's thread.
final class SessionTrack {
    let facts: SessionFacts
    private var flow: SyntheticFlow
    private var dialect: Dialect
    /// The segment in which it was last spoken of; in another one it must be introduced again.
    private var segment: Int
    private var passed = PerDirection<UInt64>(0)
    private var lost = PerDirection<UInt64>(0)
    /// Bytes that are encoded and not yet on the disk.
    private var unwritten = PerDirection<UInt64>(0)
    private var isInOutput = false
    /// What was told of TLS so far.
    private var secured: [TLSFacts] = []
    /// nil as long as the peers do not compress what they say.
    private var inflation: SessionInflation?

    init(facts: SessionFacts, clientPort: UInt16, segment: Int) {
        self.facts = facts
        flow = SyntheticFlow(facts: facts, clientPort: clientPort)
        dialect = Dialect(facts.dialect)
        self.segment = segment
    }

    /// Appends the packets that stand for `event`, which is not one of bytes.
    func append(_ event: Recorder.Event, at time: Timestamp, segment current: Int, to output: inout [UInt8]) {
        speak(in: current, at: time, to: &output)
        switch event {
        case .opened:
            flow.appendPacket(
                to: &output, from: .client, flags: SyntheticFlow.synchronize, at: time, comment: facts.json)
            flow.appendPacket(
                to: &output, from: .server, flags: SyntheticFlow.synchronize | SyntheticFlow.acknowledge, at: time)
        case .bytes, .compressed: break
        case .tls(let facts):
            secured.append(facts)
            mark(.members(["tls": facts.json]), at: time, to: &output)
            guard facts.securesClient else { break }
            var sink = SecretSink()
            dialect.secured(at: time, into: &sink)
        case .lost(let direction, let count):
            inflation?.lost(direction) { why in remark(why, at: time, to: &output) }
            lose(count, from: direction, at: time)
        case .note(let note):
            mark(.members([note.kind.rawValue: .string(note.text)]), at: time, to: &output)
        case .halfClosed(let direction):
            tellLost(at: time, to: &output)
            flow.appendPacket(
                to: &output, from: direction, flags: SyntheticFlow.finish | SyntheticFlow.acknowledge, at: time,
                comment: .members(["halfClosed": .string(direction.rawValue)]))
        case .closed(let end):
            tellLost(at: time, to: &output)
            let comment = JSON.members(["end": .string(end.text)])
            if case .reset(let direction) = end {
                flow.appendPacket(
                    to: &output, from: direction, flags: SyntheticFlow.reset | SyntheticFlow.acknowledge, at: time,
                    comment: comment)
            } else {
                mark(comment, at: time, to: &output)
            }
        }
    }

    /// What was said in clear and what is said inside TLS are two connections to the eye: in one, replies as short as
    /// `+OK` are taken for TLS records by readers such as tshark.
    var needsFlowOfItsOwn: Bool { passed.client > 0 || passed.server > 0 }

    /// Goes on as another connection, from another port of the client's.
    func continueInside(clientPort: UInt16, at time: Timestamp, segment current: Int, to output: inout [UInt8]) {
        let outside = flow.clientPort
        flow = SyntheticFlow(facts: facts, clientPort: clientPort)
        segment = current
        flow.appendPacket(
            to: &output, from: .client, flags: SyntheticFlow.synchronize, at: time,
            comment: .members(["inside": .string(facts.id.text), "outside": .int(outside)]))
        flow.appendPacket(
            to: &output, from: .server, flags: SyntheticFlow.synchronize | SyntheticFlow.acknowledge, at: time)
    }

    /// True when asked for the first time since the output was written.
    var isFirstInOutput: Bool {
        defer { isInOutput = true }
        return !isInOutput
    }

    /// What was encoded has reached the disk, or never will.
    func outputWasWritten(_ isWritten: Bool) {
        defer {
            unwritten = PerDirection(0)
            isInOutput = false
        }
        guard !isWritten else { return }
        for direction in Direction.allCases {
            lost[direction] += unwritten[direction]
            passed[direction] -= min(passed[direction], unwritten[direction])
        }
        flow.takeBack(unwritten)
        // Its introduction may be among what is missing.
        segment = -1
    }

    /// Appends the packets that carry what is meant by `bytes`, secrets masked.
    func append(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, segment current: Int,
        to output: inout [UInt8]
    ) {
        speak(in: current, at: time, to: &output)
        tellLost(at: time, to: &output)
        guard inflation == nil else { return appendInflated(bytes, from: direction, at: time, to: &output) }
        guard direction == .server, dialect.awaitsCompression else {
            _ = appendMeant(bytes, from: direction, at: time, to: &output)
            return
        }
        // What the same read brings behind the line that agrees is compressed.
        var start = 0
        while start < bytes.count {
            let end = bytes.firstIndex(of: Byte.lf, from: start).map { $0 + 1 } ?? bytes.count
            let begins = appendMeant(bytes.extracting(start..<end), from: direction, at: time, to: &output)
            start = end
            guard begins else { continue }
            compressionBegins(at: time, to: &output)
            return appendInflated(bytes.extracting(start..<bytes.count), from: direction, at: time, to: &output)
        }
    }

    private func compressionBegins(at time: Timestamp, to output: inout [UInt8]) {
        inflation = SessionInflation()
        mark(.members([Self.compression: .string("DEFLATE")]), at: time, to: &output)
        var sink = SecretSink()
        dialect.inflated(at: time, into: &sink)
    }

    private func appendInflated(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, to output: inout [UInt8]
    ) {
        guard var inflation, bytes.count > 0 else { return }
        self.inflation = nil
        var failure: String?
        let missing = inflation.take(bytes, from: direction) { piece in
            _ = appendMeant(piece, from: direction, at: time, to: &output)
        } failed: { why in
            failure = why
        }
        self.inflation = inflation
        if let failure { remark(failure, at: time, to: &output) }
        if missing > 0 { lose(missing, from: direction, at: time) }
    }

    /// What in a comment says that the peers compress from here on.
    static let compression = "compression"

    private func lose(_ count: Int, from direction: Direction, at time: Timestamp) {
        var sink = SecretSink()
        dialect.lost(UInt64(count), from: direction, at: time, into: &sink)
        lost[direction] += UInt64(count)
    }

    private func remark(_ text: String, at time: Timestamp, to output: inout [UInt8]) {
        mark(.members([Note.Kind.remark.rawValue: .string(text)]), at: time, to: &output)
    }

    /// - Returns: true where compression begins behind these bytes.
    private func appendMeant(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, to output: inout [UInt8]
    ) -> Bool {
        var sink = SecretSink()
        dialect.received(bytes, from: direction, at: time, into: &sink)
        let count = bytes.count
        passed[direction] += UInt64(count)
        unwritten[direction] += UInt64(count)
        var boundaries = sink.boundaries[...]
        var start = 0
        while start < count {
            boundaries = boundaries.drop { $0 <= start }
            let end = min(start + SyntheticFlow.maximumPayload, boundaries.first ?? count, count)
            append(bytes, start..<end, secrets: sink.ranges, from: direction, at: time, to: &output)
            start = end
        }
        return sink.compressionBegins
    }

    private func append(
        _ bytes: Span<UInt8>, _ range: Range<Int>, secrets: [Range<Int>], from direction: Direction,
        at time: Timestamp, to output: inout [UInt8]
    ) {
        let flags = SyntheticFlow.push | SyntheticFlow.acknowledge
        flow.appendPacket(to: &output, from: direction, flags: flags, at: time, length: range.count) { output in
            let first = output.count
            output.append(bytes, range)
            for secret in secrets where secret.overlaps(range) {
                for index in secret.clamped(to: range) { output[first + index - range.lowerBound] = Byte.mask }
            }
        }
    }

    /// In a segment in which it has not been spoken of, the session is introduced again.
    private func speak(in current: Int, at time: Timestamp, to output: inout [UInt8]) {
        guard current != segment else { return }
        segment = current
        introduceAgain(at: time, to: &output)
    }

    private func introduceAgain(at time: Timestamp, to output: inout [UInt8]) {
        guard case .object(var members) = facts.json else { return }
        members.append(
            JSON.Member("continues", .members(["client": .int(passed.client), "server": .int(passed.server)])))
        if inflation != nil { members.append(JSON.Member(Self.compression, .string("DEFLATE"))) }
        if !secured.isEmpty { members.append(JSON.Member("tls", .array(secured.map(\.json)))) }
        mark(.object(members), at: time, to: &output)
    }

    private func tellLost(at time: Timestamp, to output: inout [UInt8]) {
        for direction in Direction.allCases where lost[direction] > 0 {
            let count = lost[direction]
            lost[direction] = 0
            flow.skip(Int(clamping: count), from: direction)
            passed[direction] += count
            mark(
                .members(["lost": .members(["from": .string(direction.rawValue), "count": .int(count)])]),
                at: time, to: &output)
        }
    }

    /// A packet without bytes, for its comment.
    private func mark(_ comment: JSON, at time: Timestamp, to output: inout [UInt8]) {
        flow.appendPacket(
            to: &output, from: .client, flags: SyntheticFlow.acknowledge, at: time, comment: comment)
    }
}
