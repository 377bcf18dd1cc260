import Capture
import Fuzzing
import Glibc
import Wire

/// A file that says it is a capture is read to its end, or to where it cannot be read on, which is said; what it counts
/// can be.
@main enum FuzzImport {
    static func main() {
        guard let bench = Bench() else { fatalError("no folder in /dev/shm") }
        fuzz(bench.check) { Picture.of($0) }
    }
}

/// A file, and a store that is emptied from time to time.
private final class Bench {
    private static let runsOfAStore = 2000

    private let folder: String
    private let file: Int32
    private let store: Store
    private var importer: Importer
    private var runs = 0

    init?() {
        var name = Array("/dev/shm/mailtee-fuzz-XXXXXX".utf8CString)
        guard let made = mkdtemp(&name) else { return nil }
        folder = String(cString: made)
        file = open(folder + "/capture", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0, let store = try? Store(creating: folder + "/store") else { return nil }
        self.store = store
        importer = Importer(to: store) { _ in }
    }

    func check(_ input: [UInt8]) throws(Violation) {
        ftruncate(file, 0)
        guard pwrite(file, input, input.count, 0) == input.count else { throw Violation("the file cannot be written") }
        lseek(file, 0, SEEK_SET)
        let before = importer.counts
        do {
            try importer.read(file: file)
        } catch {
            guard input.starts(with: [0x1F, 0x8B]) || error.position <= UInt64(input.count) else {
                throw Violation("damage behind the end: \(error)")
            }
        }
        let packets = importer.counts.packets - before.packets
        guard importer.counts.connections - before.connections <= packets else {
            throw Violation("more connections than \(packets) packets")
        }
        runs += 1
        if runs % Self.runsOfAStore == 0 { begin() }
    }

    private func begin() {
        importer.finish()
        for segment in store.segments() { try? store.remove(segment) }
        importer = Importer(to: store) { _ in }
    }
}
