import Capture
import Conversation
import Dialects
import Fuzzing

/// The sessions of a segment, each followed by its machine as whoever reads a record does.
enum Sessions {
    static func follow(_ packets: [CapturedPacket]) throws(Violation) {
        var reader = RecordReader()
        var machines: [SessionID: Dialect] = [:]
        var sink = Nobody()
        for packet in packets {
            let session = reader.session(of: packet)
            for recorded in reader.events(of: packet) {
                guard recorded.session == session else {
                    throw Violation(
                        "session \(recorded.session) of a packet that belongs to \(session?.text ?? "none")")
                }
                guard recorded.position == packet.position, recorded.at.nanoseconds == packet.nanoseconds else {
                    throw Violation("an event that does not stand where its packet does")
                }
                // In place, since a machine holds what it has gathered.
                switch recorded.event {
                case .opened(let facts): machines[facts.id] = machines[facts.id] ?? Dialect(facts.dialect)
                case .bytes(let direction, let bytes):
                    machines[recorded.session]?.received(bytes.span, from: direction, at: recorded.at, into: &sink)
                case .lost(let direction, let count):
                    guard count >= 0 else { throw Violation("\(count) bytes lost") }
                    machines[recorded.session]?.lost(UInt64(count), from: direction, at: recorded.at, into: &sink)
                case .closed: machines.removeValue(forKey: recorded.session)?.end(at: recorded.at, into: &sink)
                case .tls(let facts):
                    if facts.securesClient { machines[recorded.session]?.secured(at: recorded.at, into: &sink) }
                case .compressed: machines[recorded.session]?.inflated(at: recorded.at, into: &sink)
                case .note, .halfClosed: break
                }
            }
        }
        for (_, machine) in machines { machine.end(at: Timestamp(nanoseconds: 0), into: &sink) }
    }
}

extension Dialect {
    fileprivate consuming func end(at time: Timestamp, into sink: inout Nobody) {
        finished(at: time, into: &sink)
    }
}

private struct Nobody: ConversationSink {}
