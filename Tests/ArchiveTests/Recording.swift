import Archive
import Capture
import Conversation
import Foundation
import NIOCore
import Testing

/// A store in a folder of its own, and conversations to put into it.
final class Recording {
    let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailtee-\(UUID().uuidString)")
        store = try Store(creating: folder.path)
    }

    deinit { try? FileManager.default.removeItem(atPath: store.path) }

    /// Records by a recorder of its own, which has written all when this returns.
    func record(
        segmentSize: Int = 64 << 20, retention: Retention = Retention(size: nil, age: nil), _ body: (Voice) -> Void
    ) {
        let recorder = Recorder(store: store, retention: retention, segmentSize: segmentSize) { _ in }
        recorder.start()
        body(Voice(recorder: recorder))
        recorder.stop()
    }

    /// Does `body`, then waits until the recorder has written something of it.
    func written(_ body: () -> Void) {
        let before = size
        body()
        wait { size != before }
    }

    /// Bytes of all segments.
    private var size: Int {
        store.segments().reduce(0) { $0 + (store.status(of: $1)?.size ?? 0) }
    }

    /// The bytes that both peers said, as the record has them.
    func said(_ session: SessionSummary, _ archive: Archive) throws -> PerDirection<[UInt8]> {
        var said = PerDirection<[UInt8]>([])
        try archive.events(of: session) { recorded in
            if case .bytes(let direction, let bytes) = recorded.event { said[direction] += bytes }
        }
        return said
    }

    /// All that the archive tells, in a form that can be compared.
    func everything(anew: Bool = false) throws -> [String] {
        let archive = try Archive(store, anew: anew)
        return try archive.sessions().map { session in
            let said = try said(session, archive)
            return session.json.text + " \(said.client.text) | \(said.server.text)"
        }
    }
}

/// Waits until `condition` holds; a minute in vain is a failure, not a test that hangs.
func wait(until condition: () -> Bool) {
    let deadline = Date(timeIntervalSinceNow: 60)
    while !condition() {
        guard Date() < deadline else {
            Issue.record("waited in vain")
            return
        }
        usleep(1000)
    }
}

/// Lets sessions speak.
struct Voice {
    let recorder: Recorder

    func open(_ name: String, dialect: DialectName = .smtp) -> UInt32 {
        let now = Timestamp.now()
        let port = UInt16(20_000 + name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 10_000 })
        return recorder.open(
            SessionFacts(
                id: recorder.newID(at: now), started: now, dialect: dialect,
                client: .address("192.0.2.1", port: port), server: .address("192.0.2.2", port: 25), route: .relay,
                remarks: [name]))
    }

    func say(_ session: UInt32, _ direction: Direction, _ text: String) {
        recorder.record(session, .bytes(direction, ByteBuffer(string: text)), at: .now())
    }

    func close(_ session: UInt32) {
        recorder.record(session, .closed(.closed(first: .client)), at: .now())
    }

    /// A whole session with one message.
    func converse(_ name: String, body: String = "hello") {
        let session = open(name)
        say(session, .server, "220 ready\r\n")
        say(session, .client, "EHLO \(name)\r\n")
        say(session, .server, "250 ok\r\n")
        say(session, .client, "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n")
        say(session, .server, "250 ok\r\n550 no\r\n354 go\r\n")
        say(session, .client, "Subject: about \(name)\r\n\r\n\(body)\r\n.\r\nQUIT\r\n")
        say(session, .server, "250 kept\r\n221 bye\r\n")
        close(session)
    }
}
