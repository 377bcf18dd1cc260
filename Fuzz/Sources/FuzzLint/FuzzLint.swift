import Conversation
import Dialects
import Fuzzing
import Lint
import Wire

/// A conversation as in `Script`, behind one byte that says in which protocol: what all the rules find does not depend on
/// how the bytes were cut, stands where something was said, and can be shown.
@main enum FuzzLint {
    private static let dialects: [DialectName] = [.smtp, .lmtp, .pop3, .imap, .http, .nntp]

    static func main() {
        fuzz(check) { Script(Array($0.dropFirst())).text(dialect(of: $0)) }
    }

    private static func dialect(of input: [UInt8]) -> DialectName { dialects[Int(input.first ?? 0) % dialects.count] }

    private static func check(_ input: [UInt8]) throws(Violation) {
        let script = Script(Array(input.dropFirst()))
        let whole = lint(script.turns, .whole, dialect(of: input))
        let cut = lint(script.turns, script.cuts, dialect(of: input))
        guard whole.findings == cut.findings, whole.verdict == cut.verdict else {
            let other = zip(whole.findings, cut.findings).first { $0 != $1 }
            throw Violation("in pieces, other findings: \(other.map { "\($0.rule) or \($1.rule)" } ?? "more or fewer")")
        }
        for finding in whole.findings {
            for words in [finding.means, finding.title, finding.remedy] { try show(words, of: finding.rule) }
        }
        if let verdict = whole.verdict { try show(verdict.words, of: verdict.cause) }
    }

    private static func show(_ words: Words, of rule: String) throws(Violation) {
        for text in [words.en, words.ja] where Picture.of(text: text, keepLineEnds: true) != text {
            throw Violation("\(rule) has in its words what cannot be shown: \(Picture.of(text: text))")
        }
    }

    private static func lint(_ turns: [Script.Turn], _ cuts: Cuts, _ dialect: DialectName) -> LintReport {
        var machine = Dialect(dialect)
        var linter = Linter(LintContext(dialect: dialect))
        var time = Timestamp(nanoseconds: 0)
        for turn in turns {
            time.nanoseconds += 1_000_000
            switch turn {
            case .said(let direction, let bytes):
                for piece in cuts.pieces(of: bytes) {
                    machine.received(piece.span, from: direction, at: time, into: &linter)
                }
            case .lost(let direction, let count):
                machine.lost(count, from: direction, at: time, into: &linter)
                linter.hear(SessionEvent<[UInt8]>.lost(direction, count: Int(clamping: count)), at: time)
            case .secured:
                machine.secured(at: time, into: &linter)
                linter.hear(SessionEvent<[UInt8]>.tls(TLSFacts(leg: .client, start: .starttls)), at: time)
            }
        }
        machine.finished(at: time, into: &linter)
        linter.hear(SessionEvent<[UInt8]>.closed(.closed(first: .client)), at: time)
        return linter.finish()
    }
}
