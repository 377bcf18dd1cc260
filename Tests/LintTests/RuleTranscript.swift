import Conversation
import Dialects
import Lint
import Wire

/// Reads the form that `RuleDescription` tells of, and lets a linter hear it.
struct RuleTranscript {
    enum Step {
        case said(Direction, [UInt8])
        case beside(SessionEvent<[UInt8]>)
        /// So many seconds pass.
        case wait(Int64)
    }

    struct Bad: Error {
        let line: String
    }

    var dialect = DialectName.smtp
    var serverOfferedTLSBefore = false
    var steps: [Step] = []
    /// What stands between « and ».
    var secrets: [String] = []

    init(_ text: String) throws {
        for line in text.split(separator: "\n") { try read(String(line)) }
    }

    private mutating func read(_ line: String) throws {
        func rest(_ mark: String) -> String? { line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : nil }
        if let name = rest("protocol: ").flatMap(DialectName.init(rawValue:)) {
            dialect = name
        } else if line == "earlier: TLS offered" {
            serverOfferedTLSBefore = true
        } else if let text = rest("C: ") {
            say(.client, text)
        } else if let text = rest("S: ") {
            say(.server, text)
        } else if let facts = try rest("tls ").map(Self.facts) {
            steps.append(.beside(.tls(facts)))
        } else if let text = rest("remark: ") {
            steps.append(.beside(.note(Note(.remark, text))))
        } else if let words = rest("lost: ")?.split(separator: " "), words.count == 2,
            let direction = Direction(rawValue: String(words[0])), let count = Int(words[1])
        {
            steps.append(.beside(.lost(direction, count: count)))
        } else if let seconds = rest("wait: ").flatMap(Int64.init) {
            steps.append(.wait(seconds))
        } else if let text = rest("end: ") {
            steps.append(.beside(.closed(SessionEnd(text: text))))
        } else {
            throw Bad(line: line)
        }
    }

    private mutating func say(_ direction: Direction, _ text: String) {
        var text = text[...]
        let ends = !text.hasSuffix("\\c")
        if !ends { text = text.dropLast(2) }
        if let start = text.firstIndex(of: "«"), let end = text.firstIndex(of: "»") {
            secrets.append(String(text[text.index(after: start)..<end]))
        }
        var bytes: [UInt8] = []
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "«", "»": break
            case "\\" where scalars.first == "x":
                bytes.append(UInt8(String(String.UnicodeScalarView(scalars.dropFirst().prefix(2))), radix: 16) ?? 0)
                scalars = scalars.dropFirst(3)
            default: bytes += String(scalar).utf8
            }
        }
        if ends { bytes += [Byte.cr, Byte.lf] }
        // What one side says on end is one turn: how it is cut is not for the transcript to say.
        if case .said(direction, let before)? = steps.last {
            steps[steps.count - 1] = .said(direction, before + bytes)
        } else {
            steps.append(.said(direction, bytes))
        }
    }

    /// `LEG KEY=VALUE…`, a value with blanks in quotes.
    private static func facts(_ text: String) throws -> TLSFacts {
        var values: [String: String] = [:]
        var rest = text[...]
        let leg = Direction(rawValue: String(rest.prefix { $0 != " " }))
        rest = rest.drop { $0 != " " }.dropFirst()
        while let sign = rest.firstIndex(of: "=") {
            let key = String(rest[..<sign])
            rest = rest[rest.index(after: sign)...]
            let isQuoted = rest.first == "\""
            if isQuoted { rest = rest.dropFirst() }
            let value = rest.prefix { $0 != (isQuoted ? "\"" : " ") }
            values[key] = String(value)
            rest = rest.dropFirst(value.count + (isQuoted ? 1 : 0)).drop { $0 == " " }
        }
        let keys: Set = ["start", "version", "sni", "names", "verification", "by", "alert", "means", "fault"]
        guard let leg, keys.isSuperset(of: values.keys), rest.isEmpty else { throw Bad(line: text) }
        let names = values["names"].map {
            CertificateFacts(
                subject: "", issuer: "", names: $0.split(separator: ",").map(String.init), notBefore: 0, notAfter: 0,
                fingerprint: "")
        }
        return TLSFacts(
            leg: leg, start: values["start"].flatMap(TLSFacts.Start.init(rawValue:)) ?? .starttls,
            version: values["version"], serverName: values["sni"],
            chain: names.map { [$0] } ?? [],
            verification: values["verification"].map(TLSFacts.Verification.init(text:)),
            failure: values["by"].flatMap(TLSFacts.Failure.By.init(rawValue:)).map {
                TLSFacts.Failure(by: $0, alert: values["alert"], means: values["means"] ?? "")
            }, fault: values["fault"])
    }
}

extension RuleTranscript {
    /// Hears it as a session is heard again from its record, each turn cut as `cut` says.
    func lint(
        rules: [any Rule.Type] = Catalogue.all, _ cut: ([UInt8]) -> [[UInt8]] = { [$0] }
    ) -> LintReport {
        var linter = Linter(
            LintContext(dialect: dialect, serverOfferedTLSBefore: serverOfferedTLSBefore), rules: rules)
        var machine = Dialect(dialect)
        var time = Timestamp(nanoseconds: 0)
        for step in steps {
            time.nanoseconds += 1_000_000
            switch step {
            case .wait(let seconds): time.nanoseconds += seconds * 1_000_000_000
            case .said(let direction, let bytes):
                for piece in cut(bytes) where !piece.isEmpty {
                    machine.received(piece.span, from: direction, at: time, into: &linter)
                }
            case .beside(let event):
                switch event {
                case .tls(let facts) where facts.securesClient: machine.secured(at: time, into: &linter)
                case .lost(let direction, let count):
                    machine.lost(UInt64(count), from: direction, at: time, into: &linter)
                default: break
                }
                linter.hear(event, at: time)
            }
        }
        machine.finished(at: time, into: &linter)
        return linter.finish()
    }
}

/// The findings in a conversation, whole and byte by byte, which must be the same.
func lint(_ text: String, rules: [any Rule.Type] = Catalogue.all) throws -> [Finding] {
    let transcript = try RuleTranscript(text)
    let whole = transcript.lint(rules: rules)
    guard transcript.lint(rules: rules, { $0.map { [$0] } }) == whole else { throw Unequal() }
    return whole.findings
}

struct Unequal: Error {}
