import Archive
import Compare
import Wire

/// A comparison, for a reader and for a program.
enum DiffText {
    static func lines(_ comparison: SessionComparison, brief: Bool) -> [String] {
        var lines: [String] = []
        for row in comparison.rows {
            switch row {
            case .same(let step): if !brief { lines.append("  " + Style.aside(summary(step))) }
            case .onlyFirst(let step): lines.append(Style.refusal("- \(summary(step))"))
            case .onlySecond(let step): lines.append(Style.server("+ \(summary(step))"))
            case .differs(let one, let other, let differences):
                lines.append("  \(name(one))")
                for difference in differences { lines += words(difference, one, other) }
            }
        }
        for (number, differences) in comparison.mails {
            lines.append("  message \(number)")
            for difference in differences { lines += words(difference) }
        }
        if comparison.beyond > 0 { lines.append("  and \(comparison.beyond) more that were not compared") }
        return lines
    }

    private static func name(_ step: SessionOutline.Step) -> String {
        switch step.verb {
        case "": "(greeting)"
        case ".": "(the message)"
        default: step.command.isEmpty ? step.verb : step.command
        }
    }

    private static func summary(_ step: SessionOutline.Step) -> String {
        "\(name(step))  →  \(step.codes.last ?? "(no answer)") \(step.lines.first ?? "")"
    }

    private static func pair(_ one: String, _ other: String) -> [String] {
        [Style.refusal("  - \(one)"), Style.server("  + \(other)")]
    }

    private static func words(
        _ difference: SessionComparison.Difference, _ one: SessionOutline.Step, _ other: SessionOutline.Step
    ) -> [String] {
        switch difference {
        case .command(let a, let b): return pair("says    \(a)", "says    \(b)")
        case .codes(let a, let b):
            let words = [a, b].map { $0.isEmpty ? "no answer" : $0.joined(separator: ", ") }
            return pair(
                "answer  \(words[0]) \(one.lines.first ?? "")", "answer  \(words[1]) \(other.lines.first ?? "")")
        case .text(let a, let b) where one.codes == other.codes: return pair("text    \(a)", "text    \(b)")
        case .text: return []
        case .capabilities(let a, let b):
            return (a.isEmpty ? [] : [Style.refusal("  - offers  \(a.joined(separator: ", "))")])
                + (b.isEmpty ? [] : [Style.server("  + offers  \(b.joined(separator: ", "))")])
        case .latency(let a, let b): return pair("took    \(seconds(a))", "took    \(seconds(b))")
        }
    }

    private static func words(_ difference: SessionComparison.MailDifference) -> [String] {
        switch difference {
        case .fields(let a, let b):
            return (a.isEmpty ? [] : [Style.refusal("  - has     \(a.joined(separator: ", "))")])
                + (b.isEmpty ? [] : [Style.server("  + has     \(b.joined(separator: ", "))")])
        case .field(let name, let a, let b): return pair("\(name): \(a)", "\(name): \(b)")
        case .parts(let a, let b):
            return pair("parts   \(a.joined(separator: " "))", "parts   \(b.joined(separator: " "))")
        case .octets(let a, let b): return pair("\(a) octets", "\(b) octets")
        case .missing(let inFirst):
            return [inFirst ? Style.server("  + only there") : Style.refusal("  - only there")]
        }
    }

    private static func seconds(_ nanoseconds: Int64) -> String {
        let hundredths = nanoseconds / 10_000_000
        return "\(hundredths / 100).\(String(hundredths % 100 + 100).dropFirst()) s"
    }

    // MARK: - JSON

    static func json(_ comparison: SessionComparison, _ one: SessionSummary, _ other: SessionSummary) -> JSON {
        .members([
            "first": .string(one.facts.id.text),
            "second": .string(other.facts.id.text),
            "same": .bool(comparison.isSame && one.end == other.end),
            "ends": .array([one, other].map { $0.end.map { .string($0.text) } ?? .null }),
            "exchanges": .array(comparison.rows.map(json)),
            "messages": .array(
                comparison.mails.map { number, differences in
                    .members(["number": .int(number), "differences": .array(differences.map(json))])
                }),
            "beyond": .int(comparison.beyond),
        ])
    }

    private static func json(_ step: SessionOutline.Step) -> JSON {
        .members([
            "verb": .string(step.verb), "command": .string(step.command), "replies": strings(step.codes),
            "text": strings(step.lines), "latency": step.latency.map { .number(Double($0) / 1e9) } ?? .null,
        ])
    }

    private static func json(_ row: SessionComparison.Row) -> JSON {
        switch row {
        case .same(let step): return .members(["in": "both", "first": json(step)])
        case .onlyFirst(let step): return .members(["in": "first", "first": json(step)])
        case .onlySecond(let step): return .members(["in": "second", "second": json(step)])
        case .differs(let a, let b, let differences):
            return .members([
                "in": "both", "first": json(a), "second": json(b),
                "differences": .array(
                    differences.map { difference in
                        switch difference {
                        case .command: return "command"
                        case .codes: return "replies"
                        case .text: return "text"
                        case .latency: return "latency"
                        case .capabilities(let a, let b):
                            return .members(["onlyFirst": strings(a), "onlySecond": strings(b)])
                        }
                    }),
            ])
        }
    }

    private static func json(_ difference: SessionComparison.MailDifference) -> JSON {
        switch difference {
        case .fields(let a, let b): return .members(["onlyFirst": strings(a), "onlySecond": strings(b)])
        case .field(let name, let a, let b):
            return .members(["field": .string(name), "first": .string(a), "second": .string(b)])
        case .parts(let a, let b): return .members(["parts": .array([strings(a), strings(b)])])
        case .octets(let a, let b): return .members(["octets": .array([.int(a), .int(b)])])
        case .missing(let inFirst): return .members(["missing": inFirst ? "first" : "second"])
        }
    }

    private static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}
