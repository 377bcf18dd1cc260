import Lint
import Wire

/// Findings in the form of JUnit's reports: a suite for each session, a case for each rule that was asked.
struct JUnitReport {
    let language: Language
    let selection: RuleSelection
    /// Findings from this severity on are failures.
    let failing: Severity?
    private var suites = ""
    private var tests = 0
    private var failures = 0
    private var skipped = 0

    init(language: Language, selection: RuleSelection, failing: Severity?) {
        self.language = language
        self.selection = selection
        self.failing = failing
    }

    mutating func add(_ judged: Judged) {
        let found = Dictionary(
            grouping: judged.report.findings.filter { $0.severity >= selection.severity }, by: \.rule)
        let asked = selection.rules.map { $0.about }.filter { about in
            judged.session.map { about.dialects.contains($0.facts.dialect) } ?? about.id.hasPrefix("msg.")
        }
        var cases: [String] = []
        var failed = 0
        for about in asked {
            let findings = found[about.id] ?? []
            let isFailure = failing.map { threshold in findings.contains { $0.severity >= threshold } } ?? false
            if isFailure { failed += 1 }
            cases.append(testCase(about, findings, isFailure: isFailure))
        }
        for off in selection.switchedOff {
            cases.append(
                "<testcase \(Self.names(off.rule))><skipped message=\"\(Self.escape(off.reason))\"/></testcase>")
        }
        let left = selection.switchedOff.count
        let verdict = Self.escape(judged.report.verdict?.words[language] ?? "")
        let counts = "tests=\"\(cases.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"\(left)\""
        suites += "  <testsuite name=\"\(Self.escape(judged.name))\" \(counts)>\n"
        suites += "    <properties><property name=\"verdict\" value=\"\(verdict)\"/></properties>\n"
        for one in cases { suites += "    \(one)\n" }
        suites += "  </testsuite>\n"
        tests += cases.count
        failures += failed
        skipped += left
    }

    private func testCase(_ about: RuleDescription, _ findings: [Finding], isFailure: Bool) -> String {
        let head = "<testcase \(Self.names(about.id))"
        if findings.isEmpty { return head + "/>" }
        let words = findings.map {
            "\($0.severity.rawValue): \($0.means[language]) \($0.remedy[language]) (\($0.clause))"
        }
        let text = Self.escape(words.joined(separator: "\n"))
        guard isFailure else { return "\(head)><system-out>\(text)</system-out></testcase>" }
        let title = Self.escape(about.title[language])
        return "\(head)><failure type=\"\(about.severity.rawValue)\" message=\"\(title)\">\(text)</failure></testcase>"
    }

    var text: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="mailtee lint" tests="\(tests)" failures="\(failures)" errors="0" skipped="\(skipped)">
        \(suites)</testsuites>
        """
    }

    /// `classname="smtp.client" name="bare-lf"`.
    private static func names(_ id: String) -> String {
        let dot = id.lastIndex(of: ".") ?? id.startIndex
        return "classname=\"\(id[..<dot])\" name=\"\(id[dot...].drop { $0 == "." })\""
    }

    /// XML 1.0 has no place for most control characters (§2.2); findings have none, but for line ends.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped += "&#10;"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
