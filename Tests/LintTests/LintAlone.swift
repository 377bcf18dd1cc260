import Lint

/// What one rule finds in a conversation.
func lintAlone(_ id: String, _ text: String) throws -> [Finding] {
    try lint(text, rules: Catalogue.all.filter { $0.about.id == id })
}

/// What the rules find whose ids begin so.
func lintFamily(_ prefix: String, _ text: String) throws -> [Finding] {
    try lint(text, rules: Catalogue.all.filter { $0.about.id.hasPrefix(prefix) })
}
