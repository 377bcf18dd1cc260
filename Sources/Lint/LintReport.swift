/// What the rules found in a session.
public struct LintReport: Sendable, Equatable {
    /// In the order of the session.
    public var findings: [Finding]
    /// How many more there were than are kept.
    public var beyond: Int
    /// nil where nothing was heard that could be judged.
    public var verdict: Verdict?

    public init(findings: [Finding], beyond: Int = 0, verdict: Verdict? = nil) {
        self.findings = findings
        self.beyond = beyond
        self.verdict = verdict
    }
}
