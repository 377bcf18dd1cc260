import Archive
import ArgumentParser
import Capture
import Conversation
import Wire

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The sessions of the record.")

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        for entry in Archive(try Store(reading: store.path)).sessions() {
            Output.line(json ? entry.summary.json.text : Self.row(entry.summary))
        }
    }

    private static func row(_ summary: SessionSummary) -> String {
        let facts = summary.facts
        let end = summary.end?.text ?? "open"
        return "\(facts.id)  \(facts.started.localText)  \(facts.dialect.rawValue)  \(facts.client) → \(facts.server)  "
            + "\(summary.exchanges) exchanges, \(summary.messages) messages  \(end)"
    }
}
