import Archive
import ArgumentParser
import Capture
import Conversation
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
    @Argument(help: "An id, its beginning or end, or latest.")
    var session: String = "latest"

    func run() throws {
        let archive = try store.archive()
        let summary = try archive.find(session)
        if json {
            var sink = JSONTranscript()
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
            Output.line(sink.object(summary, try archive.lint(summary)).text)
        } else {
            var sink = TextTranscript(notation: notation, fold: fold, started: summary.facts.started) {
                Output.line($0)
            }
            if notation == nil { Output.line(TextTranscript.heading(summary)) }
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
            sink.flush()
            if notation == nil { FindingsText.print(try archive.lint(summary), since: summary.facts.started) }
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
