import Conversation
import Dialects
import Testing
import Wire

/// What no transcript can say well: lines that are very long, and gaps.
@Suite struct IMAPMachineTests {
    private enum Part {
        case said(Direction, String)
        case lost(Direction, UInt64)
    }

    private func hear(_ parts: [Part], pieces: Int = .max) -> Told {
        var machine = IMAPMachine()
        var told = Told()
        let time = Timestamp(nanoseconds: 0)
        for part in parts {
            switch part {
            case .said(let direction, let text):
                var rest = Array(text.utf8)[...]
                while !rest.isEmpty {
                    let piece = rest.prefix(pieces)
                    rest = rest.dropFirst(pieces)
                    told.willFeed(direction, piece.count)
                    machine.received(piece.span, from: direction, at: time, into: &told)
                }
            case .lost(let direction, let count): machine.lost(count, from: direction, at: time, into: &told)
            }
        }
        machine.finished(at: time, into: &told)
        return told
    }

    private static let long = String(repeating: "1,", count: IMAPLimits.line)

    @Test(arguments: [.max, 1, 4000]) func aLiteralBehindALineThatIsNotKept(_ pieces: Int) {
        let told = hear(
            [
                .said(.server, "* PREAUTH ready\r\n"),
                .said(.client, "a1 UID SEARCH \(Self.long)1 TEXT {7+}\r\na2 NOOP\r\na3 NOOP\r\n"),
                .said(
                    .server, "* 1 FETCH (ENVELOPE (\(Self.long)) BODY[] {4}\r\na: b)\r\na1 OK done\r\na3 OK done\r\n"),
            ], pieces: pieces)
        #expect(told.exchanges == ["- PREAUTH greeting", "UID SEARCH OK authenticated", "NOOP OK authenticated"])
        #expect(told.messages == ["server 4"])
    }

    @Test(arguments: [.max, 1, 4000]) func whatIsNotKeptOfALoginIsSecret(_ pieces: Int) {
        let text = "a1 LOGIN \(Self.long) secret\r\n"
        let told = hear([.said(.client, text)], pieces: pieces)
        #expect(told.secret.client == (0..<text.utf8.count).map { $0 >= IMAPLimits.line && $0 < text.utf8.count - 2 })
    }

    @Test(arguments: [
        ("a1 LOGIN noi", UInt64(4), " secret\r\na2 NOOP\r\n", " XXXXXX\r\na2 NOOP\r\n"),
        ("a1 LOGIN {7+}\r\nnoi", 9, "cret\r\na2 NOOP\r\n", "XXXX\r\na2 NOOP\r\n"),
        ("a1 AUTHENTICATE PLAIN AGEA", 1, "g==\r\na2 NOOP\r\n", "XXX\r\na2 NOOP\r\n"),
    ])
    func aPasswordGoesOnBehindAGap(_ before: String, _ missing: UInt64, _ after: String, _ masked: String) {
        let secret = hear([.said(.client, before), .lost(.client, missing), .said(.client, after)]).secret.client
        let shown = zip(after.utf8, secret.suffix(after.utf8.count)).map { $1 ? Byte.mask : $0 }
        #expect(shown.text == masked)
    }

    @Test func aMessageWithAGap() {
        let told = hear([
            .said(.server, "* PREAUTH ready\r\n* 1 FETCH (BODY[] {8}\r\na:"), .lost(.server, 4),
            .said(.server, " b)\r\n* 1 FETCH (BODY[] {8}\r\n"), .lost(.server, 9), .said(.server, "* BYE\r\n"),
        ])
        #expect(told.messages == ["server 4", "server 0 cut"])
        #expect(told.exchanges == ["- PREAUTH greeting", "- BYE authenticated"])
    }

    /// More is announced, and missing, than any stream has.
    @Test func aLiteralThatIsMissing() {
        let told = hear([
            .said(.client, "a1 APPEND x {9223372036854775807}\r\n"), .lost(.client, UInt64(Int64.max)),
            .said(.client, "\r\na2 NOOP\r\n"),
        ])
        #expect(told.exchanges == ["APPEND - greeting", "NOOP - greeting"])
        #expect(told.messages == ["client 0 cut"])
    }
}
