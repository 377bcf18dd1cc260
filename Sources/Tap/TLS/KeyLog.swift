import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Session keys in the form of SSLKEYLOGFILE, a line each, for whoever captures beside mailtee.
final class KeyLog: Sendable {
    private let file: Int32
    /// A line must not stand within another.
    private let writing = Mutex(())

    /// - Throws: where `path` cannot be written.
    init(path: String) throws(TapError) {
        file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw TapError(
                .badOption, "cannot write the key log \(path): \(Errno(errno))",
                remedy: "Name a file in a folder that can be written.")
        }
    }

    deinit { close(file) }

    /// Appends one line, with its end.
    func append(_ line: ByteBuffer) {
        writing.withLock { _ in
            line.withUnsafeReadableBytes { bytes in
                var rest = bytes[...]
                while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                    let count = write(file, base, rest.count)
                    guard count > 0 else { return }
                    rest = rest.dropFirst(count)
                }
            }
        }
    }
}
