#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of our own that is gone afterwards.
struct TemporaryFolder {
    let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(base)/mailtee.XXXXXX".utf8CString)
        let made = name.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) } != nil
        }
        guard made else {
            throw CleanFailure("\(base): no folder can be made there: \(String(cString: strerror(errno)))")
        }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Copies what can be read only once.
    func spool(_ input: Int32) throws -> Int32 {
        let copy = open(path + "/input", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard copy >= 0 else { return -1 }
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(input, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            guard write(copy, piece, count) == count else {
                close(copy)
                return -1
            }
        }
        lseek(copy, 0, SEEK_SET)
        return copy
    }

    func remove() {
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(folder)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
