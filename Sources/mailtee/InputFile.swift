import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that a user names, or standard input.
struct InputFile: ~Copyable {
    let name: String
    let descriptor: Int32

    static let piece = 1 << 16

    /// - Parameter path: `-` for standard input.
    /// - Returns: nil where there is no such file and the name does not look like a path: it is an id of a session then.
    init?(_ path: String) throws {
        guard path != "-" else {
            name = "standard input"
            descriptor = dup(0)
            return
        }
        var status = stat()
        guard stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG || path.contains("/") else { return nil }
        name = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ValidationError("\(path): \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// The next bytes; none at the end of the file.
    func read(upTo count: Int = piece) throws -> [UInt8] { try Self.read(descriptor, upTo: count, name) }

    static func read(_ descriptor: Int32, upTo count: Int, _ name: String) throws -> [UInt8] {
        var failed: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count, let base = buffer.baseAddress {
                let got = Glibc.read(descriptor, base + filled, count - filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failed = errno }
                guard got > 0 else { break }
                filled += got
            }
        }
        guard failed == 0 else { throw CleanFailure("\(name): \(String(cString: strerror(failed)))") }
        return bytes
    }
}
