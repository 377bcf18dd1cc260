/// The events that a rule listens to: those whose methods it implements. A linter asks nobody in vain.
public struct RuleEvents: OptionSet, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let utterance = RuleEvents(rawValue: 1 << 0)
    public static let exchange = RuleEvents(rawValue: 1 << 1)
    public static let capabilities = RuleEvents(rawValue: 1 << 2)
    public static let messageBegan = RuleEvents(rawValue: 1 << 3)
    public static let messageBytes = RuleEvents(rawValue: 1 << 4)
    public static let messageEnded = RuleEvents(rawValue: 1 << 5)
    public static let bodyBegan = RuleEvents(rawValue: 1 << 6)
    public static let bodyEnded = RuleEvents(rawValue: 1 << 7)
    public static let lost = RuleEvents(rawValue: 1 << 8)
    public static let agreedOnTLS = RuleEvents(rawValue: 1 << 9)
    public static let handshake = RuleEvents(rawValue: 1 << 10)
    public static let ended = RuleEvents(rawValue: 1 << 11)

    static let all: [RuleEvents] = (0..<12).map { RuleEvents(rawValue: 1 << $0) }

    /// Where lists by event keep that of this one.
    var index: Int { rawValue.trailingZeroBitCount }
}
