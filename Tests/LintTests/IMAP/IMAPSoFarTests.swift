import Conversation
import Testing

@testable import Lint

/// How far a session has come, told line by line.
@Suite struct IMAPSoFarTests {
    /// Tells of the session at its end.
    private struct Teller: Rule {
        static let hears: RuleEvents = [.ended]
        static let about = RuleDescription(
            id: "imap.teller", title: Words("Tells", ja: "語る"), severity: .note, side: .client, clause: "RFC 9051 §3",
            means: Words("It tells.", ja: "語ります。"),
            remedy: Words("None.", ja: "なし。"), violating: "", conforming: "", dialects: [.imap])

        mutating func ended(in session: SessionSoFar) -> Finding? {
            let imap = session.imap
            let state = imap.state.map { "\($0)" } ?? "unknown"
            let exists = imap.mailbox?.exists.map { " \($0)" } ?? ""
            let pending = imap.pending.map { " \($0.verb)" }.joined()
            let idle = imap.lists("IDLE").map { $0 ? " idle" : " no-idle" } ?? ""
            return finding(
                at: Place(at: session.last), in: session,
                means: Words("\(state)\(exists)\(pending)\(idle)\(imap.hasUTF8 ? " utf8" : "").", ja: "。"))
        }
    }

    @Test(arguments: [
        ("S: * OK ready\n", "notAuthenticated."),
        ("S: * PREAUTH [CAPABILITY IMAP4rev1 IDLE] in\n", "authenticated idle."),
        ("S: * OK [CAPABILITY IMAP4rev1] ready\n", "notAuthenticated no-idle."),
        // What it listed before need not be all that it lists after.
        ("S: * OK [CAPABILITY IMAP4rev1] ready\nC: a LOGIN x «y»\nS: a OK\n", "authenticated."),
        ("S: * OK [CAPABILITY IMAP4rev1] ready\nC: a LOGIN x «y»\nS: a NO\n", "notAuthenticated no-idle."),
        ("S: * OK\nC: a LOGIN x «y»\nS: * CAPABILITY IMAP4rev2\nS: a OK\n", "authenticated no-idle utf8."),
        ("S: * PREAUTH\nC: a ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: a OK\n", "authenticated utf8."),
        ("S: * PREAUTH\nC: a SELECT x\nS: * 7 EXISTS\nS: * 2 EXPUNGE\nS: a OK\n", "selected 6."),
        ("S: * PREAUTH\nC: a SELECT x\nS: * 7 EXISTS\nS: a NO\n", "authenticated."),
        // Another is being selected: what is told is of that.
        ("S: * PREAUTH\nC: a SELECT x\nS: * 7 EXISTS\nS: a OK\nC: b SELECT y\nS: * 2 EXISTS\n", "selected 7."),
        ("S: * PREAUTH\nC: a SELECT x\nS: a OK\nC: b CLOSE\nS: b OK\n", "authenticated."),
        ("S: * PREAUTH\nC: a SELECT x\nS: a OK\nC: b NOOP\nC: c IDLE\n", "selected."),
        ("S: * PREAUTH\nC: a IDLE\nS: + ok\nC: DONE\nS: a OK\n", "authenticated."),
        ("S: * OK\nC: a LOGOUT\nS: * BYE\nS: a OK\n", "logout."),
        ("S: * OK [CAPABILITY IMAP4rev1 IDLE STARTTLS]\nC: a STARTTLS\nS: a OK\ntls client\n", "notAuthenticated."),
    ]) func tells(_ text: String, _ what: String) throws {
        #expect(try lint("protocol: imap\n" + text, rules: [Teller.self]).map(\.means.en) == [what])
    }
}
