import CFile
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
    /// Bytes from which on room is reserved, and how many at a time.
    private static let large = 1 << 20
    private static let reserve = 16 << 20

    let store: Store
    let writer: String
    let rotateAt: Int
    private(set) var number = 0
    private var file: Int32 = -1
    private(set) var size = 0
    /// How far room on the disk is set aside.
    private var reserved = 0
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
        let error = head.withUnsafeBytes { Self.write($0, to: next) }
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

    /// Writes all of `output` or nothing of it.
    /// - Returns: an error number, 0 for success.
    mutating func append(_ output: [UInt8]) -> Int32 {
        reserve(for: output.count)
        let error = output.withUnsafeBytes { Self.write($0, to: file) }
        // What was begun is taken back, so that the segment ends with a whole block.
        if error != 0 { _ = ftruncate(file, off_t(size)) } else { size += output.count }
        return error
    }

    /// Asks for room on the disk ahead of what is written, once a segment has become large: a file that grows by small
    /// steps costs the kernel about twice as much.
    private mutating func reserve(for count: Int) {
        guard size >= Self.large, size + count > reserved else { return }
        let start = max(size, reserved)
        let error = file_reserve(file, off_t(start), off_t(Self.reserve))
        reserved = error == 0 ? start + Self.reserve : .max
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32 {
        var rest = bytes
        while let start = rest.baseAddress, rest.count > 0 {
            let count = Glibc.write(file, start, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return 0
    }

    mutating func shut() {
        if file >= 0 {
            // Gives back what was asked for and not needed.
            if reserved > 0 { _ = ftruncate(file, off_t(size)) }
            close(file)
        }
        file = -1
        size = 0
        reserved = 0
    }
}
