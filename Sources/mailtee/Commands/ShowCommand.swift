import Archive
import ArgumentParser
import Capture
import Conversation
import Lint
import Wire

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A session, line by line, with times.")

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object.")
    var json = false
    @Option(help: "rs, as RFC 821 and the log of 1997 have it, or cs, as RFC 5321 does.")
    var notation: Notation?
    @Flag(help: "Leave the text of messages out.")
    var fold = false
    @OptionGroup var language: LanguageOption
    @Flag(help: "Leave findings and verdict out.")
    var bare = false
    @Argument(help: "An id, its beginning or end, or latest.")
    var session: String = "latest"

    func run() throws {
        let archive = try store.archive()
        let summary = try archive.find(session)
        let report = bare || (notation != nil && !json) ? nil : try archive.lint(summary)
        if json {
            var sink = JSONTranscript()
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
            Output.line(sink.object(summary, report, language.language).text)
        } else {
            let started = summary.facts.started
            var sink = TextTranscript(
                notation: notation, fold: fold, started: started,
                findings: FindingsBeside(report?.findings ?? [], since: started, language.language)
            ) {
                Output.line($0)
            }
            if notation == nil { Output.line(TextTranscript.heading(summary)) }
            if let verdict = report?.verdict { Output.line(FindingsText.line(verdict, language.language)) }
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
            sink.flush()
            sink.rest().forEach { Output.line($0) }
        }
    }
}

enum Notation: String, ExpressibleByArgument, CaseIterable {
    case rs
    case cs

    /// What stands before a line.
    func mark(_ direction: Direction) -> String {
        switch (self, direction) {
        case (.rs, .client): "S "
        case (.rs, .server): "R "
        case (.cs, .client): "C: "
        case (.cs, .server): "S: "
        }
    }
}
