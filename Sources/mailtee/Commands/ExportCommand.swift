import Archive
import ArgumentParser
import Capture
import Conversation
import Wire

struct ExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case pcapng
        case eml
        case har
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "A session as text, JSON, pcapng or HAR, or a message in it, to standard output.")

    @OptionGroup var store: StoreOption
    @Option(
        help: """
            text, json, pcapng for Wireshark, eml: a message as it was sent, dot-stuffing taken off, or har: an HTTP \
            Archive of the requests and responses.
            """)
    var format: Format = .text
    @Option(help: "Which message of the session, from 1 on.")
    var message: Int = 1
    @Argument(help: "An id, its beginning or end, or latest.")
    var session: String = "latest"

    func run() throws {
        let archive = try store.archive()
        let summary = try archive.find(session)
        switch format {
        case .text:
            var sink = TextTranscript(notation: .cs, fold: false, started: summary.facts.started) {
                Output.line($0)
            }
            try archive.replay(summary, into: &sink)
            sink.flush()
        case .json:
            var sink = JSONTranscript()
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
            Output.line(sink.object(summary, try archive.lint(summary)).text)
        case .pcapng:
            let copy = SegmentCopy()
            Output.bytes(copy.head())
            try archive.packets(of: summary) { packet in Output.bytes(copy.block(of: packet)) }
        case .eml:
            var sink = MessageExtraction(wanted: message, output: Output.bytes)
            try archive.replay(summary, into: &sink)
            guard sink.isFound else { throw sink.notFound(in: summary) }
        case .har:
            guard summary.facts.dialect == .http else {
                let dialect = summary.facts.dialect.rawValue
                throw ValidationError("session \(summary.facts.id) is \(dialect); a HAR is made of a session of http")
            }
            var sink = HARTranscript()
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
            Output.line(sink.archive(summary).text)
        }
    }
}
