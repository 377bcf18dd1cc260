import Archive
import ArgumentParser
import Capture
import Conversation

struct DeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Take sessions out of the record for good.")

    @OptionGroup var store: StoreOption
    @Flag(help: "All that are over; those that go on stay.")
    var all = false
    @Argument(help: "Ids, their beginnings or ends, or latest.")
    var sessions: [String] = []

    func validate() throws {
        guard all != !sessions.isEmpty else { throw ValidationError("say which sessions, or --all") }
    }

    func run() throws {
        let archive = try store.archive()
        if all {
            let (deleted, open) = try archive.deleteAll()
            Output.error("\(deleted) sessions deleted" + (open > 0 ? ", \(open) still open" : ""))
            return
        }
        for summary in try sessions.map({ try archive.find($0) }) {
            try archive.delete(summary)
            Output.line(summary.facts.id.text)
        }
    }
}
