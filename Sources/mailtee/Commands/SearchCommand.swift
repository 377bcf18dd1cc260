import Archive
import ArgumentParser
import Capture
import Conversation
import Wire

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find what was said: lines that contain a text, commands by their verb, replies by their code.",
        discussion: """
            mailtee search おてすと                  lines as sent or decoded, whatever their case
            mailtee search --code 5                  every refusal
            mailtee search --verb RCPT --code 550    recipients that were refused
            """)

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a line.")
    var json = false
    @Option(help: "A command, such as RCPT.")
    var verb: String?
    @Option(help: "The beginning of a reply's code, such as 5, 550 or -ERR.")
    var code: String?
    @Argument(help: "What to look for.")
    var text: String?

    func validate() throws {
        guard text?.isEmpty == false || verb != nil || code != nil else {
            throw ValidationError("say what to look for: a text, --verb or --code")
        }
    }

    func run() throws {
        let archive = try store.archive()
        let query = SessionQuery(text: text, verb: verb?.uppercased(), code: code?.uppercased())
        for summary in try archive.candidates(for: query) {
            let id = summary.facts.id.text
            var sink = SearchSink(query) { at, text in
                let line = JSON.members(["id": .string(id), "at": .string(at.text), "text": .string(text)])
                Output.line(json ? line.text : "\(id)  \(at.localText)  \(text)")
            }
            try archive.replay(summary, into: &sink) { recorded, sink in sink.aside(recorded) }
        }
    }
}

/// Tells the lines, or where a command or a code is wanted the exchanges, that have all that is wanted.
private struct SearchSink: SpokenLineSink {
    var messages = PerDirection<MessageText?>(nil)
    var bodies = PerDirection<BodyText?>(nil)
    private let query: SessionQuery
    private let wanted: String?
    private let tell: (Timestamp, String) -> Void

    init(_ query: SessionQuery, tell: @escaping (Timestamp, String) -> Void) {
        self.query = query
        wanted = query.text?.lowercased()
        self.tell = tell
    }

    private var wantsExchanges: Bool { query.verb != nil || query.code != nil }

    mutating func line(_ line: SpokenLine) {
        guard !wantsExchanges else { return }
        let text = line.text
        if matches(text) {
            tell(line.at, text)
        } else if let decoded = line.decoded.map({ Picture.of(text: $0) }), matches(decoded) {
            tell(line.at, decoded)
        }
    }

    mutating func exchange(_ exchange: Exchange) {
        guard wantsExchanges else { return }
        if let verb = query.verb, exchange.verb != verb { return }
        let reply = exchange.replies.last
        if let code = query.code, reply?.code.hasPrefix(code) != true { return }
        let answer = reply.map { Picture.of(text: "\($0.code) \($0.lines.map(\.text).joined(separator: " "))") }
        let text = "\(Picture.of(exchange.command)) → \(answer ?? "no reply")"
        if matches(text) { tell(exchange.asked, text) }
    }

    mutating func aside(_ recorded: RecordedEvent) {
        guard !wantsExchanges, case .note(let note) = recorded.event else { return }
        let text = Picture.of(text: note.text)
        if matches(text) { tell(recorded.at, text) }
    }

    private func matches(_ text: String) -> Bool {
        wanted.map { text.lowercased().contains($0) } ?? true
    }
}
