import Archive
import Capture
import Conversation
import Lint
import Wire

/// A session as one JSON object.
struct JSONTranscript: SpokenLineSink {
    var messages = PerDirection<MessageText?>(nil)
    var bodies = PerDirection<BodyText?>(nil)
    private var utterances: [JSON] = []
    private var exchanges: [JSON] = []
    private var notes: [JSON] = []
    private var handshakes: [JSON] = []
    private var tls = false
    private var compressed = false

    mutating func exchange(_ exchange: Exchange) {
        exchanges.append(
            .members([
                "command": .string(exchange.command.text),
                "verb": .string(exchange.verb),
                "at": .string(exchange.asked.text),
                "reply": exchange.replies.last.map {
                    .members([
                        "code": .string($0.code), "text": .string($0.text), "at": .string($0.at.text),
                        "responseCode": $0.responseCode.map { .string($0.name) },
                    ])
                } ?? .null,
                "replies": .array(exchange.replies.map { .string($0.code) }),
                "latency": exchange.latency.map { .number(Double($0) / 1e9) } ?? .null,
                "phase": .string(exchange.phase),
            ]))
    }

    mutating func aside(_ recorded: RecordedEvent) {
        if case .tls(let facts) = recorded.event {
            if facts.securesClient { tls = true }
            handshakes.append(facts.json)
        }
        if case .compressed = recorded.event { compressed = true }
        guard case .note(let note) = recorded.event else { return }
        notes.append(
            .members(["at": .string(recorded.at.text), "kind": .string(note.kind.rawValue), "text": .string(note.text)])
        )
    }

    mutating func line(_ line: SpokenLine) {
        utterances.append(
            .members([
                "from": .string(line.direction.rawValue),
                "at": .string(line.at.text),
                "offset": .int(line.offset),
                "length": .int(line.length),
                "kind": .string(line.kind?.rawValue ?? (line.isBody ? "body" : "message")),
                "text": .string(line.bytes.text),
                "base64": .string(Base64.encode(line.bytes)),
                "decoded": line.decoded.map(JSON.string),
                "end": .string(line.end.rawValue),
                "secret": .bool(line.isSecret),
                "tls": .bool(tls),
                "compressed": compressed ? .bool(true) : nil,
            ]))
    }

    /// - Parameter report: What rules say of it; nil where nobody asked them.
    func object(_ summary: SessionSummary, _ report: LintReport?, _ language: Language = .en) -> JSON {
        .object(
            summary.members.filter { $0.key != "exchanges" } + [
                JSON.Member("notes", .array(notes)),
                JSON.Member("handshakes", .array(handshakes)),
                JSON.Member("utterances", .array(utterances)),
                JSON.Member("exchanges", .array(exchanges)),
            ] + (report.map { Self.judged($0, language) } ?? []))
    }

    private static func judged(_ report: LintReport, _ language: Language) -> [JSON.Member] {
        let verdict = report.verdict
        return [
            JSON.Member("findings", .array(report.findings.map { $0.json(language) })),
            JSON.Member("verdict", verdict.map { .string($0.words[language]) } ?? .null),
            JSON.Member("cause", verdict.map { .string($0.cause) } ?? .null),
            JSON.Member("side", verdict.map { .string($0.fault.rawValue) } ?? .null),
        ]
    }
}
