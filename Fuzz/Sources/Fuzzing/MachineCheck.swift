import Conversation
import Dialects
import Wire

/// Holds a machine to its promises over any conversation:
///
/// - what it tells does not depend on how the bytes were cut;
/// - what it tells stands where it says, each byte that is not TLS is told once, and the secrets are neither CR nor LF;
/// - a sink without text, which is what a recorder has, hears the same secrets;
/// - told by the masked bytes, which is what a record holds, it tells the same.
public struct MachineCheck {
    private let dialect: DialectName

    public init(_ dialect: DialectName) {
        self.dialect = dialect
    }

    public func show(_ input: [UInt8]) -> String { Script(input).text(dialect) }

    public func check(_ input: [UInt8]) throws(Violation) { try check(Script(input)) }

    public func check(_ script: Script) throws(Violation) {
        let whole = try hear(script.turns, .whole, "heard whole")
        for (cuts, name) in [(Cuts.bytes, "heard byte by byte"), (script.cuts, "heard in pieces")] {
            let told = try hear(script.turns, cuts, name)
            try expectSame(told.events, whole.events, name)
            for direction in Direction.allCases where told.said[direction].isSecret != whole.said[direction].isSecret {
                throw Violation("\(name), other bytes of the \(direction) are secret")
            }
        }
        try hearSecretsAlone(script, whole)
        let masked = try hear(Self.masked(script.turns, whole.said), .whole, "heard masked")
        try expectSame(masked.events.map(\.withoutSecretFrom), whole.events.map(\.withoutSecretFrom), "heard masked")
    }

    private func hear(_ turns: [Script.Turn], _ cuts: Cuts, _ name: String) throws(Violation) -> Told {
        var machine = Dialect(dialect)
        var told = Told()
        let time = Timestamp(nanoseconds: 0)
        for turn in turns {
            switch turn {
            case .said(let direction, let bytes):
                for piece in cuts.pieces(of: bytes) {
                    told.willFeed(piece, from: direction)
                    machine.received(piece.span, from: direction, at: time, into: &told)
                }
            case .lost(let direction, let count):
                machine.lost(count, from: direction, at: time, into: &told)
                told.willMiss(count, from: direction)
            case .secured:
                machine.secured(at: time, into: &told)
                told.didSecure()
            }
        }
        machine.finished(at: time, into: &told)
        told.didFinish()
        if let violation = told.violation { throw Violation("\(name): \(violation)") }
        return told
    }

    private func expectSame(_ told: [Told.Event], _ whole: [Told.Event], _ name: String) throws(Violation) {
        guard told != whole else { return }
        let index =
            zip(told, whole).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(told.count, whole.count)
        func event(_ events: [Told.Event]) -> String { index < events.count ? events[index].short : "nothing" }
        throw Violation("\(name), event \(index) is\n    \(event(told))\nand not, as heard whole,\n    \(event(whole))")
    }

    private func hearSecretsAlone(_ script: Script, _ whole: Told) throws(Violation) {
        var machine = Dialect(dialect)
        var sink = SecretsAlone()
        let time = Timestamp(nanoseconds: 0)
        for turn in script.turns {
            switch turn {
            case .said(let direction, let bytes):
                for piece in script.cuts.pieces(of: bytes) {
                    sink.willFeed(piece, from: direction)
                    machine.received(piece.span, from: direction, at: time, into: &sink)
                }
            case .lost(let direction, let count): machine.lost(count, from: direction, at: time, into: &sink)
            case .secured: machine.secured(at: time, into: &sink)
            }
        }
        for direction in Direction.allCases where sink.isSecret[direction] != whole.said[direction].isSecret {
            throw Violation("a sink without text hears other secrets of the \(direction)")
        }
    }

    private static func masked(_ turns: [Script.Turn], _ said: PerDirection<Said>) -> [Script.Turn] {
        var rest = PerDirection(client: said.client.masked[...], server: said.server.masked[...])
        return turns.map { turn in
            guard case .said(let direction, let bytes) = turn else { return turn }
            defer { rest[direction] = rest[direction].dropFirst(bytes.count) }
            return .said(direction, Array(rest[direction].prefix(bytes.count)))
        }
    }
}

/// What a recorder listens with.
private struct SecretsAlone: ConversationSink {
    static var wantsText: Bool { false }

    private(set) var isSecret = PerDirection<[Bool]>([])
    private var direction = Direction.client
    private var base = 0

    mutating func willFeed(_ piece: ArraySlice<UInt8>, from direction: Direction) {
        self.direction = direction
        base = isSecret[direction].count
        isSecret[direction] += repeatElement(false, count: piece.count)
    }

    mutating func secret(_ range: Range<Int>) {
        for index in range where isSecret[direction].indices.contains(base + index) {
            isSecret[direction][base + index] = true
        }
    }
}

extension Told.Event {
    /// Where a secret begins is not to be seen once it is masked, and need not be.
    fileprivate var withoutSecretFrom: Told.Event {
        guard case .utterance(var utterance) = self else { return self }
        utterance.secretFrom = nil
        return .utterance(utterance)
    }
}
