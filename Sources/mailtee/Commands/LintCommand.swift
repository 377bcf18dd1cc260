import ArgumentParser
import Lint

struct LintCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
        case junit
    }

    /// From which severity on the exit code tells.
    enum Threshold: String, ExpressibleByArgument, CaseIterable {
        case note
        case warning
        case error
        case never

        var severity: Severity? { Severity(rawValue: rawValue) }
    }

    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Judge both sides: what was against the rules, whose fault it is, what to do.",
        discussion: """
            Exit codes: 0 nothing as bad as --fail-on says; 2 something was; 1 it could not be read.

                mailtee lint latest
                mailtee lint --format sarif --fail-on warning session.pcap > mail.sarif
                mailtee lint --off msg.date-skew="the test's clock stands still" message.eml
            """)

    @OptionGroup var store: StoreOption
    @OptionGroup var selection: RuleSelection
    @OptionGroup var language: LanguageOption
    @Option(help: "text, json (an object a line), sarif for code scanning, or junit.")
    var format: Format = .text
    @Flag(help: "The same as --format json.")
    var json = false
    @Option(help: "End with exit code 2 from this severity on: note, warning, error, or never.")
    var failOn: Threshold = .error
    @Flag(help: "Every session of the record.")
    var all = false
    @Argument(
        help: "Ids, latest, captures (pcap, pcapng), messages (.eml), or - for either.",
        completion: .file())
    var subjects: [String] = []

    func validate() throws {
        guard !all || subjects.isEmpty else { throw ValidationError("--all and names exclude each other") }
    }

    func run() throws {
        let format = json ? Format.json : format
        var sarif = SARIFReport(language: language.language, selection: selection)
        var junit = JUnitReport(language: language.language, selection: selection, failing: failOn.severity)
        var isFailure = false
        var isFirst = true
        func take(_ judged: Judged) {
            if let threshold = failOn.severity, judged.report.findings.contains(where: { $0.severity >= threshold }) {
                isFailure = true
            }
            switch format {
            case .text:
                if !isFirst { Output.line("") }
                FindingsText.print(judged, selection: selection, language: language.language)
            case .json: Output.line(shown(judged).json(language.language).text)
            case .sarif: sarif.add(judged)
            case .junit: junit.add(judged)
            }
            isFirst = false
        }
        let reader = LintSubjects(store: store, rules: selection.rules, numbersLines: format == .sarif)
        var failures: [String] = []
        if all {
            try reader.judgeAll(take)
        } else {
            for subject in subjects.isEmpty ? ["latest"] : subjects {
                do {
                    try reader.judge(subject, take)
                } catch let failure as CleanFailure {
                    failures.append(failure.description)
                }
            }
        }
        if format == .sarif { Output.line(sarif.json.text) }
        if format == .junit { Output.line(junit.text) }
        for failure in failures { Output.error(failure) }
        if !failures.isEmpty { throw ExitCode.failure }
        if isFailure { throw ExitCode(2) }
    }

    private func shown(_ judged: Judged) -> Judged {
        var judged = judged
        judged.report.findings.removeAll { $0.severity < selection.severity }
        return judged
    }
}
