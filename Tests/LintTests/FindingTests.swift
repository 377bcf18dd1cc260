import Conversation
import Lint
import Testing
import Wire

@Suite struct FindingTests {
    private let finding = Finding(
        rule: "tls.password-clear", title: Words("A password is said in clear", ja: "A password is said in clear"),
        severity: .error, side: .client,
        place: Place(
            at: Timestamp(nanoseconds: 1_000_000), bytes: SpokenBytes(.client, offset: 12, length: 13), exchange: 2),
        clause: "RFC 8314 §5.2", means: Words("It was.", ja: "It was."), remedy: Words("Do not.", ja: "Do not."))

    @Test func jsonHasTheFieldsThatScriptsRelyOn() {
        #expect(
            finding.json().text == """
                {"rule":"tls.password-clear","title":"A password is said in clear","severity":"error",\
                "side":"client","at":"1970-01-01T00:00:00.001000Z","exchange":2,"from":"client","offset":12,\
                "length":13,"clause":"RFC 8314 §5.2","means":"It was.","remedy":"Do not."}
                """)
    }

    @Test func whatIsNotKnownIsNull() {
        var finding = finding
        finding.place = Place(at: Timestamp(nanoseconds: 0))
        for key in ["exchange", "from", "offset", "length"] { #expect(finding.json()[key] == .null) }
    }

    /// A verb may be whatever a peer said, and stands in the words of many rules.
    @Test func whatAPeerSaidCanBeShown() {
        let raw = Words("\u{1B}[2J\u{202E}It was.\nTwice.", ja: "\u{9B}2J\u{7F}だめ。")
        let shown = Words("␛[2J\\u{202E}It was.\nTwice.", ja: "\\u{9B}2J␡だめ。")
        let finding = Finding(
            rule: "imap.server.unknown-tag", title: finding.title, severity: .error, side: .server,
            place: finding.place, clause: finding.clause, means: raw, remedy: raw)
        #expect(finding.means == shown)
        #expect(finding.remedy == shown)
        #expect(Verdict(cause: "ok", fault: .none, words: raw).words == shown)
    }

    @Test func whatMattersMoreIsGreater() {
        #expect(Severity.allCases.sorted() == [.note, .warning, .error])
    }
}
