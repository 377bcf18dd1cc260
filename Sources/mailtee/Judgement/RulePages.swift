import Lint
import Wire

/// What a rule says of itself, for a terminal, for a program, and for the page in docs/.
enum RulePages {
    private struct Labels {
        let side: String
        let breaks: String
        let keeps: String
        let remedy: String

        init(_ language: Language) {
            switch language {
            case .en: (side, breaks, keeps, remedy) = ("side", "Breaks it:", "Keeps it:", "What to do:")
            case .ja: (side, breaks, keeps, remedy) = ("側", "違反する例:", "守る例:", "対処:")
            }
        }
    }

    static func text(_ about: RuleDescription, _ language: Language) -> String {
        let labels = Labels(language)
        return """
            \(about.id)  \(about.severity.rawValue), \(labels.side): \(about.side.rawValue)
            \(about.title[language])
            \(Style.aside(about.clause.text))

            \(about.means[language])

            \(labels.remedy) \(about.remedy[language])

            \(labels.breaks)
            \(indented(about.violating))

            \(labels.keeps)
            \(indented(about.conforming))
            """
    }

    static func json(_ about: RuleDescription, _ language: Language) -> JSON {
        .members([
            "rule": .string(about.id),
            "title": .string(about.title[language]),
            "severity": .string(about.severity.rawValue),
            "side": .string(about.side.rawValue),
            "protocols": .array(about.dialects.map(\.rawValue).sorted().map(JSON.string)),
            "clause": .string(about.clause.text),
            "means": .string(about.means[language]),
            "remedy": .string(about.remedy[language]),
            "breaks": .string(about.violating),
            "keeps": .string(about.conforming),
        ])
    }

    /// A Markdown page: a table of all, then each.
    static func table(_ all: [RuleDescription], _ language: Language) -> String {
        let labels = Labels(language)
        let rows = all.map { about in
            "| [\(about.id)](#\(anchor(about.id))) | \(about.severity.rawValue) | \(about.side.rawValue) | \(cell(about.title[language])) | \(cell(about.clause.text)) |"
        }
        let pages = all.map { about in
            """
            ## \(about.id)

            **\(about.title[language])** (\(about.severity.rawValue), \(labels.side): \(about.side.rawValue); \(about.clause.text))

            \(about.means[language])

            \(labels.remedy) \(about.remedy[language])

            \(labels.breaks)

            ```
            \(about.violating)
            ```

            \(labels.keeps)

            ```
            \(about.conforming)
            ```
            """
        }
        let head =
            language == .ja
            ? "# mailtee の規則\n\n`mailtee explain --markdown --lang ja` が各規則から作るページです。\n\n| id | 重大度 | 側 | 内容 | 条項 |"
            : "# The rules of mailtee\n\nMade from the rules themselves by `mailtee explain --markdown`.\n\n| id | severity | side | what | clause |"
        return ([head, "|---|---|---|---|---|"] + rows).joined(separator: "\n") + "\n\n"
            + pages.joined(separator: "\n\n")
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n")
    }

    /// As hosts of Markdown make it of a heading.
    private static func anchor(_ id: String) -> String { id.filter { $0 != "." } }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
