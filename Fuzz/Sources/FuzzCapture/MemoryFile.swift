import Glibc

/// A file without a place on a disk, which has a path all the same.
final class MemoryFile {
    private let file: Int32

    init?() {
        let name = "/mailtee-fuzz-\(getpid())"
        file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { return nil }
        shm_unlink(name)
    }

    deinit { close(file) }

    var path: String { "/proc/self/fd/\(file)" }

    func append(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { fatalError("a memory file cannot be written: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }
}
