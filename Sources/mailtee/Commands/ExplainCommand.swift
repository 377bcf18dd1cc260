import ArgumentParser
import Lint

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "A rule: where it is written, why it matters, what breaks it and what keeps it.")

    @OptionGroup var language: LanguageOption
    @Flag(help: "All rules, a line each.")
    var list = false
    @Flag(help: "As JSON.")
    var json = false
    @Flag(help: "The page of docs/, with all rules.")
    var markdown = false
    @Argument(
        help: "The id of a rule, or a pattern such as smtp.client.*.",
        completion: .list(Catalogue.all.map { $0.about.id }))
    var rule: String?

    func run() throws {
        let all = Catalogue.all.map { $0.about }
        let wanted = rule.map { pattern in all.filter { RuleSelection.matches($0.id, pattern) } } ?? all
        guard !wanted.isEmpty else {
            throw ValidationError("no rule is called '\(rule ?? "")'; `mailtee explain --list` names them all")
        }
        if markdown { return Output.line(RulePages.table(wanted, language.language)) }
        if json { return wanted.forEach { Output.line(RulePages.json($0, language.language).text) } }
        if list || rule == nil {
            let width = wanted.map(\.id.count).max() ?? 0
            for about in wanted {
                let name = about.id + String(repeating: " ", count: width - about.id.count)
                Output.line("\(name)  \(about.severity.rawValue)  \(about.title[language.language])")
            }
            return
        }
        for (index, about) in wanted.enumerated() {
            if index > 0 { Output.line("") }
            Output.line(RulePages.text(about, language.language))
        }
    }
}
