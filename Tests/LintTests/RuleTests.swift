import Lint
import Testing
import Wire

/// Each rule on its own two transcripts.
@Suite struct RuleTests {
    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func violatingOneIsFound(_ id: String) throws {
        let about = try #require(Catalogue.rule(id)).about
        let transcript = try RuleTranscript(about.violating)
        let findings = try lint(about.violating)
        #expect(findings.map(\.rule) == [id])
        let finding = try #require(findings.first)
        #expect(about.dialects.contains(transcript.dialect))
        #expect(finding.title == about.title)
        #expect(finding.side == about.side)
        #expect(finding.severity <= about.severity)
        #expect(finding.means.hasSuffix("."))
        #expect(finding.remedy == about.remedy)
        #expect(!finding.clause.isEmpty)
    }

    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func conformingOneIsClean(_ id: String) throws {
        let findings = try lint(try #require(Catalogue.rule(id)).about.conforming)
        #expect(findings.map(\.rule) == [])
    }

    @Test(arguments: CatalogueTests.descriptions.map(\.id)) func noSecretIsTold(_ id: String) throws {
        let about = try #require(Catalogue.rule(id)).about
        for text in [about.violating, about.conforming] {
            let transcript = try RuleTranscript(text)
            for finding in transcript.lint().findings {
                for secret in transcript.secrets { #expect(!finding.json.text.contains(secret)) }
            }
        }
    }
}
