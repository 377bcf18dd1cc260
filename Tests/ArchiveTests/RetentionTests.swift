import Archive
import Capture
import Conversation
import Foundation
import Testing

@Suite struct RetentionTests {
    private func age(_ recording: Recording, _ segment: SegmentName, seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
            ofItemAtPath: recording.store.path(of: segment))
    }

    @Test func theOldestSegmentsBeyondTheSizeAreDeleted() throws {
        let recording = try Recording()
        for number in 0..<4 { recording.record { $0.converse("peer-\(number)") } }
        let segments = recording.store.segments()
        for (number, segment) in segments.enumerated() { try age(recording, segment, seconds: 100 - Double(number)) }
        let sizes = segments.compactMap { recording.store.status(of: $0)?.size }
        let retention = Retention(size: sizes[2] + sizes[3] + 1, age: nil)
        #expect(retention.apply(to: recording.store, at: .now(), always: true) == Array(segments.prefix(2)))
        #expect(try Archive(recording.store).sessions().map(\.facts.remarks) == [["peer-2"], ["peer-3"]])
    }

    @Test func segmentsBeyondTheAgeAreDeleted() throws {
        let recording = try Recording()
        for number in 0..<2 { recording.record { $0.converse("peer-\(number)") } }
        let segments = recording.store.segments()
        try age(recording, segments[0], seconds: 7200)
        let retention = Retention(size: nil, age: 3_600_000_000_000)
        #expect(retention.apply(to: recording.store, at: .now(), always: true) == [segments[0]])
    }

    @Test func aSegmentThatIsWrittenStays() throws {
        let recording = try Recording()
        recording.record { voice in
            let session = voice.open("open")
            voice.say(session, .server, "220 ready\r\n")
            wait { !recording.store.segments().isEmpty }
            Retention(size: 1, age: nil).apply(to: recording.store, at: .now(), always: true)
            #expect(recording.store.segments().count == 1)
        }
    }

    @Test func aStoreIsLookedThroughOnceInAWhile() throws {
        let recording = try Recording()
        recording.record { $0.converse("one") }
        let now = Timestamp.now()
        let none = Retention(size: 1 << 30, age: nil)
        none.apply(to: recording.store, at: now)
        let all = Retention(size: 1, age: nil)
        #expect(all.apply(to: recording.store, at: now).isEmpty)
        let later = Timestamp(nanoseconds: now.nanoseconds + 120_000_000_000)
        #expect(all.apply(to: recording.store, at: later).count == 1)
    }

    @Test func aRecorderDeletesWhileItRecords() throws {
        let recording = try Recording()
        recording.record(segmentSize: 1 << 10, retention: Retention(size: 4 << 10, age: nil)) { voice in
            for number in 0..<40 {
                let before = recording.store.segments().last
                voice.converse("peer-\(number)")
                wait { recording.store.segments().last != before }
            }
        }
        let total = recording.store.segments().compactMap { recording.store.status(of: $0)?.size }.reduce(0, +)
        #expect(total < 8 << 10)
        #expect(try Archive(recording.store).sessions().last?.facts.remarks == ["peer-39"])
    }
}
