import Archive
import Capture
import Conversation
import Lint

/// One session on the screen, each line marked with the end of its id where there are others.
final class Voice {
    private let facts: SessionFacts
    private var replay: Replay<TextTranscript>
    private var transcript: TextTranscript
    private var judge: (replay: Replay<Linter>, linter: Linter)?
    private let language: Language
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

    /// - Parameter lint: what the rules have to know; nil asks none of them.
    init(
        _ facts: SessionFacts, notation: Notation?, isAlone: Bool, lint: LintContext?, language: Language = .en
    ) {
        self.facts = facts
        self.language = language
        judge = lint.map { (Replay(facts), Linter($0)) }
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
        judged(recorded)
    }

    /// Tells what the rules find in what was said now, and in the end what came of it all.
    private func judged(_ recorded: RecordedEvent) {
        guard var judge else { return }
        self.judge = nil
        judge.replay.hear(recorded, into: &judge.linter)
        judge.linter.hear(recorded.event, at: recorded.at)
        let report = isOver ? judge.linter.finish() : nil
        for finding in judge.linter.takeNews() {
            transcript.flush()
            FindingsText.lines(finding, since: facts.started, language).forEach(output.line)
        }
        if let verdict = report?.verdict {
            transcript.flush()
            output.line(FindingsText.line(verdict, language))
        }
        if !isOver { self.judge = judge }
    }
}
