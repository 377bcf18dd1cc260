import ArgumentParser
import Lint

extension Severity: ExpressibleByArgument {}

/// Which rules are asked, and which of their findings are told.
struct RuleSelection: ParsableArguments {
    @Option(name: .customLong("rule"), help: "Only rules whose id matches, as smtp.client.* (repeatable).")
    var patterns: [String] = []
    @Option(help: "Switch a rule off: RULE=REASON; the reason stands in the reports (repeatable).")
    var off: [String] = []
    @Option(help: "Tell findings of this severity and above: note, warning or error.")
    var severity: Severity = .note

    /// A rule that is not asked, and why.
    struct Off {
        let rule: String
        let reason: String
    }

    func validate() throws {
        for pattern in patterns where !Catalogue.all.contains(where: { Self.matches($0.about.id, pattern) }) {
            throw ValidationError("no rule is called '\(pattern)'; `mailtee explain --list` names them all")
        }
        for text in off {
            guard let sign = text.firstIndex(of: "="), !text[text.index(after: sign)...].allSatisfy(\.isWhitespace)
            else {
                throw ValidationError("'--off \(text)': give a reason, as in --off \(text)=\"known, mended in 2.1\"")
            }
            guard Catalogue.rule(String(text[..<sign])) != nil else {
                throw ValidationError(
                    "no rule is called '\(text[..<sign])'; `mailtee explain --list` names them all")
            }
        }
    }

    var switchedOff: [Off] {
        off.compactMap { text in
            text.firstIndex(of: "=").map {
                Off(rule: String(text[..<$0]), reason: String(text[text.index(after: $0)...]))
            }
        }
    }

    var rules: [any Rule.Type] {
        let off = Set(switchedOff.map(\.rule))
        return Catalogue.all.filter { rule in
            let id = rule.about.id
            return !off.contains(id) && (patterns.isEmpty || patterns.contains { Self.matches(id, $0) })
        }
    }

    /// `*` stands for any text.
    static func matches(_ id: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return id == pattern }
        guard id.hasPrefix(first), id.dropFirst(first.count).hasSuffix(last) else { return false }
        var rest = id.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
