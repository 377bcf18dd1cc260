import Conversation

/// Two sessions beside each other, exchange by exchange.
public struct SessionComparison: Sendable {
    public enum Row: Sendable {
        case same(SessionOutline.Step)
        case differs(SessionOutline.Step, SessionOutline.Step, [Difference])
        case onlyFirst(SessionOutline.Step)
        case onlySecond(SessionOutline.Step)
    }

    public enum Difference: Sendable, Equatable {
        case command(String, String)
        /// The codes of the replies.
        case codes([String], [String])
        case text(String, String)
        /// Capabilities that only the one or the other has.
        case capabilities(onlyFirst: [String], onlySecond: [String])
        /// Nanoseconds; told where one took a second longer, and four times as long.
        case latency(Int64, Int64)
    }

    public enum MailDifference: Sendable, Equatable {
        /// Header fields that only the one or the other has, by name.
        case fields(onlyFirst: [String], onlySecond: [String])
        case field(String, String, String)
        case parts([String], [String])
        case octets(UInt64, UInt64)
        /// A message that only one session has.
        case missing(inFirst: Bool)
    }

    public let rows: [Row]
    /// For each message in which there are any, by its number from 1 on.
    public let mails: [(number: Int, differences: [MailDifference])]
    /// Exchanges and messages that were not compared, since there are too many.
    public let beyond: Int

    /// Nothing differs.
    public var isSame: Bool {
        mails.isEmpty && rows.allSatisfy { if case .same = $0 { true } else { false } }
    }

    public init(_ first: SessionOutline, _ second: SessionOutline) {
        beyond = first.beyond + second.beyond
        let pairs = Alignment.of(
            first.steps, second.steps, limit: CompareLimits.pairs, likeness: Self.likeness)
        rows = pairs.map { pair in
            switch pair {
            case .first(let index): return .onlyFirst(first.steps[index])
            case .second(let index): return .onlySecond(second.steps[index])
            case .both(let a, let b):
                let (one, other) = (first.steps[a], second.steps[b])
                let differences = Self.differences(one, other)
                return differences.isEmpty ? .same(one) : .differs(one, other, differences)
            }
        }
        mails = (0..<max(first.mails.count, second.mails.count)).compactMap { index in
            let differences: [MailDifference] =
                if index >= first.mails.count {
                    [.missing(inFirst: true)]
                } else if index >= second.mails.count {
                    [.missing(inFirst: false)]
                } else {
                    Self.differences(first.mails[index], second.mails[index])
                }
            return differences.isEmpty ? nil : (index + 1, differences)
        }
    }

    private static func likeness(_ a: SessionOutline.Step, _ b: SessionOutline.Step) -> Int {
        guard a.verb == b.verb else { return 0 }
        return a.sameCommand == b.sameCommand ? Alignment.best : 2
    }

    private static func differences(_ a: SessionOutline.Step, _ b: SessionOutline.Step) -> [Difference] {
        var found: [Difference] = []
        if a.sameCommand != b.sameCommand { found.append(.command(a.command, b.command)) }
        if a.codes != b.codes { found.append(.codes(a.codes, b.codes)) }
        if a.isListing, b.isListing {
            let one = Set(a.lines.map { $0.uppercased() })
            let other = Set(b.lines.map { $0.uppercased() })
            let left = one.subtracting(other).subtracting(Self.name(of: a))
            let right = other.subtracting(one).subtracting(Self.name(of: b))
            if !left.isEmpty || !right.isEmpty {
                found.append(.capabilities(onlyFirst: left.sorted(), onlySecond: right.sorted()))
            }
        } else if a.sameText != b.sameText {
            found.append(.text(a.lines.first ?? "", b.lines.first ?? ""))
        }
        if let one = a.latency, let other = b.latency, matters(one, other) { found.append(.latency(one, other)) }
        return found
    }

    /// What a server calls itself in its answer to EHLO, which is no capability.
    private static func name(of step: SessionOutline.Step) -> Set<String> {
        step.codes.last == "250" ? Set(step.lines.prefix(1).map { $0.uppercased() }) : []
    }

    private static func matters(_ a: Int64, _ b: Int64) -> Bool {
        let (less, more) = (max(0, min(a, b)), max(a, b))
        return more - less > 1_000_000_000 && more / 4 > less
    }

    private static func differences(_ a: SessionOutline.Mail, _ b: SessionOutline.Mail) -> [MailDifference] {
        var found: [MailDifference] = []
        let (left, right) = (a.fields.map(\.name), b.fields.map(\.name))
        let onlyFirst = left.filter { !right.contains($0) }
        let onlySecond = right.filter { !left.contains($0) }
        if !onlyFirst.isEmpty || !onlySecond.isEmpty {
            found.append(.fields(onlyFirst: onlyFirst, onlySecond: onlySecond))
        }
        for field in a.fields where !["date", "message-id", "received"].contains(field.name) {
            guard let other = b.fields.first(where: { $0.name == field.name }) else { continue }
            if Sameness.of(field.body.utf8) != Sameness.of(other.body.utf8) {
                found.append(.field(field.name, field.body, other.body))
            }
        }
        if a.parts != b.parts { found.append(.parts(a.parts, b.parts)) }
        if a.octets != b.octets { found.append(.octets(a.octets, b.octets)) }
        return found
    }
}
