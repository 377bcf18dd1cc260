import Conversation
import Lint
import Wire

/// What is wrong with a session, for a reader.
enum FindingsText {
    static func print(_ report: LintReport, since started: Timestamp) {
        guard !report.findings.isEmpty else { return }
        Output.line("")
        for finding in report.findings {
            let style = finding.severity == .note ? Style.aside : Style.refusal
            let head = "\(finding.severity.rawValue): \(finding.title)"
            let tenths = finding.place.at.since(started) / 100_000
            let time = "\(tenths / 10_000).\(String(String(tenths % 10_000 + 10_000).dropFirst()))"
            Output.line(style(head) + Style.aside("  (\(finding.rule), \(finding.side.rawValue), at \(time))"))
            Output.line("    \(Picture.of(text: finding.means))")
            Output.line("    \(Picture.of(text: finding.remedy)) \(Style.aside(finding.clause))")
        }
        if report.beyond > 0 { Output.line("and \(report.beyond) more") }
    }
}
