import Archive
import Capture
import Conversation

/// One session on the screen, each line marked with the end of its id where there are others.
final class Voice {
    private let facts: SessionFacts
    private var replay: Replay<TextTranscript>
    private var transcript: TextTranscript
    private let output: Lines
    private(set) var isOver = false

    private final class Lines {
        let mark: String
        /// How many lines are kept back; nil where each is printed at once.
        var limit: Int?
        var kept: [String] = []

        init(mark: String) {
            self.mark = mark
        }

        func line(_ text: String) {
            guard let limit else { return Output.line(mark + text) }
            kept.append(mark + text)
            if kept.count > limit { kept.removeFirst() }
        }
    }

    init(_ facts: SessionFacts, notation: Notation?, isAlone: Bool) {
        self.facts = facts
        let output = Lines(mark: isAlone ? "" : "\(facts.id.text.suffix(4)) ")
        self.output = output
        replay = Replay(facts)
        transcript = TextTranscript(notation: notation, fold: false, started: facts.started) { output.line($0) }
    }

    func introduce() {
        output.line(TextTranscript.heading(SessionSummary(facts: facts)))
    }

    /// From here on lines are kept, the last ones only, and not printed.
    func keep(last limit: Int) {
        output.limit = limit
    }

    /// Prints what was kept, and each line from here on.
    func speakUp() {
        output.limit = nil
        output.kept.forEach { Output.line($0) }
        output.kept = []
    }

    func hear(_ recorded: RecordedEvent) {
        replay.hear(recorded, into: &transcript)
        transcript.aside(recorded)
        if case .closed = recorded.event { isOver = true }
    }
}
