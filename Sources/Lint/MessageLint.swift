import Conversation

/// What is wrong with a message that stands alone, in no conversation.
public struct MessageLint: Sendable {
    private var linter: Linter
    private var offset: UInt64 = 0

    /// - Parameter rules: those about messages are asked, the others are not.
    public init(rules: [any Rule.Type] = Catalogue.all) {
        let start = Timestamp.now()
        linter = Linter(LintContext(dialect: .smtp), rules: rules.filter { $0.about.id.hasPrefix("msg.") })
        linter.messageBegan(MessageStart(direction: .client, offset: 0, at: start, dotStuffed: false))
    }

    public mutating func received(_ bytes: Span<UInt8>) {
        linter.messageBytes(bytes, from: .client, offset: offset, at: .now())
        offset += UInt64(bytes.count)
    }

    public mutating func finish() -> LintReport {
        linter.messageEnded(.client, complete: true, at: .now())
        var report = linter.finish()
        let serious = report.findings.filter { $0.severity > .note }
        let worst = serious.max { ($0.severity, $1.place.offset) < ($1.severity, $0.place.offset) }
        report.verdict =
            worst.map {
                Verdict(cause: $0.rule, fault: .message, words: $0.means, place: $0.place)
            }
            ?? Verdict(
                cause: "ok", fault: .none,
                words: Words("The message keeps to the rules.", ja: "メッセージは規則どおりです。"))
        return report
    }
}

extension Place {
    fileprivate var offset: UInt64 { bytes?.offset ?? 0 }
}
