import Archive
import Capture
import Conversation
import Foundation
import NIOCore
import Testing

@Suite struct ArchiveTests {
    @Test func whatWasSaidIsReadBackOverManySegments() throws {
        let recording = try Recording()
        recording.record(segmentSize: 4 << 10) { voice in
            let sessions = (0..<8).map { voice.open("peer-\($0)", dialect: .plain) }
            for round in 0..<40 {
                recording.written {
                    for (number, session) in sessions.enumerated() {
                        voice.say(session, .client, "\(number) asks \(round) \(String(repeating: "x", count: 100))\n")
                        voice.say(session, .server, "\(number) hears \(round)\n")
                    }
                }
            }
            sessions.forEach(voice.close)
        }
        #expect(recording.store.segments().count > 1)
        let archive = try Archive(recording.store)
        let sessions = try archive.sessions()
        #expect(sessions.count == 8)
        for session in sessions {
            let number = try #require(session.facts.remarks.first).dropFirst(5)
            let said = try recording.said(session, archive)
            let wanted = (0..<40).map { "\(number) hears \($0)\n" }.joined()
            #expect(String(decoding: said.server, as: UTF8.self) == wanted)
            #expect(session.end == .closed(first: .client))
            #expect(session.lost == PerDirection(0))
        }
    }

    @Test func anIndexThatGrewIsTheSameAsOneMadeAnew() throws {
        let recording = try Recording()
        recording.record(segmentSize: 2 << 10) { voice in
            let long = voice.open("long")
            voice.say(long, .server, "220 ready\r\n")
            for number in 0..<5 {
                recording.written {
                    voice.converse("short-\(number)")
                    voice.say(long, .client, "NOOP \(number)\r\n")
                    voice.say(long, .server, "250 ok\r\n")
                }
                // The index is brought up to date in the middle of the conversation.
                _ = try? Archive(recording.store).sessions()
            }
            let openNow = try? Archive(recording.store).find("latest")
            #expect(openNow != nil)
            voice.close(long)
        }
        let grown = try recording.everything()
        #expect(grown.count == 6)
        #expect(try recording.everything(anew: true) == grown)
    }

    @Test func aRecordCutOffAnywhereKeepsWhatIsBeforeTheCut() throws {
        let recording = try Recording()
        recording.record { voice in
            for number in 0..<3 { voice.converse("peer-\(number)") }
        }
        let whole = try recording.everything()
        let segment = try #require(recording.store.segments().first)
        let path = recording.store.path(of: segment)
        let bytes = try Data(contentsOf: URL(filePath: path))
        for length in stride(from: 0, through: bytes.count, by: 13) {
            try bytes.prefix(length).write(to: URL(filePath: path))
            let sessions = try Archive(recording.store).sessions()
            let ended = sessions.filter { $0.end == .closed(first: .client) }
            #expect(try recording.everything().prefix(ended.count) == whole.prefix(ended.count), "\(length) bytes")
            #expect(sessions.dropFirst(ended.count).allSatisfy { $0.end == .brokenOff }, "\(length) bytes")
        }
        try bytes.write(to: URL(filePath: path))
        #expect(try recording.everything() == whole)
    }

    @Test func aSessionThatIsDeletedIsGoneAndNoOther() throws {
        let recording = try Recording()
        recording.record { voice in
            for number in 0..<3 { voice.converse("peer-\(number)") }
        }
        let before = try recording.everything()
        let archive = try Archive(recording.store)
        try archive.delete(try archive.sessions()[1])
        let after = try recording.everything()
        #expect(after == [before[0], before[2]])
        #expect(try recording.everything(anew: true) == after)
        for path in try FileManager.default.subpathsOfDirectory(atPath: recording.store.path) {
            let url = URL(filePath: recording.store.path).appending(path: path)
            guard let content = try? Data(contentsOf: url) else { continue }
            #expect(content.range(of: Data("peer-1".utf8)) == nil, "\(path)")
        }
    }

    @Test func allSessionsCanBeDeletedAtOnceButThoseThatGoOn() throws {
        let recording = try Recording()
        recording.record { voice in voice.converse("past") }
        recording.record { voice in
            voice.converse("present")
            let open = voice.open("open")
            voice.say(open, .server, "220 ready\r\n")
            wait { (try? Archive(recording.store).sessions().count) == 3 }
            let (deleted, left) = (try? Archive(recording.store).deleteAll()) ?? (0, 0)
            #expect(deleted == 2)
            #expect(left == 1)
        }
        let sessions = try Archive(recording.store).sessions()
        #expect(sessions.map(\.facts.remarks) == [["open"]])
        #expect(sessions.first?.end == .stopped)
    }

    @Test func aSegmentThatIsGoneTakesItsPartOfASessionWithIt() throws {
        let recording = try Recording()
        recording.record(segmentSize: 1 << 10) { voice in
            let session = voice.open("peer", dialect: .plain)
            for number in 0..<20 {
                recording.written {
                    voice.say(session, .client, "line \(number) \(String(repeating: "x", count: 100))\n")
                }
            }
            voice.close(session)
        }
        let segments = recording.store.segments()
        #expect(segments.count > 2)
        let before = try #require(try Archive(recording.store).sessions().first)
        try recording.store.remove(segments[0])
        let after = try #require(try Archive(recording.store).sessions().first)
        #expect(after.facts == before.facts)
        #expect(after.end == before.end)
        #expect(after.lost.client > 0)
        #expect(after.bytes.client + after.lost.client == before.bytes.client)
        for segment in segments.dropFirst() { try recording.store.remove(segment) }
        #expect(try Archive(recording.store).sessions().isEmpty)
    }

    @Test func aSearchIsNeverNarrowedTooFar() throws {
        let recording = try Recording()
        recording.record { voice in
            voice.converse("plain", body: "the quick brown fox")
            voice.converse("quoted", body: "say \"AND\" or NEAR* (x)")
            voice.converse("japanese", body: "イカサマメイル")
            voice.converse("long", body: String(repeating: "filler\r\n", count: 60_000) + "needle")
        }
        let archive = try Archive(recording.store)
        func names(_ query: SessionQuery) throws -> Set<String> {
            Set(try archive.candidates(for: query).compactMap(\.facts.remarks.first))
        }
        #expect(try names(SessionQuery(text: "QUICK brown")) == ["plain", "long"])
        #expect(try names(SessionQuery(text: "\"and\" OR near* (")) == ["quoted", "long"])
        #expect(try names(SessionQuery(text: "カサマ")) == ["japanese", "long"])
        #expect(try names(SessionQuery(text: "fo")).contains("plain"))
        #expect(try names(SessionQuery(verb: "RCPT", code: "550")).count == 4)
        #expect(try names(SessionQuery(verb: "RCPT", code: "4")).subtracting(["long"]).isEmpty)
        #expect(try archive.sessions().map(\.subject) == ["plain", "quoted", "japanese", "long"].map { "about \($0)" })
    }

    @Test func anIndexThatIsDamagedIsMadeAnew() throws {
        let recording = try Recording()
        recording.record { voice in voice.converse("peer") }
        let before = try recording.everything()
        for garbage in [
            Data(), Data("garbage".utf8), Data("SQLite format 3\0".utf8) + Data(repeating: 0xFF, count: 4096),
        ] {
            try garbage.write(to: URL(filePath: recording.store.indexPath))
            #expect(try recording.everything() == before)
        }
    }
}
