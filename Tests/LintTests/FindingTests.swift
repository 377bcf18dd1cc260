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

    @Test func theFirstOfTheWorstIsTheWorst() {
        func finding(_ rule: String, _ severity: Severity) -> Finding {
            var finding = self.finding
            finding.rule = rule
            finding.severity = severity
            return finding
        }
        let findings = [finding("a", .note), finding("b", .warning), finding("c", .error), finding("d", .error)]
        #expect(LintReport(findings: findings).worst?.rule == "c")
        #expect(LintReport(findings: []).worst == nil)
        #expect(Severity.allCases.sorted() == [.note, .warning, .error])
    }
}
