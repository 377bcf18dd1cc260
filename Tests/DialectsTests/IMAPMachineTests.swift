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

    /// Before anybody has logged in, what comes behind a gap may be a password, or a step of an authentication whose
    /// beginning nobody has heard.
    @Test(arguments: [
        ("* OK ready\r\n", "noizumi secret\r\na2 NOOP\r\n", "XXXXXXXXXXXXXX\r\na2 NOOP\r\n"),
        ("* OK ready\r\n", " \"se cret\" {6+}\r\nsecret\r\na2 NOOP\r\n", " XXXXXXXXXX{6+}\r\nXXXXXX\r\na2 NOOP\r\n"),
        ("* OK ready\r\n", "{6+}\r\nsecret {2+}\r\nhi\r\n", "{6+}\r\nXXXXXX {2+}\r\nXX\r\n"),
        ("* OK ready\r\n", "se {6cret\r\n", "XXX{6XXXX\r\n"),
        ("* PREAUTH ready\r\n", "a1 NOOP\r\n", "a1 NOOP\r\n"),
    ])
    func whatComesBehindAGap(_ greeting: String, _ after: String, _ masked: String) {
        for pieces in [Int.max, 1, 3] {
            let told = hear([.said(.server, greeting), .lost(.client, 20), .said(.client, after)], pieces: pieces)
            #expect(zip(after.utf8, told.secret.client).map { $1 ? Byte.mask : $0 }.text == masked)
        }
    }

    @Test func aStepOfAnAuthenticationBehindAGap() {
        let told = hear([
            .said(.server, "* OK ready\r\n"), .lost(.client, 20), .said(.client, "\r\n"), .said(.server, "+ \r\n"),
            .said(.client, "c2VjcmV0\r\n"), .said(.server, "a1 OK in\r\n"), .said(.client, "a2 NOOP\r\n"),
        ])
        #expect(
            told.secret.client == Array(repeating: false, count: 2) + Array(repeating: true, count: 8)
                + Array(repeating: false, count: 11))
    }

    @Test func aGapInAQuotedUser() {
        let after = "zumi\" {6+}\r\nsecret\r\n"
        let told = hear([.said(.client, "a1 LOGIN \"noi"), .lost(.client, 3), .said(.client, after)])
        #expect(
            zip(after.utf8, told.secret.client.suffix(after.utf8.count)).map { $1 ? Byte.mask : $0 }.text
                == "XXXXXX{6+}\r\nXXXXXX\r\n")
    }

    private func capabilities(after parts: [String]) -> [String] {
        var machine = IMAPMachine()
        var told = Told()
        for text in parts {
            let direction: Direction = text.hasPrefix("C") ? .client : .server
            let bytes = Array((text.dropFirst(3) + "\r\n").utf8)
            told.willFeed(direction, bytes.count)
            machine.received(bytes.span, from: direction, at: Timestamp(nanoseconds: 0), into: &told)
            if text.hasSuffix("begin") { machine.secured(at: Timestamp(nanoseconds: 0), into: &told) }
        }
        return machine.capabilities
    }

    @Test(arguments: [
        (["S: * OK [CAPABILITY IMAP4rev1 auth=PLAIN] ready"], ["IMAP4REV1", "AUTH=PLAIN"]),
        (["S: * OK ready", "S: * capability IMAP4rev2 IDLE"], ["IMAP4REV2", "IDLE"]),
        (["S: * OK [CAPABILITY A] ready", "C: a1 LOGIN a b", "S: a1 OK [CAPABILITY B C] in"], ["B", "C"]),
        (["S: * OK [CAPABILITY A] ready", "C: a1 LOGIN a b", "S: a1 OK [ALERT] in"], ["A"]),
        (["S: * OK [CAPABILITY A] ready", "C: a1 STARTTLS", "S: a1 OK begin"], []),
    ])
    func theServerSaysWhatItCan(_ parts: [String], _ capabilities: [String]) {
        #expect(self.capabilities(after: parts) == capabilities)
    }

    @Test func aListingIsKeptUpToALimit() {
        let many = (0...IMAPLimits.capabilities).map { "X\($0)" }.joined(separator: " ")
        #expect(capabilities(after: ["S: * CAPABILITY \(many)"]).count == IMAPLimits.capabilities)
    }

    private struct Names: ConversationSink {
        var decoded: [String] = []
        mutating func utterance(_ utterance: Utterance) {
            if let text = utterance.decoded { decoded.append(text) }
        }
    }

    @Test(arguments: [
        (
            ["C: a1 SELECT &U,BTFw-", "S: * LIST () \"/\" \"A&-B/&ZeVnLIqe-\"", "S: * OK &U,BTFw-"],
            ["a1 SELECT 台北", "* LIST () \"/\" \"A&B/日本語\""]
        ),
        (["C: a1 SEARCH TEXT &U,BTFw-", "C: a2 UID COPY 1 &-", "C: a3 SELECT &x-"], ["a2 UID COPY 1 &"]),
        (["C: a1 ENABLE UTF8=ACCEPT", "S: * ENABLED UTF8=ACCEPT", "C: a2 SELECT &U,BTFw-"], []),
        (["C: a1 ENABLE CONDSTORE", "S: * ENABLED CONDSTORE", "C: a2 SELECT &-"], ["a2 SELECT &"]),
    ])
    func namesOfMailboxesAreShownReadable(_ parts: [String], _ decoded: [String]) {
        var machine = IMAPMachine()
        var names = Names()
        for text in ["S: * PREAUTH ready"] + parts {
            let bytes = Array((text.dropFirst(3) + "\r\n").utf8)
            machine.received(
                bytes.span, from: text.hasPrefix("C") ? .client : .server, at: Timestamp(nanoseconds: 0), into: &names)
        }
        #expect(names.decoded == decoded)
    }

    /// The `+` answers IDLE, the completion answers DONE, each with the time that it took.
    @Test func whatIdleTook() {
        var machine = IMAPMachine()
        var sink = Exchanges()
        for (at, direction, text) in [
            (0, Direction.server, "* PREAUTH ready\r\n"), (10, .client, "a1 IDLE\r\n"), (13, .server, "+ idling\r\n"),
            (500, .server, "* 5 EXISTS\r\n"), (900, .client, "DONE\r\n"), (905, .server, "a1 OK done\r\n"),
        ] {
            let bytes = Array(text.utf8)
            machine.received(bytes.span, from: direction, at: Timestamp(nanoseconds: Int64(at)), into: &sink)
        }
        #expect(sink.exchanges.map(\.verb) == ["", "IDLE", "DONE"])
        #expect(sink.exchanges.dropFirst().map(\.latency) == [3, 5])
    }

    private struct Exchanges: ConversationSink {
        var exchanges: [Exchange] = []
        mutating func exchange(_ exchange: Exchange) { exchanges.append(exchange) }
    }

    /// Whoever wants no words hears the same secrets, messages and exchanges.
    @Test func whoeverWantsNoWordsHearsTheSame() {
        var machine = IMAPMachine()
        var wordless = Wordless()
        for (direction, text) in [
            (Direction.server, "* OK ready\r\n"), (.client, "a1 LOGIN {1+}\r\na {1+}\r\nb\r\n"),
            (.server, "a1 OK in\r\n"),
            (.client, "a2 UID SEARCH TEXT {3+}\r\n1\n2\r\n"), (.server, "* SEARCH {2}\r\n\n1\r\na2 OK done\r\n"),
        ] {
            let bytes = Array(text.utf8)
            machine.received(bytes.span, from: direction, at: Timestamp(nanoseconds: 0), into: &wordless)
        }
        #expect(wordless.exchanges.map(\.verb) == ["", "LOGIN", "UID SEARCH"])
        #expect(wordless.exchanges.allSatisfy { $0.command.isEmpty && $0.replies.allSatisfy { $0.lines.isEmpty } })
        #expect(wordless.secret == [15..<16, 23..<24])
    }

    /// Secrets are masked by one that wants no words, and must be those that a reader would be spared.
    @Test(arguments: ["a2 XX {9+}\r\na: ", "a2 XX {9+}\r\n1\r\n2 ", "a2 LOGIN {9+}\r\na: "])
    func whoeverWantsNoWordsHearsTheSameSecretsWhereTLSBeginsInALiteral(_ literal: String) {
        func secrets<Sink: ConversationSink>(_ sink: inout Sink, _ tell: (Sink) -> [Range<Int>]) -> [Range<Int>] {
            var machine = IMAPMachine()
            for (direction, text) in [
                (Direction.server, "* OK ready\r\n"), (.client, "a1 STARTTLS\r\n\(literal)"),
                (.server, "a1 OK begin\r\n"),
                (.client, "a3 NOOP\r\nb\r\n"), (.server, "a3 OK\r\n"), (.client, "a4 LOGIN a secret\r\n"),
            ] {
                machine.received(Array(text.utf8).span, from: direction, at: Timestamp(nanoseconds: 0), into: &sink)
            }
            return tell(sink)
        }
        var wordless = Wordless()
        var wordy = Wordy()
        #expect(secrets(&wordless) { $0.secret } == secrets(&wordy) { $0.secret })
    }

    private struct Wordy: ConversationSink {
        var secret: [Range<Int>] = []
        mutating func secret(_ range: Range<Int>) { secret.append(range) }
    }

    private struct Wordless: ConversationSink {
        static var wantsText: Bool { false }
        var exchanges: [Exchange] = []
        var secret: [Range<Int>] = []
        mutating func exchange(_ exchange: Exchange) { exchanges.append(exchange) }
        mutating func secret(_ range: Range<Int>) { secret.append(range) }
        mutating func utterance(_ utterance: Utterance) { Issue.record("told a line") }
    }

    @Test(
        arguments: [
            ("[CAPABILITY A B] in", "CAPABILITY", ["A", "B"]), ("[alert] now", "ALERT", []), ("no", nil, nil),
            ("[] x", nil, nil),
            ("[UNFINISHED", nil, nil), ("[BADCHARSET (UTF-8)]", "BADCHARSET", ["(UTF-8)"]),
        ] as [(String, String?, [String]?)])
    func whatAResponseCodeSays(_ text: String, _ name: String?, _ arguments: [String]?) {
        let reply = Reply(code: "OK", lines: [Array(text.utf8)], at: Timestamp(nanoseconds: 0), offset: 0, length: 1)
        #expect(reply.responseCode?.name == name)
        #expect(reply.responseCode?.arguments.map(\.text) == arguments)
    }
}
