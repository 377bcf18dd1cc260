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
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "A session as text, JSON or pcapng, or a message in it, to standard output.")

    @OptionGroup var store: StoreOption
    @Option(help: "text, json, pcapng for Wireshark, or eml: a message as it was sent, dot-stuffing taken off.")
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
            var sink = MessageExport(wanted: message)
            try archive.replay(summary, into: &sink)
            guard sink.isFound else {
                throw ValidationError("session \(summary.facts.id) has \(sink.seen) messages, not \(message)")
            }
        }
    }
}

/// Writes one message of a session to standard output, piece by piece.
struct MessageExport: ConversationSink {
    static var wantsText: Bool { false }
    let wanted: Int
    private(set) var seen = 0
    private(set) var isFound = false
    private var unstuffing: DotUnstuffing?

    init(wanted: Int) {
        self.wanted = wanted
    }

    mutating func messageBegan(_ message: MessageStart) {
        seen += 1
        isFound = isFound || seen == wanted
        unstuffing = message.dotStuffed ? DotUnstuffing() : nil
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        guard seen == wanted else { return }
        var output: [UInt8] = []
        if unstuffing != nil {
            unstuffing?.feed(bytes, into: &output)
        } else {
            output.append(bytes, 0..<bytes.count)
        }
        Output.bytes(output)
    }
}
