import Archive
import ArgumentParser
import Capture
import Conversation
import Wire

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The sessions of the record, oldest first.")

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a line.")
    var json = false
    @Option(name: .shortAndLong, help: "Only so many, the youngest.")
    var last: Int?

    func run() throws {
        let archive = try store.archive()
        guard let last else { return try archive.eachSession { tell($0) } }
        try archive.sessions().suffix(max(0, last)).forEach { tell($0) }
    }

    private func tell(_ summary: SessionSummary) {
        Output.line(json ? summary.json.text : Self.row(summary))
    }

    static func row(_ summary: SessionSummary) -> String {
        let facts = summary.facts
        let end = summary.end?.text ?? "open"
        let subject = summary.subject.map { " “\($0)”" } ?? ""
        return
            "\(facts.id)  \(facts.started.localText)  \(facts.dialect.rawValue)\(summary.tls ? " TLS" : "")  \(facts.client) → \(facts.server)  "
            + "\(Output.count(summary.exchanges, "exchange")), \(Output.count(summary.messages, "message"))\(subject)  \(end)"
    }
}
