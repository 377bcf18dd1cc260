import Archive
import ArgumentParser
import Capture
import Conversation
import Lint
import Wire

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The sessions of the record, oldest first.")

    @OptionGroup var store: StoreOption
    @Flag(help: "One JSON object a line.")
    var json = false
    @Flag(name: .shortAndLong, help: "The verdict below each.")
    var verdict = false
    @OptionGroup var language: LanguageOption
    @Option(name: .shortAndLong, help: "Only so many, the youngest.")
    var last: Int?

    func run() throws {
        let archive = try store.archive()
        var first: SessionID?
        if let last {
            guard let oldest = try archive.sessions().suffix(max(0, last)).first else { return }
            first = oldest.facts.id
        }
        guard json || verdict else { return try archive.eachSession(from: first) { Output.line(Self.row($0)) } }
        try archive.eachJudged(from: first) { summary, judgement in
            if json { return Output.line(Self.json(summary, judgement, language.language).text) }
            Output.line(Self.row(summary))
            guard let judgement else { return }
            let style = judgement.side == Verdict.Fault.none.rawValue ? Style.server : Style.refusal
            Output.line("    " + style(Picture.of(text: judgement.verdict[language.language])))
        }
    }

    static func json(_ summary: SessionSummary, _ judgement: Judgement?, _ language: Language) -> JSON {
        .object(
            summary.members + [
                JSON.Member("findings", judgement.map { .int($0.errors + $0.warnings + $0.notes) } ?? .null),
                JSON.Member(
                    "severities",
                    judgement.map {
                        .members(["error": .int($0.errors), "warning": .int($0.warnings), "note": .int($0.notes)])
                    } ?? .null),
                JSON.Member("verdict", judgement.map { .string($0.verdict[language]) } ?? .null),
                JSON.Member("cause", judgement.map { .string($0.cause) } ?? .null),
                JSON.Member("side", judgement.map { .string($0.side) } ?? .null),
            ])
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
