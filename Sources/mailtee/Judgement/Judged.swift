import Archive
import Conversation
import Lint
import Wire

/// Something that was judged: a session, or a message that stands alone.
struct Judged {
    /// What the user called it by: an id, a file.
    var name: String
    /// nil for a message.
    var session: SessionSummary?
    /// The file that it came from.
    var file: String?
    var report: LintReport
    /// The line at which the bytes of each finding begin, from 1 on, in the file of a message or in a session's text as
    /// `mailtee export --format text` prints it; 1 where there are none.
    var lines: [Int]

    func json(_ language: Language) -> JSON {
        .members([
            "id": session.map { .string($0.facts.id.text) } ?? .null,
            "file": file.map(JSON.string) ?? .null,
            "protocol": session.map { .string($0.facts.dialect.rawValue) } ?? .null,
            "client": session.map { .string($0.facts.client.description) },
            "server": session.map { .string($0.facts.server.description) },
            "verdict": report.verdict.map { .string($0.words[language]) } ?? .null,
            "cause": report.verdict.map { .string($0.cause) } ?? .null,
            "side": report.verdict.map { .string($0.fault.rawValue) } ?? .null,
            "findings": .array(report.findings.map { $0.json(language) }),
            "beyond": .int(report.beyond),
        ])
    }
}
