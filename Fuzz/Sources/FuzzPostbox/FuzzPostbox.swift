import Fuzzing
import Postbox
import Wire

/// Both services over one mailbox: what a script's client says goes to SMTP, what its server says goes to POP3. Each
/// turn is sent to the session that is open, or to a new one where the last has said goodbye.
@main enum FuzzPostbox {
    static func main() {
        fuzz(check, show: show)
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        let script = Script(input)
        let whole = answers(script, .whole)
        if answers(script, .bytes) != whole { throw Violation("answered otherwise when heard byte by byte") }
        if answers(script, script.cuts) != whole { throw Violation("answered otherwise when heard in pieces") }
        var company = Company()
        try company.run(script)
    }

    /// What is answered to each turn, and what the mailbox holds in the end.
    private static func answers(_ script: Script, _ cuts: Cuts) -> [[UInt8]] {
        let mailbox = Mailbox()
        var smtp = Session(SMTPService(mailbox: mailbox, hostname: "mx"))
        var pop3 = Session(POP3Service(mailbox: mailbox, hostname: "mx"))
        var answers: [[UInt8]] = []
        for case .said(let direction, let bytes) in script.turns {
            let pieces = cuts.pieces(of: bytes)
            if direction == .client {
                if smtp.isOver { smtp = Session(SMTPService(mailbox: mailbox, hostname: "mx")) }
                answers.append(smtp.answers(pieces))
            } else {
                if pop3.isOver { pop3 = Session(POP3Service(mailbox: mailbox, hostname: "mx")) }
                answers.append(pop3.answers(pieces))
            }
        }
        return answers + mailbox.entries().map(\.bytes)
    }

    private static func show(_ input: [UInt8]) -> String {
        let script = Script(input)
        return "C is the client of SMTP, S that of POP3\n" + script.text(.plain)
    }
}
