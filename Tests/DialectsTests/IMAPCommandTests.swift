import Dialects
import Testing

/// The table, row by row.
@Suite struct IMAPCommandTests {
    @Test(arguments: IMAPCommand.table.map(\.verb)) func whatSucceedsLeadsToTheStateThatTheTableSays(_ verb: String)
        throws
    {
        let command = try #require(IMAPCommand.named(verb))
        #expect(command.clause.hasPrefix("RFC "))
        for phase in command.phases {
            #expect(IMAPCommand.phase(after: verb, "OK", in: phase) == command.next ?? phase)
            #expect(IMAPCommand.phase(after: verb, "BAD", in: phase) == phase)
        }
    }

    /// What a failed SELECT leaves is no mailbox (RFC 9051 §6.3.2).
    @Test func whatFailsLeavesTheState() {
        for phase in IMAPPhase.allCases {
            for command in IMAPCommand.table {
                let isDeselected = phase == .selected && command.next == .selected
                #expect(
                    IMAPCommand.phase(after: command.verb, "NO", in: phase) == (isDeselected ? .authenticated : phase))
            }
        }
    }

    @Test func nothingLeadsBackFromTheEnd() {
        for command in IMAPCommand.table {
            #expect(IMAPCommand.phase(after: command.verb, "OK", in: .logout) == .logout)
            #expect(IMAPCommand.phase(after: command.verb, "OK", in: .tls) == .tls)
        }
    }

    @Test(arguments: [
        ("FETCH", IMAPPhase.selected), ("LIST", .authenticated), ("NOOP", .greeting), ("X-UNKNOWN", .greeting),
    ])
    func whatSucceedsShowsTheStateThatNobodyHeardOf(_ verb: String, _ phase: IMAPPhase) {
        #expect(IMAPCommand.phase(after: verb, "OK", in: .greeting) == phase)
    }
}
