import Capture
import Conversation
import NIOCore
import Testing
import Wire

/// Blocks that are whole, with contents that no recorder wrote.
@Suite struct DamagedRecordTests {
    @Test(arguments: [-2, 0, Int64.min, Int64.max])
    func aCountOfLostBytesThatCannotBeIsPassedBy(_ count: Int64) throws {
        let text = String(count)
        #expect(try gaps { packet in packet.commented("{\"lost\":{\"from\":\"server\",\"count\":\(text)}}") } == [])
        #expect(
            try gaps { packet in
                packet.introduction { facts in
                    facts.dropLast() + ",\"continues\":{\"client\":\(text),\"server\":\(text)}}"
                }
            } == [])
    }

    @Test func aCountOfLostBytesThatCanBeIsRead() throws {
        #expect(
            try gaps { packet in packet.commented("{\"lost\":{\"from\":\"server\",\"count\":5}}") } == [5, 5, 5])
    }

    /// What the record says is missing, when each packet of a conversation was changed.
    private func gaps(_ change: (inout CapturedPacket) -> Void) throws -> [Int] {
        let recording = try Recording()
        recording.record { voice in
            let session = voice.open("peer")
            recording.written { voice.say(session, .client, "NOOP\r\n") }
            recording.written { voice.say(session, .server, "250 ok\r\n") }
            voice.close(session)
        }
        var reader = RecordReader()
        var gaps: [Int] = []
        for segment in recording.store.segments() {
            guard var file = PcapngReader(path: recording.store.path(of: segment)) else { continue }
            while var packet = file.next() {
                change(&packet)
                for case .lost(_, let count) in reader.events(of: packet).map(\.event) { gaps.append(count) }
            }
        }
        return gaps
    }
}

extension CapturedPacket {
    /// Says `text` where the packet says nothing of its session.
    fileprivate mutating func commented(_ text: String) {
        guard comment == nil else { return }
        comment = Array(text.utf8)
    }

    /// Changes what introduces the session.
    fileprivate mutating func introduction(_ change: (String) -> String) {
        guard let comment, let json = JSON.parse(comment), SessionFacts(json: json) != nil else { return }
        self.comment = Array(change(String(decoding: comment, as: UTF8.self)).utf8)
    }
}
