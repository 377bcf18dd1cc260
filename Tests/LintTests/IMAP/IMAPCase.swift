import Testing

@testable import Lint

/// A conversation in which a rule finds something, or nothing.
struct IMAPCase: Sendable, CustomTestStringConvertible {
    let id: String
    let text: String
    /// What the finding has to say.
    let says: String
    let severity: Severity?

    init(_ name: String, _ text: String, _ says: String = "", _ severity: Severity? = nil) {
        id = "imap." + name
        self.text = text
        self.says = says
        self.severity = severity
    }

    var testDescription: String { id + "\n" + text }

    /// What this rule alone finds.
    func findings() throws -> [Finding] {
        let rule = try #require(Catalogue.rule(id))
        return try lint(text, rules: [rule])
    }

    func isFound() throws {
        let findings = try findings()
        #expect(findings.map(\.rule) == [id])
        for finding in findings {
            #expect(says.isEmpty || finding.means.en.contains(says))
            if let severity { #expect(finding.severity == severity) }
        }
    }

    static let ready = IMAPScene.secure + "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n"
    static let loggedIn = IMAPScene.loggedIn
    static let selected = IMAPScene.selected

    static func loggedIn(_ capabilities: String) -> String { IMAPScene.loggedIn(capabilities) }

    /// The server told nothing of what it can do.
    static let silent = IMAPScene.secure + "S: * OK ready\nC: a1 LOGIN alice «secret»\nS: a1 OK in\n"
    static let rev2 = IMAPScene.loggedIn("IMAP4rev2 AUTH=PLAIN")
    static let lost = "lost: client 40\n"
}
