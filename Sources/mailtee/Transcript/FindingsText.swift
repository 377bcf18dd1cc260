import Conversation
import Lint
import Wire

/// Findings and verdicts, for a reader.
enum FindingsText {
    static func print(_ judged: Judged, selection: RuleSelection, language: Language) {
        Output.line(judged.session.map { TextTranscript.heading($0) } ?? judged.name)
        if let verdict = judged.report.verdict { Output.line(line(verdict, language)) }
        let findings = judged.report.findings.filter { $0.severity >= selection.severity }
        for finding in findings { lines(finding, since: judged.session?.facts.started, language).forEach(Output.line) }
        let more = judged.report.beyond
        if more > 0 { Output.line(language == .ja ? "ほか\(more)件" : "and \(more) more") }
        for off in selection.switchedOff {
            Output.line(Style.aside("(\(off.rule) is off: \(Picture.of(text: off.reason)))"))
        }
    }

    static func line(_ verdict: Verdict, _ language: Language) -> String {
        let text = Picture.of(text: verdict.words[language])
        return verdict.fault == .none ? Style.server(text) : Style.refusal(text)
    }

    /// - Parameter started: the beginning of the session, nil for a message, which has no times.
    static func lines(_ finding: Finding, since started: Timestamp?, _ language: Language) -> [String] {
        let style = finding.severity == .note ? Style.aside : Style.refusal
        let time = started.map { ", \(language == .ja ? "" : "at ")\(seconds(finding.place.at.since($0)))" } ?? ""
        return [
            "  " + style("\(finding.severity.rawValue): \(finding.title[language])")
                + Style.aside("  (\(finding.rule), \(finding.side.rawValue)\(time))"),
            "      \(Picture.of(text: finding.means[language]))",
            "      \(Picture.of(text: finding.remedy[language])) \(Style.aside(finding.clause))",
        ]
    }

    /// To the tenth of a millisecond.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let tenths = nanoseconds / 100_000
        return "\(tenths / 10_000).\(String(String(abs(tenths) % 10_000 + 10_000).dropFirst()))"
    }
}
