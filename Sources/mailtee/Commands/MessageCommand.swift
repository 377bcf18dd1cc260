import Archive
import ArgumentParser
import Message
import Wire

struct MessageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "A message as mail programs read it: header decoded, parts, charsets, defects.",
        discussion: """
                mailtee message latest
                mailtee message latest --message 2 --json
                mailtee export latest --format eml | mailtee message -
            """)

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a message.")
    var json = false
    @Option(help: "Which message of the session, from 1 on.")
    var message: Int = 1
    @Argument(help: "Ids, latest, messages in files (.eml), or - for standard input.", completion: .file())
    var subjects: [String] = ["latest"]

    func run() throws {
        for (index, subject) in subjects.enumerated() {
            if index > 0, !json { Output.line("") }
            try show(subject)
        }
    }

    private func show(_ subject: String) throws {
        if let file = try InputFile(subject) {
            var reader = MessageReader(dotStuffed: false)
            while case let bytes = try file.read(), !bytes.isEmpty { reader.received(bytes.span) }
            return show(reader.finished(complete: true), [JSON.Member("file", .string(subject))])
        }
        let archive = try store.archive()
        let summary = try archive.find(subject)
        var reader = MessageReader(dotStuffed: false)
        var sink = MessageExtraction(wanted: message) { reader.received($0.span) }
        try archive.replay(summary, into: &sink)
        guard sink.isFound else { throw sink.notFound(in: summary) }
        show(
            reader.finished(complete: sink.isComplete),
            [
                JSON.Member("session", .string(summary.facts.id.text)),
                JSON.Member("message", .int(message)),
            ])
    }

    private func show(_ read: ReadMessage, _ origin: [JSON.Member]) {
        if json {
            Output.line(JSON.object(origin + read.members).text)
        } else {
            MessageOutline(message: read).print()
        }
    }
}

extension MessageExtraction {
    func notFound(in summary: SessionSummary) -> ValidationError {
        ValidationError("session \(summary.facts.id) has \(Output.count(seen, "message")), no message \(wanted)")
    }
}
