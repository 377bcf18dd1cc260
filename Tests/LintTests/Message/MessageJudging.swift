import Testing

@testable import Lint

/// What one rule finds in a conversation, whole and byte by byte.
func judge(_ id: String, _ transcript: String) throws -> [Finding] {
    try lint(transcript, rules: [#require(Catalogue.rule(id))])
}

/// The severities of what the rules about messages find, by rule; that lines are long is left out.
func judgeMessage(_ transcript: String) throws -> [String: Severity] {
    let rules = Catalogue.all.filter { $0.about.id.hasPrefix("msg.") && $0.about.id != "msg.line-over-78" }
    return Dictionary(try lint(transcript, rules: rules).map { ($0.rule, $0.severity) }) { max($0, $1) }
}

/// A message as it stands in a file, as lines of a transcript.
func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
