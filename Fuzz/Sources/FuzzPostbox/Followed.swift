import Conversation
import Dialects
import Fuzzing
import Postbox
import Wire

/// A session of a service and the machine that follows it.
struct Followed<Of: Service> {
    private var session: Session<Of>
    private var machine: Dialect
    private var heard = Heard()
    private(set) var lastAnswer: [UInt8]

    private static var time: Timestamp { Timestamp(nanoseconds: 0) }

    init(_ service: Of, _ dialect: DialectName) {
        session = Session(service)
        machine = Dialect(dialect)
        lastAnswer = session.greeting
        hear(lastAnswer)
    }

    var isOver: Bool { session.isOver }

    mutating func say(_ line: ArraySlice<UInt8>) {
        machine.received(line.span, from: .client, at: Self.time, into: &heard)
        lastAnswer = session.answer(line)
        hear(lastAnswer)
    }

    private mutating func hear(_ answer: [UInt8]) {
        machine.received(answer.span, from: .server, at: Self.time, into: &heard)
    }

    /// The client says no more, maybe in the middle of a chunk, which is answered at its end.
    mutating func finish() throws(Violation) {
        heard.isInChunk = true
        machine.finished(at: Self.time, into: &heard)
        try expectAnswered()
    }

    mutating func takeMessages() -> [Heard.Message] {
        defer { heard.messages = [] }
        return heard.messages
    }

    /// Every command has its one answer, and every answer its command.
    func expectAnswered() throws(Violation) {
        if let what = heard.odd { throw Violation(what) }
    }
}
