/// What the linter keeps at most of one session.
public enum LintLimits {
    /// Findings. Those beyond are counted.
    public static let findings = 1_000
    /// Bytes of a line that a finding quotes.
    public static let quoted = 80
    /// Bytes of a reply that a verdict quotes.
    public static let quotedReply = 240
}
