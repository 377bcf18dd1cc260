import Conversation
import Dialects
import Fuzzing
import Postbox
import Wire

/// The services with a machine beside each that follows them. The client waits after each line, so that nothing is left
/// to guess: service and machine must understand it alike. To each command there is an answer, and what a machine hears
/// as a message is what the mailbox holds.
struct Company {
    private let mailbox = Mailbox()
    private var smtp: Followed<SMTPService>
    private var pop3: Followed<POP3Service>
    /// All that ever came into the mailbox.
    private var kept: [UInt64: [UInt8]] = [:]

    init() {
        smtp = Followed(SMTPService(mailbox: mailbox, hostname: "mx"), .smtp)
        pop3 = Followed(POP3Service(mailbox: mailbox, hostname: "mx"), .pop3)
    }

    mutating func run(_ script: Script) throws(Violation) {
        for case .said(let direction, let bytes) in script.turns {
            if direction == .client {
                try sendMail(bytes)
            } else {
                try fetchMail(bytes)
            }
        }
        try smtp.finish()
        try pop3.finish()
    }

    private mutating func sendMail(_ bytes: [UInt8]) throws(Violation) {
        if smtp.isOver { smtp = Followed(SMTPService(mailbox: mailbox, hostname: "mx"), .smtp) }
        for line in lines(of: bytes) where !smtp.isOver {
            let before = Set(mailbox.entries().map(\.number))
            smtp.say(line)
            let new = mailbox.entries().filter { !before.contains($0.number) }
            for entry in new { kept[entry.number] = entry.bytes }
            let heard = smtp.takeMessages().filter(\.isComplete).map(\.plain)
            let accepted = smtp.lastAnswer.starts(with: "2".utf8) ? heard : []
            guard accepted == new.map(\.bytes) else {
                throw Violation(
                    "SMTP: the mailbox got \(new.map { Picture.of($0.bytes) }), the machine heard "
                        + "\(heard.map { Picture.of($0) }), the answer was \(Picture.of(smtp.lastAnswer))")
            }
            try smtp.expectAnswered()
        }
    }

    private mutating func fetchMail(_ bytes: [UInt8]) throws(Violation) {
        if pop3.isOver { pop3 = Followed(POP3Service(mailbox: mailbox, hostname: "mx"), .pop3) }
        for line in lines(of: bytes) where !pop3.isOver {
            pop3.say(line)
            for heard in pop3.takeMessages() {
                guard heard.isComplete else { throw Violation("POP3: a message without an end") }
                guard kept.values.contains(where: heard.isOf) else {
                    throw Violation("POP3: nobody sent \(Picture.of(heard.plain))")
                }
            }
            try pop3.expectAnswered()
        }
    }

    private func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: Byte.lf).map { $0 + 1 } ?? rest.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines
    }
}
