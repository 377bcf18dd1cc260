import Capture
import Conversation

/// Reads the segments of a store while they grow.
public final class Follower {
    private final class Writer {
        var reader = RecordReader()
        var files: [(name: SegmentName, file: OpenFile)] = []
    }

    private final class OpenFile {
        var reader: PcapngReader
        init?(_ path: String) {
            guard let reader = PcapngReader(path: path) else { return nil }
            self.reader = reader
        }
    }

    private let store: Store
    private var writers: [String: Writer] = [:]

    public init(_ store: Store) {
        self.store = store
    }

    /// Tells what has been recorded since the last call; at the first call, all that there is.
    public func advance(_ body: (RecordedEvent) -> Void) {
        for segment in store.segments() {
            let writer = writers[segment.writer] ?? Writer()
            writers[segment.writer] = writer
            if !writer.files.contains(where: { $0.name == segment }), let file = OpenFile(store.path(of: segment)) {
                writer.files.append((segment, file))
            }
        }
        for writer in writers.values {
            for (_, file) in writer.files {
                while let packet = file.reader.next() {
                    for recorded in writer.reader.events(of: packet) { body(recorded) }
                }
            }
            // A segment that has a successor grows no more.
            if writer.files.count > 1 { writer.files.removeFirst(writer.files.count - 1) }
        }
    }
}
