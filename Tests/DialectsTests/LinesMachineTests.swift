import Conversation
import Dialects
import Foundation
import Testing
import Wire

/// A recorder hears secrets alone, and passes by lines that it takes for having none: it must hear the same of them.
/// And what no transcript can say well: lines that are very long, and gaps.
@Suite struct LinesMachineTests {
    static let dialects: [DialectName] = [.plain, .nntp, .ftp, .sieve, .irc]
    private let time = Timestamp(nanoseconds: 0)

    @Test(
        arguments: (60...70).map { String(repeating: "a", count: $0) + " LOGIN secret\n" } + [
            "\ra LOGIN secret\n", "\rPASS secret\r\n", String(repeating: "a", count: 80) + "\rPASS secret\r\n",
        ])
    func nothingBeforeAPasswordHidesIt(_ text: String) {
        let line = Array(text.utf8)
        var reader = LinesMachine(.plain)
        var recorder = LinesMachine(.plain)
        var told = Told()
        var secrets = SecretsAlone()
        told.willFeed(.client, line.count)
        reader.received(line.span, from: .client, at: time, into: &told)
        recorder.received(line.span, from: .client, at: time, into: &secrets)
        #expect(told.secret.client == line.indices.map { secrets.secret.client.contains($0) })
    }

    /// Each conversation, also in the protocols that it is none of.
    @Test(arguments: TranscriptTests.names.filter { name in dialects.contains { name.hasPrefix($0.rawValue + "-") } })
    func aRecorderHearsTheSameSecrets(_ name: String) throws {
        let file = TranscriptTests.folder.appending(path: name)
        var transcript = try Transcript(String(contentsOf: file, encoding: .utf8))
        for dialect in Self.dialects {
            transcript.dialect = dialect
            let told = transcript.hear { [$0] }
            for length in [1, 2, 7, 50, Int.max] {
                var machine = LinesMachine(dialect)
                var secrets = SecretsAlone()
                for (direction, bytes) in transcript.turns {
                    var rest = bytes[...]
                    while !rest.isEmpty {
                        let piece = rest.prefix(length)
                        secrets.direction = direction
                        machine.received(piece.span, from: direction, at: time, into: &secrets)
                        secrets.base[direction] += piece.count
                        rest = rest.dropFirst(length)
                    }
                }
                for direction in Direction.allCases {
                    let all = told.secret[direction].indices
                    let isSame = told.secret[direction] == all.map { secrets.secret[direction].contains($0) }
                    #expect(isSame, "\(dialect), pieces of \(length), \(direction)")
                }
            }
        }
    }

    /// A masked record read again has the same lines of the same kinds, and nothing of it is masked that was not.
    @Test(arguments: TranscriptTests.names.filter { name in dialects.contains { name.hasPrefix($0.rawValue + "-") } })
    func aMaskedRecordReadsTheSame(_ name: String) throws {
        let file = TranscriptTests.folder.appending(path: name)
        var transcript = try Transcript(String(contentsOf: file, encoding: .utf8))
        for dialect in Self.dialects {
            transcript.dialect = dialect
            let told = transcript.hear { [$0] }
            var masked = transcript
            var position = PerDirection(0)
            masked.turns = transcript.turns.map { direction, bytes in
                defer { position[direction] += bytes.count }
                let isSecret = told.secret[direction].dropFirst(position[direction])
                return (direction, zip(bytes, isSecret).map { $1 ? Byte.mask : $0 })
            }
            let again = masked.hear { [$0] }
            // But for where the secret begins, which is not to be seen once it is masked.
            func lines(_ told: Told) -> [String] {
                told.utterances.map {
                    $0.split(separator: " ", omittingEmptySubsequences: false).dropLast(2).joined(separator: " ")
                }
            }
            #expect(lines(again) == lines(told), "\(dialect)")
            let isSubset = zip(again.secret.client, told.secret.client).allSatisfy { !$0 || $1 }
            #expect(isSubset, "\(dialect)")
        }
    }

