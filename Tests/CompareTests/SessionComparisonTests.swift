import Compare
import Conversation
import Dialects
import Testing
import Wire

@Suite struct SessionComparisonTests {
    /// `C: ` and `S: ` lines, a turn each a millisecond.
    private func outline(_ text: String, _ dialect: DialectName = .smtp) -> SessionOutline {
        var machine = Dialect(dialect)
        var outline = SessionOutline(dialect)
        var time = Timestamp(nanoseconds: 0)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) where line.count >= 3 {
            if line.hasPrefix("wait") {
                time.nanoseconds += 5_000_000_000
                continue
            }
            time.nanoseconds += 1_000_000
            let bytes = Array(line.dropFirst(3).utf8) + [Byte.cr, Byte.lf]
            machine.received(bytes.span, from: line.hasPrefix("C") ? .client : .server, at: time, into: &outline)
        }
        machine.finished(at: time, into: &outline)
        return outline
    }

    private func words(_ comparison: SessionComparison) -> [String] {
        comparison.rows.compactMap { row in
            switch row {
            case .same: nil
            case .onlyFirst(let step): "- \(step.verb)"
            case .onlySecond(let step): "+ \(step.verb)"
            case .differs(let one, _, let differences):
                "\(one.verb) "
                    + differences.map { difference in
                        switch difference {
                        case .command(let a, let b): "says \(a) | \(b)"
                        case .codes(let a, let b): "answers \(a.joined()) | \(b.joined())"
                        case .text(let a, let b): "text \(a) | \(b)"
                        case .capabilities(let a, let b):
                            "offers \(a.joined(separator: ",")) | \(b.joined(separator: ","))"
                        case .latency: "took longer"
                        }
                    }.joined(separator: "; ")
            }
        }
    }

    private let yesterday = """
        S: 220 mx ESMTP; Tue, 4 Mar 1997 10:20:30 +0900
        C: EHLO a.example.com
        S: 250-mx
        S: 250-STARTTLS
        S: 250 SIZE 1000
        C: MAIL FROM:<alice@example.com>
        S: 250 ok
        C: RCPT TO:<bob@example.com>
        S: 250 ok
        C: DATA
        S: 354 go
        C: Date: Tue, 4 Mar 1997 10:20:30 +0900
        C: Message-ID: <1@a>
        C: Subject: hello
        C: X-Mailer: one
        C: 
        C: text
        C: .
        S: 250 queued as AB12CD34EF
        C: QUIT
        S: 221 bye
        """

    @Test func whatIsDifferentEachTimeIsTheSame() {
        let today = yesterday.replacing("Tue, 4 Mar 1997 10:20:30", with: "Fri, 7 Mar 1997 23:01:59")
            .replacing("<1@a>", with: "<2@a>").replacing("AB12CD34EF", with: "ZZ98YY76XX")
        let comparison = SessionComparison(outline(yesterday), outline(today))
        #expect(comparison.isSame)
        #expect(comparison.beyond == 0)
    }

    @Test func whatChangedIsTold() {
        let today = yesterday.replacing("S: 250-STARTTLS\n", with: "S: 250-AUTH PLAIN\n")
            .replacing(
                "C: RCPT TO:<bob@example.com>\nS: 250 ok",
                with: "C: RCPT TO:<bob@example.com>\nwait\nS: 550 no such user"
            )
            .replacing("C: MAIL", with: "C: NOOP\nS: 250 ok\nC: MAIL")
        let comparison = SessionComparison(outline(yesterday), outline(today))
        #expect(
            words(comparison) == [
                "EHLO offers STARTTLS | AUTH PLAIN", "+ NOOP",
                "RCPT answers 250 | 550; text ok | no such user; took longer",
            ])
        #expect(!comparison.isSame)
    }

    @Test func messagesAreComparedByTheirFields() {
        let today = yesterday.replacing("X-Mailer: one", with: "User-Agent: two").replacing("hello", with: "hallo")
        let mails = SessionComparison(outline(yesterday), outline(today)).mails
        #expect(mails.map(\.number) == [1])
        #expect(
            mails.first?.differences == [
                .fields(onlyFirst: ["x-mailer"], onlySecond: ["user-agent"]), .field("subject", "hello", "hallo"),
                .octets(outline(yesterday).mails[0].octets, outline(today).mails[0].octets),
            ])
    }

    @Test func tagsAreTheSame() {
        let one = "S: * OK ready\nC: a1 NOOP\nS: a1 OK done\nC: a2 LOGOUT\nS: * BYE\nS: a2 OK\n"
        let other = one.replacing("a1", with: "x77").replacing("a2", with: "x78")
        #expect(SessionComparison(outline(one, .imap), outline(other, .imap)).isSame)
    }
}
