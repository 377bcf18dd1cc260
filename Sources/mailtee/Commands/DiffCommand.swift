import Archive
import ArgumentParser
import Compare
import Conversation
import Wire

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Two sessions beside each other: what only one says, what is answered otherwise.",
        discussion: """
            Exchanges are set beside each other, not lines: it worked yesterday and fails today, or in this client and
            not in that one. Tags, dates, message ids, boundaries and ids of queues are taken for equal.
            Exit codes: 0 the same; 2 they differ; 1 something went wrong.
            """)

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object.")
    var json = false
    @Flag(name: .shortAndLong, help: "Leave out what is the same.")
    var brief = false
    @Argument(help: "An id, its beginning or end, or latest.")
    var first: String
    @Argument(help: "Another.")
    var second: String

    func run() throws {
        let archive = try store.archive()
        let (one, other) = (try archive.find(first), try archive.find(second))
        func outline(_ summary: SessionSummary) throws -> SessionOutline {
            var outline = SessionOutline(summary.facts.dialect)
            try archive.replay(summary, into: &outline)
            return outline
        }
        let comparison = SessionComparison(try outline(one), try outline(other))
        if json {
            Output.line(DiffText.json(comparison, one, other).text)
        } else {
            Output.line(Style.refusal("- ") + TextTranscript.heading(one))
            Output.line(Style.server("+ ") + TextTranscript.heading(other))
            DiffText.lines(comparison, brief: brief).forEach { Output.line($0) }
            let ends = [one, other].map { $0.end?.text ?? "open" }
            if ends[0] != ends[1] { Output.line("  end: \(ends[0]) | \(ends[1])") }
        }
        if !comparison.isSame || one.end != other.end { throw ExitCode(2) }
    }
}
