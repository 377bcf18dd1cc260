import Conversation
import Lint
import Testing

@Suite struct CatalogueTests {
    static let descriptions = Catalogue.all.map { $0.about }

    @Test func idsAreUnique() {
        #expect(Set(Self.descriptions.map(\.id)).count == Catalogue.all.count)
        for rule in Catalogue.all { #expect(Catalogue.rule(rule.about.id) == rule) }
        #expect(Catalogue.rule("tls.no-such-rule") == nil)
    }

    @Test(arguments: descriptions.map(\.id)) func isWellFormed(_ id: String) throws {
        let about = try #require(Catalogue.rule(id)).about
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        #expect((2...3).contains(parts.count))
        #expect(["smtp", "pop3", "imap", "http", "msg", "tls", "any"].contains(parts[0]))
        for part in parts {
            let words = part.split(separator: "-", omittingEmptySubsequences: false)
            #expect(words.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLowercase || $0.isNumber } })
        }
        #expect(!about.title.en.hasSuffix(".") && about.title.en.count <= 80)
        #expect(!about.title.ja.hasSuffix("。") && about.title.ja.count <= 50)
        #expect(about.means.en.hasSuffix(".") && about.remedy.en.hasSuffix("."))
        #expect(about.means.ja.hasSuffix("。") && about.remedy.ja.hasSuffix("。"))
        for dialect in about.dialects { #expect(about.clause[dialect].hasPrefix("RFC ")) }
        #expect(!about.dialects.isEmpty)
        #expect(!about.explains.contains { $0.about.id == id })
    }

    @Test func clauseIsThatOfTheProtocol() {
        let clause = Clause(smtp: "RFC 3207 §4", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1")
        #expect(clause[.lmtp] == "RFC 3207 §4")
        #expect(clause[.pop3] == "RFC 2595 §4")
        #expect(clause.text == "SMTP: RFC 3207 §4; POP3: RFC 2595 §4; IMAP: RFC 9051 §6.2.1")
        let same: Clause = "RFC 8446 §6.2"
        #expect(same[.imap] == "RFC 8446 §6.2")
        #expect(same.text == "RFC 8446 §6.2")
    }
}
