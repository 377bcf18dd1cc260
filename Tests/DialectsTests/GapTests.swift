import Conversation
import Dialects
import Testing
import Wire

/// Bytes that are missing, as a record tells of them, damaged ones too.
@Suite struct GapTests {
    private enum Part {
        case said(Direction, String)
        case lost(Direction, UInt64)
    }

    private func hear(_ dialect: DialectName, _ parts: [Part]) -> (told: Told, places: Places) {
        var machine = Dialect(dialect)
        var told = Told()
        var places = Places()
        var other = machine
        let time = Timestamp(nanoseconds: 0)
        for part in parts {
            switch part {
            case .said(let direction, let text):
                let bytes = Array(text.utf8)
                told.willFeed(direction, bytes.count)
                machine.received(bytes.span, from: direction, at: time, into: &told)
                other.received(bytes.span, from: direction, at: time, into: &places)
            case .lost(let direction, let count):
                machine.lost(count, from: direction, at: time, into: &told)
                other.lost(count, from: direction, at: time, into: &places)
            }
        }
        machine.finished(at: time, into: &told)
        other.finished(at: time, into: &places)
        return (told, places)
    }

    @Test(arguments: DialectName.allCases) func moreIsLostThanAnyStreamHas(_ dialect: DialectName) {
        let parts: [Part] = Direction.allCases.flatMap { direction in
            [.lost(direction, .max), .said(direction, "a\r\n"), .lost(direction, .max), .said(direction, ".")]
        }
        let places = hear(dialect, parts).places
        #expect(places.utterances.count == 4)
        #expect(places.utterances.allSatisfy { $0 >= UInt64(Int64.max) })
    }

    @Test(arguments: [
        (DialectName.smtp, "AUTH PLAIN AGEA"), (.pop3, "PASS se"), (.imap, "a1 LOGIN noizumi se"), (.plain, "PASS se"),
    ]) func aSecretGoesOnBehindAGap(_ dialect: DialectName, _ beginning: String) {
        let (told, _) = hear(
            dialect,
            [.said(.client, beginning), .lost(.client, 4), .said(.client, "cret\r\n"), .said(.client, "a2 NOOP\r\n")])
        let secret = told.secret.client.dropFirst(beginning.utf8.count)
        #expect(secret.prefix(4).allSatisfy { $0 })
        #expect(!secret.dropFirst(4).contains(true))
        #expect(!told.utterances.contains { $0.contains("cret") })
    }

    @Test func aDotBeforeAGapIsPartOfTheMessage() {
        let (told, places) = hear(
            .smtp,
            [
                .said(.server, "220 mx\r\n"), .said(.client, "DATA\r\n"), .said(.server, "354 go\r\n"),
                .said(.client, "x\r\n."), .lost(.client, 10), .said(.client, "\r\ny\r\n.\r\n"),
            ])
        #expect(told.messages == ["client 9"])
        #expect(places.message == [6, 9, 20])
    }

    @Test func aDotBeforeAGapIsPartOfTheMessageInPOP3() {
        let (told, places) = hear(
            .pop3,
            [
                .said(.server, "+OK\r\n"), .said(.client, "RETR 1\r\n"), .said(.server, "+OK\r\n.\r"),
                .lost(.server, 10), .said(.server, "\ny\r\n.\r\n"),
            ])
        #expect(told.messages == ["server 6"])
        #expect(places.message == [10, 22])
    }

    /// Whether a dot after a gap ends the message, the other peer tells.
    @Test(arguments: [(true, ["client 3"]), (false, ["client 13 cut"])])
    func aDotAfterAGap(_ isAnswered: Bool, _ messages: [String]) {
        var parts: [Part] = [
            .said(.server, "220 mx\r\n"), .said(.client, "DATA\r\n"), .said(.server, "354 go\r\n"),
            .said(.client, "x\r\n"), .lost(.client, 10), .said(.client, ".\r\n"),
        ]
        if isAnswered { parts.append(.said(.server, "250 queued\r\n")) }
        parts.append(.said(.client, "NOOP\r\n\r"))
        #expect(hear(.smtp, parts).told.messages == messages)
    }

    @Test func anEndThatServersTakeThoughItIsNone() {
        let places = hear(
            .smtp,
            [
                .said(.server, "220 mx\r\n"), .said(.client, "DATA\r\n"), .said(.server, "354 go\r\n"),
                .said(.client, "x\n.\r\n"), .said(.server, "250 queued\r\n"),
            ]
        ).places
        #expect(places.ends == [.crlf])
        #expect(places.dropped == 0)
    }
}

/// Where things stand in what was said.
private struct Places: ConversationSink {
    var utterances: [UInt64] = []
    var ends: [LineEnd] = []
    var dropped = 0
    var message: [UInt64] = []

    mutating func utterance(_ utterance: Utterance) {
        utterances.append(utterance.offset)
        dropped += utterance.dropped
        if utterance.kind == .end { ends.append(utterance.end) }
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        message.append(offset)
    }
}
