import Conversation
import Dialects
import Wire

/// One open session on its way into the record: its machine, which knows the secrets, and its flow.
struct SessionTrack {
    let facts: SessionFacts
    private var flow: SyntheticFlow
    private var dialect: Dialect
    /// The segment in which it was last spoken of; in another one it must be introduced again.
    private var segment: Int
    private var passed = PerDirection<UInt64>(0)
    private var lost = PerDirection<UInt64>(0)

    init(facts: SessionFacts, clientPort: UInt16, segment: Int) {
        self.facts = facts
        flow = SyntheticFlow(facts: facts, clientPort: clientPort)
        dialect = Dialect(facts.dialect)
        self.segment = segment
    }

    /// Appends the packets that stand for `event`. `bytes` gives the bytes of an event that has some.
    mutating func append<Bytes>(
        _ event: SessionEvent<Bytes>, at time: Timestamp, segment current: Int, to output: inout [UInt8],
        bytes: (Bytes, (Span<UInt8>) -> Void) -> Void
    ) {
        if current != segment {
            segment = current
            introduceAgain(at: time, to: &output)
        }
        switch event {
        case .opened:
            flow.appendPacket(
                to: &output, from: .client, flags: SyntheticFlow.synchronize, at: time, comment: facts.json)
            flow.appendPacket(
                to: &output, from: .server, flags: SyntheticFlow.synchronize | SyntheticFlow.acknowledge, at: time)
        case .bytes(let direction, let payload):
            tellLost(at: time, to: &output)
            bytes(payload) { append($0, from: direction, at: time, to: &output) }
        case .lost(let direction, let count):
            var sink = SecretSink()
            dialect.lost(UInt64(count), from: direction, at: time, into: &sink)
            lost[direction] += UInt64(count)
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

    /// These bytes were encoded and never reached the disk.
    mutating func notWritten(_ counts: PerDirection<UInt64>) {
        lost.client += counts.client
        lost.server += counts.server
        passed.client -= min(passed.client, counts.client)
        passed.server -= min(passed.server, counts.server)
        flow.takeBack(counts)
        // Its introduction may be among what is missing.
        segment = -1
    }

    private mutating func append(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, to output: inout [UInt8]
    ) {
        var sink = SecretSink()
        dialect.received(bytes, from: direction, at: time, into: &sink)
        passed[direction] += UInt64(bytes.count)
        var boundaries = sink.boundaries[...]
        var start = 0
        while start < bytes.count {
            boundaries = boundaries.drop { $0 <= start }
            let end = min(start + SyntheticFlow.maximumPayload, boundaries.first ?? bytes.count, bytes.count)
            var first = 0
            flow.appendPacket(
                to: &output, from: direction, flags: SyntheticFlow.push | SyntheticFlow.acknowledge, at: time,
                length: end - start
            ) { output in
                first = output.count
                bytes.withUnsafeBufferPointer { output.append(contentsOf: $0[start..<end]) }
            }
            for secret in sink.ranges where secret.lowerBound < end && secret.upperBound > start {
                for index in max(secret.lowerBound, start)..<min(secret.upperBound, end) {
                    output[first + index - start] = Byte.mask
                }
            }
            start = end
        }
    }

    private mutating func introduceAgain(at time: Timestamp, to output: inout [UInt8]) {
        guard case .object(var members) = facts.json else { return }
        members.append(
            JSON.Member("continues", .members(["client": .int(passed.client), "server": .int(passed.server)])))
        mark(.object(members), at: time, to: &output)
    }

    private mutating func tellLost(at time: Timestamp, to output: inout [UInt8]) {
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
    private mutating func mark(_ comment: JSON, at time: Timestamp, to output: inout [UInt8]) {
        flow.appendPacket(
            to: &output, from: .client, flags: SyntheticFlow.acknowledge, at: time, comment: comment)
    }
}

/// Hears nothing but which bytes are secret, and where packets begin.
struct SecretSink: ConversationSink {
    static var wantsText: Bool { false }
    var ranges: [Range<Int>] = []
    /// In rising order.
    var boundaries: [Int] = []

    mutating func boundary(at index: Int) {
        if boundaries.last != index { boundaries.append(index) }
    }

    mutating func secret(_ range: Range<Int>) {
        ranges.append(range)
    }
}
