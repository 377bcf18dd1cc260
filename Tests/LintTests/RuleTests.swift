import Lint
import Testing
import Wire

/// Each rule on its own two transcripts.
@Suite struct RuleTests {
    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func violatingOneIsFound(_ id: String) throws {
        let about = try #require(Catalogue.rule(id)).about
        let transcript = try RuleTranscript(about.violating)
        let findings = try lint(about.violating)
        let finding = try #require(findings.first { $0.rule == id })
        #expect(about.others(in: findings) == [])
        #expect(about.dialects.contains(transcript.dialect))
        #expect(finding.title == about.title)
        #expect(finding.title.ja != finding.title.en && finding.means.ja != finding.means.en, "in Japanese")
        #expect(finding.remedy.ja != finding.remedy.en, "in Japanese")
        #expect(finding.means.ja.hasSuffix("。"))
        #expect(finding.side == about.side)
        #expect(finding.severity <= about.severity)
        #expect(finding.means.en.hasSuffix("."))
        #expect(finding.remedy == about.remedy)
        #expect(!finding.clause.isEmpty)
    }

    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func conformingOneIsClean(_ id: String) throws {
        let about = try #require(Catalogue.rule(id)).about
        let findings = try lint(about.conforming)
        #expect(!findings.contains { $0.rule == id })
        #expect(about.others(in: findings) == [])
    }

    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func noSecretIsTold(_ id: String) throws {
        let about = try #require(Catalogue.rule(id)).about
        for text in [about.violating, about.conforming] {
            let transcript = try RuleTranscript(text)
            for finding in transcript.lint().findings {
                for secret in transcript.secrets { #expect(!finding.json().text.contains(secret)) }
            }
        }
    }
}

extension RuleDescription {
    /// What the transcripts of this rule may not break: others of its family, and whatever is an error. A rule's
    /// transcript speaks of one thing, and need not be perfect in all the others.
    fileprivate func others(in findings: [Finding]) -> [String] {
        findings.filter { finding in
            guard finding.rule != id, !besides.contains(finding.rule) else { return false }
            // What stands for a message in a conversation about something else.
            if finding.rule.hasPrefix("msg."), !id.hasPrefix("msg.") { return false }
            return Self.family(finding.rule) == Self.family(id) || finding.severity == .error
        }.map(\.rule)
    }

    /// `smtp.client` of `smtp.client.bare-lf`, `msg` of `msg.no-date`.
    private static func family(_ id: String) -> Substring { id[..<(id.lastIndex(of: ".") ?? id.endIndex)] }
}
