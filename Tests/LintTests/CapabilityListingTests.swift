import Conversation
import Dialects
import Lint
import Testing

@Suite struct CapabilityListingTests {
    /// Tells each listing, as `NAME(ARGUMENTS) …`.
    private struct Listings: Rule {
        static let hears: RuleEvents = [.capabilities]
        static let about = RuleDescription(
            id: "smtp.server.listings", title: Words("Listings", ja: "Listings"), severity: .note, side: .server,
            clause: "RFC 5321",
            means: Words("", ja: ""), remedy: Words("", ja: ""), violating: "", conforming: "", repeats: true)

        mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
            let words = listing.capabilities.map { "\($0.name)(\($0.arguments.joined(separator: ",")))" }
            return finding(at: listing.place, in: session, means: Words(words.joined(separator: " "), ja: ""))
        }
    }

    private func listings(_ text: String) throws -> [String] {
        try lint(text, rules: [Listings.self]).map(\.means.en)
    }

    @Test func inSMTP() throws {
        let text = """
            protocol: smtp
            S: 220 mx
            C: EHLO a
            S: 250-mx.example.com greets you
            S: 250-auth PLAIN login
            S: 250-AUTH=PLAIN LOGIN
            S: 250-
            S: 250 SIZE 1000
            C: HELO a
            S: 250 mx
            """
        let heard = try listings(text)
        #expect(heard == ["MX.EXAMPLE.COM(GREETS,YOU) AUTH(PLAIN,LOGIN) AUTH(PLAIN,LOGIN) SIZE(1000)"])
        #expect(try lint(text, rules: [Listings.self]).map(\.place.exchange) == [1])
    }

    @Test func inPOP3() throws {
        let heard = try listings("protocol: pop3\nS: +OK\nC: CAPA\nS: +OK list\nS: SASL PLAIN\nS: USER\nS: .\n")
        #expect(heard == ["SASL(PLAIN) USER()"])
    }

    @Test func inIMAP() throws {
        let heard = try listings(
            """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] ready
            C: a CAPABILITY
            S: * CAPABILITY IMAP4rev2 STARTTLS
            S: a OK [CAPABILITY IMAP4rev2] done
            S: * OK [CAPABILITY ] odd
            S: * OK [CAPABILITY] odd
            S: * CAPABILITY
            """)
        #expect(heard == ["IMAP4REV2() AUTH(PLAIN)", "IMAP4REV2() STARTTLS()", ""])
    }
}
