import Capture
import Conversation
import Foundation
import Testing
import Wire

/// What the import of a capture made of it.
struct Imported {
    var counts = Importer.Counts()
    var damage: CaptureDamage?
    /// Of each session, in the order in which they began.
    var sessions: [Heard] = []

    struct Heard {
        var facts: SessionFacts
        /// `C: …` and `S: …`, what one peer said in one go on one line, and between them what was lost or remarked.
        var words: [String] = []
        var end: String?
    }

    init(_ capture: [UInt8], folder: URL = .temporaryDirectory.appending(path: "mailtee-\(UUID().uuidString)")) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "capture").path
        try Data(capture).write(to: URL(filePath: path))
        let store = try Store(creating: folder.appending(path: "store").path)
        let importer = Importer(to: store) { words in Issue.record("\(words)") }
        let file = open(path, O_RDONLY)
        defer { close(file) }
        do { try importer.read(file: file) } catch { damage = error }
        importer.finish()
        counts = importer.counts
        for segment in store.segments() { read(store.path(of: segment)) }
    }

    private mutating func read(_ path: String) {
        guard var file = PcapngReader(path: path) else { return }
        var reader = RecordReader()
        var places: [SessionID: Int] = [:]
        while let packet = file.next() {
            for recorded in reader.events(of: packet) {
                if case .opened(let facts) = recorded.event, places[facts.id] == nil {
                    places[facts.id] = sessions.count
                    sessions.append(Heard(facts: facts))
                }
                guard let place = places[recorded.session] else { continue }
                sessions[place].hear(recorded.event)
            }
        }
    }
}

extension Imported.Heard {
    fileprivate mutating func hear(_ event: SessionEvent<ArraySlice<UInt8>>) {
        switch event {
        case .bytes(let direction, let bytes):
            let mark = direction == .client ? "C: " : "S: "
            let text = String(decoding: bytes, as: UTF8.self)
            if let last = words.last, last.hasPrefix(mark) {
                words[words.count - 1] = last + text
            } else {
                words.append(mark + text)
            }
        case .lost(let direction, let count): words.append("\(count) bytes of the \(direction.rawValue) lost")
        case .note(let note): words.append("(\(note.text))")
        case .closed(let end): self.end = end.text
        default: break
        }
    }
}
