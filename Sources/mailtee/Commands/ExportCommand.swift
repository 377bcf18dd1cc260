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
            var sink = MessageExport(wanted: message)
            try archive.replay(summary, into: &sink)
            guard sink.isFound else {
                throw ValidationError("session \(summary.facts.id) has \(sink.seen) messages, not \(message)")
            }
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

/// Writes one message of a session to standard output, piece by piece. A part of a message does not count, but for a
/// header and a body that were said one after the other.
struct MessageExport: ConversationSink {
    /// A header that is longer is not kept for its body.
    private static let headerLimit = 1 << 20

    static var wantsText: Bool { false }
    let wanted: Int
    private(set) var seen = 0
    private(set) var isFound = false
    /// Where the message that is wanted passes now, and how its dot-stuffing is taken off.
    private var passing: Direction?
    private var unstuffing: DotUnstuffing?
    /// The header that a server said last.
    private var header: [UInt8]?

    init(wanted: Int) {
        self.wanted = wanted
    }

    mutating func messageBegan(_ message: MessageStart) {
        let isCounted = !message.partial || message.completesHeader
        if isCounted { seen += 1 }
        if isCounted, seen == wanted, !message.completesHeader || header != nil {
            isFound = true
            passing = message.direction
            unstuffing = message.dotStuffed ? DotUnstuffing() : nil
            if message.completesHeader { Output.bytes(header ?? []) }
        }
        if message.direction == .server { header = message.partial && message.hasHeader && !isFound ? [] : nil }
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        if direction == .server, let count = header?.count {
            if count + bytes.count > Self.headerLimit { header = nil } else { header?.append(bytes, 0..<bytes.count) }
        }
        guard passing == direction else { return }
        var output: [UInt8] = []
        if unstuffing != nil {
            unstuffing?.feed(bytes, into: &output)
        } else {
            output.append(bytes, 0..<bytes.count)
        }
        Output.bytes(output)
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        if passing == direction { passing = nil }
    }
}
