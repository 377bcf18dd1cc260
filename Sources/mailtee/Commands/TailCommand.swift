import Archive
import ArgumentParser
import Capture
import Conversation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "What is said from now on, as it is said; of one session or of all.")

    @OptionGroup var store: StoreOption
    @Option(help: "rs or cs instead of arrows and times.")
    var notation: Notation?
    @Argument(help: "An id, its beginning or end, or latest; else all sessions.")
    var session: String?

    /// How often we look for more, in microseconds.
    private static let interval: UInt32 = 50_000

    func run() throws {
        let opened = try Store(creating: store.path)
        let wanted = try session.map { try Archive(opened).find($0).summary.facts.id }
        let follower = Follower(opened)
        var heard: [SessionID: (Replay<TextTranscript>, TextTranscript)] = [:]
        var isPast = true
        while true {
            follower.advance { recorded in
                if let wanted, recorded.session != wanted { return }
                hear(recorded, &heard, isPast: isPast)
            }
            isPast = false
            usleep(Self.interval)
        }
    }

    private func hear(
        _ recorded: RecordedEvent, _ heard: inout [SessionID: (Replay<TextTranscript>, TextTranscript)], isPast: Bool
    ) {
        if case .opened(let facts) = recorded.event, heard[facts.id] == nil {
            let mark = String(facts.id.text.suffix(4))
            // One session that was asked for is shown from its beginning; of the others, what comes from now on.
            let gate = Gate(isOpen: !isPast || session != nil)
            let transcript = TextTranscript(notation: notation, fold: false, started: facts.started) { line in
                if gate.isOpen { Output.line(session == nil ? "\(mark) \(line)" : line) }
            }
            heard[facts.id] = (Replay(facts), transcript)
            if gate.isOpen { Output.line(TextTranscript.heading(SessionSummary(facts: facts))) }
            gates.gates[facts.id] = gate
            return
        }
        guard var (replay, transcript) = heard.removeValue(forKey: recorded.session) else { return }
        if !isPast { gates.gates[recorded.session]?.isOpen = true }
        replay.hear(recorded, into: &transcript)
        transcript.aside(recorded)
        if case .closed = recorded.event {
            gates.gates[recorded.session] = nil
        } else {
            heard[recorded.session] = (replay, transcript)
        }
    }

    private final class Gate {
        var isOpen: Bool
        init(isOpen: Bool) { self.isOpen = isOpen }
    }

    private final class Gates {
        var gates: [SessionID: Gate] = [:]
    }

    private let gates = Gates()

    private enum CodingKeys: CodingKey {
        case store, notation, session
    }
}
