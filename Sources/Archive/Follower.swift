import Capture
import Conversation

/// Reads the segments of a store while they grow, from where an archive has read them.
public final class Follower {
    private final class Writer {
        var reader = RecordReader()
        /// The segments not read to their end yet, oldest first.
        var files: [OpenFile] = []
    }

    private final class OpenFile {
        let name: SegmentName
        var reader: PcapngReader

        init?(_ store: Store, _ name: SegmentName, from position: Int) {
            guard let reader = PcapngReader(path: store.path(of: name), from: position) else { return nil }
            self.name = name
            self.reader = reader
        }
    }

    private let store: Store
    private var writers: [String: Writer] = [:]
    private var seen: [SegmentName: Int]
    private var folder: SegmentStatus?

    init(_ store: Store, read: [SegmentName: Int], open: [IndexedSession]) {
        self.store = store
        seen = read
        for session in open {
            guard let flow = session.flow else { continue }
            let writer = writers[session.writer] ?? Writer()
            writer.reader = RecordReader(
                open: writer.reader.open.merging([flow: session.summary.facts.id]) { $1 })
            writers[session.writer] = writer
        }
        for (segment, position) in read where store.isBeingWritten(segment) { follow(segment, from: position) }
    }

    /// Tells what has been recorded since the last call.
    public func advance(_ body: (RecordedEvent) -> Void) {
        let folder = store.folderStatus
        if folder != self.folder {
            self.folder = folder
            for segment in store.segments() where seen[segment] == nil { follow(segment, from: 0) }
        }
        for (name, writer) in writers {
            while let file = writer.files.first {
                // Asked before reading: what was written by then is read now.
                let isOver = writer.files.count > 1 || !store.isBeingWritten(file.name) && !isEmpty(file.name)
                while let packet = file.reader.next() {
                    for recorded in writer.reader.events(of: packet) { body(recorded) }
                }
                guard isOver else { break }
                writer.files.removeFirst()
            }
            guard writer.files.isEmpty else { continue }
            writers[name] = nil
            for id in writer.reader.open.values {
                body(RecordedEvent(session: id, at: .now(), position: 0, event: .closed(.brokenOff)))
            }
        }
    }

    /// Its writer has just made it and holds no lock on it yet.
    private func isEmpty(_ segment: SegmentName) -> Bool {
        store.status(of: segment)?.size == 0
    }

    private func follow(_ segment: SegmentName, from position: Int) {
        guard let file = OpenFile(store, segment, from: position) else { return }
        seen[segment] = position
        let writer = writers[segment.writer] ?? Writer()
        writers[segment.writer] = writer
        writer.files.append(file)
        writer.files.sort { $0.name < $1.name }
    }
}