    /// Tags may be longer than what is kept of a line; what comes behind them is not looked at, and may be a password.
    @Test(arguments: [-20, 0, 20].map { LinesLimits.lineWithTags + $0 })
    func whatIsNotKeptOfALineOfIRCIsSecret(_ length: Int) {
        let line = Array(("@" + String(repeating: "a", count: length) + " OPER noizumi ").utf8)
        let secret = Array("secret".utf8)
        let told = hear(.irc, [.said(.client, line + secret + Array("\r\nNICK a\r\n".utf8))])
        let isSecret = told.secret.client
        #expect(isSecret[line.count..<(line.count + secret.count)].allSatisfy { $0 })
        #expect(!isSecret[1...8_192].contains(true))
        #expect(!isSecret.suffix(8).contains(true))
    }

    // MARK: - Gaps

    private enum Part {
        case said(Direction, [UInt8])
        case lost(Direction, UInt64)
    }

    private func hear(_ dialect: DialectName, _ parts: [Part]) -> Told {
        var machine = LinesMachine(dialect)
        var told = Told()
        for part in parts {
            switch part {
            case .said(let direction, let bytes):
                told.willFeed(direction, bytes.count)
                machine.received(bytes.span, from: direction, at: time, into: &told)
            case .lost(let direction, let count): machine.lost(count, from: direction, at: time, into: &told)
            }
        }
        machine.finished(at: time, into: &told)
        return told
    }

    private func said(_ direction: Direction, _ text: String) -> Part { .said(direction, Array(text.utf8)) }

    /// What is secret of what the client says behind the last gap.
    private func secretBehindGap(_ told: Told, _ text: String) -> String {
        String(decoding: zip(text.utf8, told.secret.client.suffix(text.utf8.count)).filter(\.1).map(\.0), as: UTF8.self)
    }

    @Test func aGapInASecretLiteral() {
        let rest = "ret!\r\nNOOP\r\n"
        let begin = said(.client, "AUTHENTICATE \"PLAIN\" {10+}\r\nsec")
        // Within it, up to its end, and beyond.
        for (count, secret) in [(UInt64(3), "ret!"), (7, "ret!"), (100, "ret!"), (.max, "ret!")] {
            let told = hear(.sieve, [begin, .lost(.client, count), said(.client, rest)])
            #expect(secretBehindGap(told, rest) == secret, "\(count)")
        }
    }

    @Test func behindAGapCommandsAreHeardAgain() {
        let rest = "keep;\r\nAUTHENTICATE \"PLAIN\" \"AGEA\"\r\n"
        let told = hear(
            .sieve,
            [said(.client, "PUTSCRIPT \"a\" {1000+}\r\nrequire"), .lost(.client, 2_000), said(.client, rest)])
        #expect(secretBehindGap(told, rest) == "\"AGEA\"")
        #expect(told.kinds == ["command", "line", "command", "command"])
    }

    @Test func aLostCompletionHoldsUpNoMoreThanItMust() {
        let rest = "DATE\r\n"
        let begin: [Part] = [
            said(.client, "AUTHINFO SASL CRAM-MD5\r\n"), said(.server, "383 PDE+\r\n"), said(.client, "YQ==\r\n"),
            .lost(.server, 8),
        ]
        #expect(secretBehindGap(hear(.nntp, begin + [said(.client, rest)]), rest) == "DATE")
        let reply = said(.server, "111 20260101000000\r\n")
        #expect(secretBehindGap(hear(.nntp, begin + [reply, said(.client, rest)]), rest).isEmpty)
    }

    @Test func insideTLSNothingIsDueAnyMore() {
        for dialect in Self.dialects {
            var machine = LinesMachine(dialect)
            var told = Told()
            for line in ["AUTHENTICATE CRAM-MD5\r\n", "AUTHINFO SASL CRAM-MD5\r\n", "PUTSCRIPT \"a\" {99+}\r\nAUTH"] {
                told.willFeed(.client, line.utf8.count)
                machine.received(Array(line.utf8).span, from: .client, at: time, into: &told)
            }
            machine.secured(at: time, into: &told)
            let line = Array("NOOP x\r\n".utf8)
            told.willFeed(.client, line.count)
            machine.received(line.span, from: .client, at: time, into: &told)
            #expect(!told.secret.client.suffix(line.count).contains(true), "\(dialect)")
        }
    }

    private struct SecretsAlone: ConversationSink {
        static var wantsText: Bool { false }
        var direction = Direction.client
        var base = PerDirection(0)
        var secret = PerDirection<Set<Int>>([])

        mutating func secret(_ range: Range<Int>) {
            secret[direction].formUnion(range.map { $0 + base[direction] })
        }
    }
}
