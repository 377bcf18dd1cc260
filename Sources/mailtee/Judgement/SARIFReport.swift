import Lint
import Wire

/// Findings in the Static Analysis Results Interchange Format 2.1.0 (OASIS), as code scanning reads it.
struct SARIFReport {
    let language: Language
    let selection: RuleSelection
    private var results: [JSON] = []
    private let indices: [String: Int]

    init(language: Language, selection: RuleSelection) {
        self.language = language
        self.selection = selection
        indices = Dictionary(uniqueKeysWithValues: Catalogue.all.enumerated().map { ($1.about.id, $0) })
    }

    mutating func add(_ judged: Judged) {
        for (finding, line) in zip(judged.report.findings, judged.lines) where finding.severity >= selection.severity {
            results.append(result(finding, line: line, in: judged))
        }
    }

    var json: JSON {
        .members([
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": .array([
                .members([
                    "tool": .members([
                        "driver": .members([
                            "name": "mailtee",
                            "version": .string(Mailtee.configuration.version),
                            "rules": .array(Catalogue.all.map { rule($0.about) }),
                        ])
                    ]),
                    "columnKind": "utf16CodeUnits",
                    "results": .array(results),
                ])
            ]),
        ])
    }

    private func rule(_ about: RuleDescription) -> JSON {
        .members([
            "id": .string(about.id),
            "shortDescription": .members(["text": .string(about.title[language])]),
            "fullDescription": .members(["text": .string(about.means[language])]),
            "help": .members(["text": .string("\(about.remedy[language])\n\(about.clause.text)")]),
            "defaultConfiguration": .members(["level": .string(about.severity.rawValue)]),
            "properties": .members(["tags": .array([.string(about.side.rawValue)])]),
        ])
    }

    private func result(_ finding: Finding, line: Int, in judged: Judged) -> JSON {
        let uri = Self.uri(judged)
        let place = finding.place.bytes
        return .members([
            "ruleId": .string(finding.rule),
            "ruleIndex": indices[finding.rule].map { .int($0) },
            "level": .string(finding.severity.rawValue),
            "message": .members([
                "text": .string("\(finding.means[language]) \(finding.remedy[language]) (\(finding.clause))")
            ]),
            "locations": .array([
                .members([
                    "physicalLocation": .members([
                        "artifactLocation": .members(["uri": .string(uri)]),
                        "region": .members(["startLine": .int(line)]),
                    ]),
                    "logicalLocations": judged.session.map { session in
                        .array([
                            .members([
                                "name": .string(session.facts.id.text), "kind": "session",
                                "fullyQualifiedName": .string(
                                    "\(session.facts.id.text)/\(place?.direction.rawValue ?? "session")"),
                            ])
                        ])
                    },
                ])
            ]),
            // The same fault in the next run of the same program is the same result, whatever the id of the session.
            "partialFingerprints": .members([
                "mailtee/v1": .string("\(finding.rule):\(finding.place.exchange.map { "\($0)" } ?? "-"):\(line)")
            ]),
            "properties": .members([
                "side": .string(finding.side.rawValue),
                "at": .string(finding.place.at.text),
                "offset": place.map { .int($0.offset) },
                "length": place.map { .int($0.length) },
            ]),
        ])
    }

    /// A file by its name; a session by the name of the text that `mailtee export` makes of it.
    private static func uri(_ judged: Judged) -> String {
        let name = judged.session == nil ? judged.file ?? judged.name : "\(judged.name).txt"
        return String(
            decoding: name.utf8.flatMap { byte -> [UInt8] in
                let isPlain =
                    byte.isLetter || byte.isDigit || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains(byte)
                guard !isPlain else { return [byte] }
                let digits = Array("0123456789ABCDEF".utf8)
                return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }, as: UTF8.self)
    }
}

extension JSON: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
}
