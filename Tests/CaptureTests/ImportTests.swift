import Capture
import Testing

/// One conversation, captured in many ways: it always comes out the same.
@Suite struct ImportTests {
    static let words: [(side: Int, text: String)] = [
        (1, "220 mx.example.net ESMTP\r\n"), (0, "EHLO client.example.org\r\n"),
        (1, "250-mx.example.net\r\n250-PIPELINING\r\n250 8BITMIME\r\n"),
        (0, "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n"),
        (1, "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 Go on\r\n"),
        (
            0,
            "Subject: a capture\r\n\r\n" + String(repeating: "A line of the body, one of many.\r\n", count: 60)
                + ".\r\n"
        ),
        (1, "250 2.0.0 Ok\r\n"), (0, "QUIT\r\n"), (1, "221 2.0.0 Bye\r\n"),
    ]
    static let transcript = words.map { ($0.side == 0 ? "C: " : "S: ") + $0.text }

    private func check(
        _ segments: [Segment], _ framing: Framing = Framing(), _ form: FileForm = .pcapNano,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let frames = segments.enumerated().flatMap { number, segment in
            framing.frames(segment, number: UInt16(number)).map { (bytes: $0, at: segment.at) }
        }
        let imported = try Imported(form.file(frames, link: framing.link.rawValue))
        #expect(imported.damage == nil, sourceLocation: sourceLocation)
        try #require(imported.sessions.count == 1, sourceLocation: sourceLocation)
        #expect(imported.sessions[0].words == Self.transcript, sourceLocation: sourceLocation)
        #expect(imported.sessions[0].end == "server-closed", sourceLocation: sourceLocation)
        #expect(imported.sessions[0].facts.dialect == .smtp, sourceLocation: sourceLocation)
        #expect(imported.sessions[0].facts.remarks == [], sourceLocation: sourceLocation)
    }

    @Test(arguments: FileForm.allCases) func eachFormOfFile(_ form: FileForm) throws {
        try check(Talk(Self.words).segments, Framing(), form)
    }

    @Test(arguments: Framing.Link.allCases, [false, true]) func eachLinkType(_ link: Framing.Link, isV6: Bool) throws {
        try check(Talk(Self.words).segments, Framing(link: link, isV6: isV6))
    }

    @Test(arguments: [false, true]) func ethernetThatCarriesPPP(_ isV6: Bool) throws {
        try check(Talk(Self.words).segments, Framing(isV6: isV6, isPPPoE: true))
    }

    @Test(arguments: [1, 2, 3], [0, 2]) func tagsAndOptions(_ vlans: Int, options: Int) throws {
        try check(Talk(Self.words).segments, Framing(vlans: vlans, options: options))
        try check(Talk(Self.words).segments, Framing(isV6: true, vlans: vlans, options: options))
    }

    @Test(arguments: [8, 24, 512], [false, true]) func fragments(_ size: Int, isV6: Bool) throws {
        try check(Talk(Self.words).segments, Framing(isV6: isV6, fragment: size))
        // The last fragment comes first.
        let framing = Framing(isV6: isV6, fragment: size)
        let frames = Talk(Self.words).segments.enumerated().flatMap { number, segment in
            framing.frames(segment, number: UInt16(number)).reversed().map { (bytes: $0, at: segment.at) }
        }
        let imported = try Imported(FileForm.pcapNano.file(frames, link: 1))
        #expect(imported.sessions.map(\.words) == [Self.transcript])
    }

    @Test(arguments: [1, 7, 100, 1460]) func segmentsOfEachSize(_ largest: Int) throws {
        try check(Talk(Self.words, largest: largest).segments)
    }

    @Test(arguments: [UInt32.max - 3, UInt32.max - 100, UInt32.max - 1000, 0x7FFF_FFFE, 0])
    func sequenceNumbersWrapAround(_ first: UInt32) throws {
        try check(Talk(Self.words, first: (first, first &- 30), largest: 50).segments)
    }

    @Test func eachPacketTwice() throws {
        try check(Talk(Self.words, largest: 50).segments.flatMap { [$0, $0] })
        // The whole conversation, sent again behind itself.
        let segments = Talk(Self.words, largest: 50).segments
        try check(segments + segments.dropFirst())
    }

