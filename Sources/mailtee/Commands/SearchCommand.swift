import Archive
import ArgumentParser
import Capture
import Conversation
import Wire

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "The lines, as sent or decoded, that contain a text, whatever its case.")

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a line.")
    var json = false
    @Argument(help: "What to look for.")
    var text: String

    func run() throws {
        let archive = Archive(try Store(reading: store.path))
        let wanted = text.lowercased()
        for entry in archive.sessions() {
            var sink = TextTranscript(notation: nil, fold: false, started: entry.summary.facts.started) { line in
                guard line.lowercased().contains(wanted) else { return }
                let id = entry.summary.facts.id.text
                Output.line(json ? JSON.members(["id": .string(id), "text": .string(line)]).text : "\(id) \(line)")
            }
            _ = archive.replay(entry, into: &sink) { recorded, sink in sink.aside(recorded) }
        }
    }
}
