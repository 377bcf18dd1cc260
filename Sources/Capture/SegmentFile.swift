import Conversation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The segment that a process appends to. It holds a lock on the file as long as it writes: who can take the lock knows
/// that the segment grows no more.
struct SegmentFile {
    let store: Store
    let writer: String
    let rotateAt: Int
    private(set) var number = 0
    private var file: Int32 = -1
    private(set) var size = 0
    private var openedAt = Timestamp(nanoseconds: 0)

    init(store: Store, writer: String, rotateAt: Int) {
        self.store = store
        self.writer = writer
        self.rotateAt = rotateAt
    }

    var path: String { store.path(of: SegmentName(writer: writer, number: number)) }

    /// Opens the next segment where none is open or the open one is full or old. The next one is locked before this one
    /// is let go: the lock on the last two of a writer tells whether it lives.
    /// - Returns: an error number, 0 for success.
    mutating func prepare(at time: Timestamp) -> Int32 {
        if file >= 0, size < rotateAt, time.since(openedAt) < RecorderLimits.segmentAge { return 0 }
        let name = SegmentName(writer: writer, number: number + 1)
        let next = open(store.path(of: name), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard next >= 0 else { return errno }
        _ = flock(next, LOCK_EX | LOCK_NB)
        var head: [UInt8] = []
        Pcapng.appendHead(to: &head, application: "mailtee")
        let error = Self.append(head, to: next, size: 0)
        guard error == 0 else {
            unlink(store.path(of: name))
            close(next)
            return error
        }
        shut()
        file = next
        number += 1
        size = head.count
        openedAt = time
        return 0
    }

    /// Writes all of `bytes` or nothing of them.
    /// - Returns: an error number, 0 for success.
    mutating func append(_ bytes: [UInt8]) -> Int32 {
        let error = Self.append(bytes, to: file, size: size)
        if error == 0 { size += bytes.count }
        return error
    }

    private static func append(_ bytes: [UInt8], to file: Int32, size: Int) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(file, $0 + done, bytes.count - done) } ?? 0
            }
            if count < 0 {
                let error = errno
                if error == EINTR { continue }
                // What was begun is taken back, so that the segment ends with a whole block.
                if done > 0 { _ = ftruncate(file, off_t(size)) }
                return error
            }
            done += count
        }
        return 0
    }

    mutating func shut() {
        if file >= 0 { close(file) }
        file = -1
        size = 0
    }
}