    @Test(arguments: 1...40) func packetsOutOfOrder(_ seed: UInt64) throws {
        var chance = Chance(seed)
        var segments = Talk(Self.words, largest: 40).segments
        // The handshake stays where it is: without it nobody knows who began.
        for index in 3..<segments.count {
            let other = min(segments.count - 1, index + chance.below(6))
            segments.swapAt(index, other)
        }
        var clock: Int64 = 1_700_000_000_000_000_000
        for index in segments.indices {
            clock += 1_000_000
            segments[index].at = clock
        }
        try check(segments)
    }

    /// Something waits at each moment, and yet nothing is given up: what waited before has been told.
    @Test(arguments: 1...10) func aLongConversationOutOfOrder(_ seed: UInt64) throws {
        var chance = Chance(seed)
        var segments = Talk(Self.words, largest: 4).segments
        for index in stride(from: 3, to: segments.count - 40, by: 1) {
            segments.swapAt(index, index + chance.below(40))
        }
        for index in segments.indices { segments[index].at = 1_700_000_000_000_000_000 + Int64(index) }
        try check(segments)
    }

    @Test(arguments: 1...40) func overlappingPackets(_ seed: UInt64) throws {
        var chance = Chance(seed)
        let whole = Talk(Self.words, largest: 30).segments
        var said: [[UInt8]] = [[], []]
        var starts: [UInt32] = [1001, 9001]
        for segment in whole { said[segment.side] += segment.data }
        starts = [1001, 9001]
        let segments = whole.map { segment -> Segment in
            guard !segment.data.isEmpty else { return segment }
            var segment = segment
            let place = Int(segment.sequence - starts[segment.side])
            let before = min(place, chance.below(20))
            segment.sequence -= UInt32(before)
            segment.data = Array(said[segment.side][(place - before)..<(place + segment.data.count)])
            return segment
        }
        try check(segments)
    }

    /// Old bytes and new ones in one packet, which acknowledges what came between them, and no other packet has the old ones.
    @Test func sentAgainTogether() throws {
        var segments = Talk(Self.words).segments
        let greeting = try #require(segments.firstIndex { $0.data.starts(with: Array("220 ".utf8)) })
        let answer = try #require(segments.firstIndex { $0.data.starts(with: Array("250-mx".utf8)) })
        segments[answer].sequence = segments[greeting].sequence
        segments[answer].data = segments[greeting].data + segments[answer].data
        segments.remove(at: greeting)
        try check(segments)
    }

    @Test(arguments: 1...40) func overlappingAndOutOfOrder(_ seed: UInt64) throws {
        var chance = Chance(seed)
        var said: [[UInt8]] = [[], []]
        var segments = Talk(Self.words, largest: 40).segments.map { segment -> Segment in
            guard !segment.data.isEmpty else { return segment }
            var segment = segment
            let before = min(said[segment.side].count, chance.below(30))
            said[segment.side] += segment.data
            segment.sequence -= UInt32(before)
            segment.data = Array(said[segment.side].suffix(before + segment.data.count))
            return segment
        }
        for index in 3..<segments.count {
            segments.swapAt(index, min(segments.count - 1, index + chance.below(5)))
        }
        for index in segments.indices { segments[index].at = 1_700_000_000_000_000_000 + Int64(index) }
        try check(segments)
    }

    @Test(arguments: 1...40) func lostAndSentAgain(_ seed: UInt64) throws {
        var chance = Chance(seed)
        var segments = Talk(Self.words, largest: 60).segments
        // A packet is lost behind the place of the capture: it is sent again, and so is all behind it.
        let place = 3 + chance.below(segments.count - 6)
        let again = segments[place...].prefix(1 + chance.below(5)).filter { !$0.data.isEmpty }
        segments.insert(contentsOf: again, at: min(segments.count, place + 1 + chance.below(8)))
        try check(segments)
    }

    /// Whether the server's answer is captured before the command, the transcript has the command first.
    @Test func anAnswerBeforeItsQuestion() throws {
        var segments = Talk(Self.words).segments
        let place = try #require(segments.firstIndex { $0.data.starts(with: Array("MAIL".utf8)) })
        let answer = try #require(segments.firstIndex { $0.data.starts(with: Array("250 2.1.0".utf8)) })
        segments.insert(segments.remove(at: answer), at: place)
        try check(segments)
    }

    @Test func aKeepAliveProbeSaysNothing() throws {
        var segments = Talk(Self.words).segments
        let place = try #require(segments.firstIndex { $0.data.starts(with: Array("QUIT".utf8)) })
        var probe = segments[place]
        probe.sequence -= 1
        probe.data = [0]
        segments.insert(probe, at: place)
        try check(segments)
    }
}

/// The same numbers each time.
struct Chance {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, limit)
    }
}
