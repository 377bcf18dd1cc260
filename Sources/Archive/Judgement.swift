import Lint
import Wire

/// What lint has to say of a session in short, as a list tells it.
public struct Judgement: Sendable, Equatable {
    public var errors: Int
    public var warnings: Int
    public var notes: Int
    /// That of the verdict, see `Verdict`; empty where there is none.
    public var cause: String
    public var side: String
    public var verdict: Words

    public init(_ report: LintReport) {
        func count(_ severity: Severity) -> Int { report.findings.count { $0.severity == severity } }
        errors = count(.error)
        warnings = count(.warning)
        notes = count(.note)
        cause = report.verdict?.cause ?? ""
        side = report.verdict?.fault.rawValue ?? ""
        verdict = report.verdict?.words ?? Words("", ja: "")
    }

    /// - Returns: nil for one that other rules have made.
    init?(stored text: String) {
        guard let json = JSON.parse(text.utf8), json["rules"]?.string == Self.rules, let counts = json["counts"]?.array,
            counts.count == 3, let en = json["en"]?.string, let ja = json["ja"]?.string
        else { return nil }
        errors = Int(clamping: counts[0].integer ?? 0)
        warnings = Int(clamping: counts[1].integer ?? 0)
        notes = Int(clamping: counts[2].integer ?? 0)
        cause = json["cause"]?.string ?? ""
        side = json["side"]?.string ?? ""
        verdict = Words(en, ja: ja)
    }

    var stored: String {
        JSON.members([
            "rules": .string(Self.rules),
            "counts": .array([.int(errors), .int(warnings), .int(notes)]),
            "cause": .string(cause), "side": .string(side), "en": .string(verdict.en), "ja": .string(verdict.ja),
        ]).text
    }

    /// Stands for the rules that judge: FNV-1a of their names and of how long what they say is.
    private static let rules: String = {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for rule in Catalogue.all {
            let about = rule.about
            let sizes = "\(about.means.en.utf8.count) \(about.violating.utf8.count)"
            for byte in "\(Schema.version) \(about.id) \(about.severity) \(sizes)".utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return String(hash, radix: 16)
    }()
}
