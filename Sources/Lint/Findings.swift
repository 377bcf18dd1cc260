import Conversation

/// Gathers what the rules find.
struct Findings: Sendable {
    private var all: [Finding] = []
    private var beyond = 0
    /// How many were given out while the session went on.
    private var told = 0
    /// Ids of rules whose findings have their cause in another's.
    private var explained: Set<String> = []
    /// Findings about lines whose exchange is not told yet, by the place of these in what the client says.
    private var waiting: [UInt64: [Int]] = [:]

    mutating func add(_ finding: Finding, of about: RuleDescription) {
        explained.formUnion(about.explains.map { $0.about.id })
        guard all.count < LintLimits.findings else {
            beyond += 1
            return
        }
        if finding.place.exchange == nil, let bytes = finding.place.bytes, bytes.direction == .client {
            waiting[bytes.offset, default: []].append(all.count)
        }
        all.append(finding)
    }

    /// The exchange of this number is told.
    mutating func told(_ exchange: Exchange, number: Int?) {
        // The greeting stands where the first command will.
        guard exchange.length > 0, let indices = waiting.removeValue(forKey: exchange.offset) else { return }
        for index in indices { all[index].place.exchange = number }
    }

    /// Those that were added since the last call and have their cause in no other's so far.
    mutating func takeNews() -> [Finding] {
        defer { told = all.count }
        return all[told...].filter { !explained.contains($0.rule) }
    }

    var report: LintReport {
        let left = all.filter { !explained.contains($0.rule) }
        let order = left.indices.sorted { (left[$0].place.at, $0) < (left[$1].place.at, $1) }
        return LintReport(findings: order.map { left[$0] }, beyond: beyond)
    }
}
