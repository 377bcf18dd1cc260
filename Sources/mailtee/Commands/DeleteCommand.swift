import Archive
import ArgumentParser
import Capture
import Conversation

struct DeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Take sessions out of the record for good.")

    @OptionGroup var store: StoreOption
    @Argument(help: "Ids, their beginnings or ends, or latest.")
    var sessions: [String]

    func run() throws {
        let archive = Archive(try Store(reading: store.path))
        for entry in try sessions.map({ try archive.find($0) }) {
            try archive.delete(entry)
            Output.line(entry.summary.facts.id.text)
        }
    }
}
