import Capture
import Testing

/// Captures that do not have all that was said, or more than that.
@Suite struct ImportLossTests {
    private static let words = ImportTests.words

    private func imported(
        _ segments: [Segment], _ framing: Framing = Framing(), snap: Int = 262_144
    ) throws -> Imported {
        let frames = segments.enumerated().flatMap { number, segment in
            framing.frames(segment, number: UInt16(number)).map { (bytes: $0, at: segment.at) }
        }
        return try Imported(FileForm.pcapNano.file(frames, link: framing.link.rawValue, snap: snap))
    }

    @Test func whatIsMissingIsToldWhereItIs() throws {
        let segments = Talk(Self.words).segments.filter { !$0.data.starts(with: Array("EHLO".utf8)) }
        let session = try #require(try imported(segments).sessions.first)
        #expect(
            session.words.prefix(3) == [
                ImportTests.transcript[0], "25 bytes of the client lost", ImportTests.transcript[2],
            ])
        #expect(Array(session.words.dropFirst(3)) == Array(ImportTests.transcript.dropFirst(3)))
    }

    @Test func aCaptureThatCutsPacketsOff() throws {
        let imported = try imported(Talk(Self.words).segments, snap: 14 + 40 + 100)
        let session = try #require(imported.sessions.first)
        #expect(session.words.contains { $0.hasSuffix(" bytes of the client lost") })
        // Packets of at most 1,460 bytes, of which 100 are kept.
        #expect(session.words.filter { $0.hasPrefix("C: QUIT") }.count == 1)
        #expect(session.words.last == "S: 221 2.0.0 Bye\r\n")
    }

    @Test func aCaptureThatBeginsInTheMiddle() throws {
        let segments = Talk(Self.words).segments
        let place = try #require(segments.firstIndex { $0.data.starts(with: Array("MAIL".utf8)) })
        let session = try #require(try imported(Array(segments[place...])).sessions.first)
        #expect(session.words == Array(ImportTests.transcript.dropFirst(3)))
        #expect(session.facts.remarks == ["the capture begins in the middle of this connection"])
        #expect(session.facts.client.description == "10.0.0.1:40000")
        #expect(session.facts.server.description == "192.0.2.25:25")
    }

    @Test func aCaptureOfOneSide() throws {
        let client = Talk(Self.words).segments.filter { $0.side == 0 }
        let session = try #require(try imported(client).sessions.first)
        let said = ImportTests.words.filter { $0.side == 0 }.map(\.text).joined()
        #expect(session.words == ["C: " + said, "(nothing that the server said is in the capture)"])
        let server = Talk(Self.words).segments.filter { $0.side == 1 }
        let other = try #require(try imported(server).sessions.first)
        let answered = ImportTests.words.filter { $0.side == 1 }.map(\.text).joined()
        #expect(other.words == ["S: " + answered, "(nothing that the client said is in the capture)"])
        #expect(other.facts.server.description == "192.0.2.25:25")
    }

    @Test func aCaptureThatEndsInTheMiddle() throws {
        let session = try #require(try imported(Talk(Self.words, closes: false).segments).sessions.first)
        #expect(session.words == ImportTests.transcript)
        #expect(session.end == "broken-off")
    }

    @Test func aResetIsToldWithWhoSentIt() throws {
        var talk = Talk(Self.words, closes: false)
        talk.say(0, Segment.reset)
        #expect(try imported(talk.segments).sessions.first?.end == "client-reset")
    }

    @Test func aServerThatRefusesAndOneThatDoesNotAnswer() throws {
        var refused = Talk([], closes: false)
        refused.segments.removeLast(2)
        refused.say(1, Segment.reset)
        #expect(try imported(refused.segments).sessions.first?.end == "unreachable: the server refused the connection")
        var silent = Talk([], closes: false)
        silent.segments.removeLast(2)
        let again = silent.segments + silent.segments
        #expect(try imported(again).sessions.map(\.end) == ["unreachable: the server did not answer"])
    }

    @Test func theSamePortsAgainAreAnotherSession() throws {
        let first = Talk(Self.words).segments
        let second = Talk(Self.words, first: (70_000, 80_000)).segments
        let imported = try imported(first + second)
        #expect(imported.sessions.map(\.words) == [ImportTests.transcript, ImportTests.transcript])
        #expect(imported.counts.connections == 2)
    }

    @Test func whatLateComesForAClosedConnectionIsNoSession() throws {
        let segments = Talk(Self.words).segments
        let late = segments.filter { !$0.data.isEmpty }.suffix(3)
        #expect(try imported(segments + late).sessions.count == 1)
    }

    @Test func aPasswordIsMasked() throws {
        let words: [(side: Int, text: String)] = [
            (1, "+OK ready\r\n"), (0, "USER noizumi\r\n"), (1, "+OK\r\n"), (0, "PASS secret\r\n"), (1, "+OK\r\n"),
        ]
        for largest in [1, 3, 100] {
            let imported = try imported(
                Talk(words, largest: largest).segments, Framing(ports: (40_000, 110)))
            #expect(imported.sessions.first?.words.contains("C: PASS XXXXXX\r\n") == true)
        }
    }

    /// Cut off anywhere, or with any byte changed, a file is read as far as it can be.
    @Test(arguments: FileForm.allCases) func damagedAtEachByte(_ form: FileForm) throws {
        let words: [(side: Int, text: String)] = [(1, "220 x\r\n"), (0, "QUIT\r\n"), (1, "221 x\r\n")]
        let frames = Talk(words).segments.enumerated().flatMap { number, segment in
            Framing().frames(segment, number: UInt16(number)).map { (bytes: $0, at: segment.at) }
        }
        let whole = form.file(frames, link: 1)
        for length in stride(from: 0, to: whole.count, by: 17) {
            let imported = try Imported(Array(whole.prefix(length)))
            #expect(imported.damage.map { $0.position <= UInt64(length) } ?? true)
            #expect(imported.damage != nil || imported.counts.packets <= frames.count)
        }
        for index in stride(from: 0, to: whole.count, by: 29) {
            var changed = whole
            changed[index] ^= 0xFF
            _ = try Imported(changed)
        }
    }

    @Test func aFileOfAnotherKindIsTold() throws {
        #expect(
            try Imported(Array("From: somebody\n".utf8)).damage?.description
                == "at byte 0: this is neither pcap nor pcapng: it begins with 46 72 6f 6d")
        #expect(try Imported([]).damage?.description == "at byte 0: the file is empty")
    }

    /// So many that each is asked for the run of bytes that it keeps while it is still being said.
    @Test func nothingOfManyConnectionsIsLost() throws {
        let talks = (0..<700).map { number in
            (
                Framing(ports: (UInt16(20_000 + number), 25)),
                Talk(Self.words, first: (UInt32(number) * 7919, UInt32(number) * 104_729), largest: 700).segments
            )
        }
        var frames: [(bytes: [UInt8], at: Int64)] = []
        for place in talks[0].1.indices {
            for (framing, segments) in talks {
                frames += framing.frames(segments[place], number: 1).map { (bytes: $0, at: segments[place].at) }
            }
        }
        let imported = try Imported(FileForm.pcapNano.file(frames, link: 1))
        #expect(imported.sessions.count == 700)
        #expect(imported.sessions.allSatisfy { $0.words == ImportTests.transcript })
    }
}
