import Conversation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much of the past a store keeps. Whole segments are deleted, the oldest first, never one that is being written.
public struct Retention: Sendable, Equatable {
    /// Bytes of all segments together; nil for no limit.
    public var size: Int?
    /// Nanoseconds since a segment was written last; nil for no limit.
    public var age: Int64?

    /// The limits of a store whose user names none: 10 GiB, however old.
    public static let standard = Retention(size: 10 << 30, age: nil)
    /// How often a store is looked through, in nanoseconds.
    static let interval: Int64 = 60 * 1_000_000_000

    public init(size: Int?, age: Int64?) {
        self.size = size
        self.age = age
    }

    /// Deletes what is beyond the limits, unless that was done less than `interval` ago, by this process or another.
    /// - Returns: the segments that were deleted.
    @discardableResult
    public func apply(to store: Store, at now: Timestamp, always: Bool = false) -> [SegmentName] {
        guard size != nil || age != nil, let turn = Turn(store, at: now, always: always) else { return [] }
        defer { turn.end() }
        var kept: [(name: SegmentName, status: SegmentStatus)] = []
        for name in store.segments() {
            if let status = store.status(of: name) { kept.append((name, status)) }
        }
        kept.sort { $0.status.modified < $1.status.modified }
        var total = kept.reduce(0) { $0 + $1.status.size }
        var deleted: [SegmentName] = []
        for (name, status) in kept {
            let isTooMuch = size.map { total > $0 } ?? false
            let isTooOld = age.map { now.since(status.modified) > $0 } ?? false
            guard isTooMuch || isTooOld else { continue }
            guard !store.isBeingWritten(name), (try? store.remove(name)) != nil else { continue }
            total -= status.size
            deleted.append(name)
        }
        return deleted
    }

    /// The right to look through the store: a file that one process at a time can lock, whose date tells when the last
    /// one did.
    private struct Turn {
        private let file: Int32

        init?(_ store: Store, at now: Timestamp, always: Bool) {
            file = open(store.retentionPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else { return nil }
            var status = stat()
            let isFree = flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &status) == 0
            let last = Timestamp(
                nanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
            guard isFree, always || status.st_size == 0 || now.since(last) > Retention.interval else {
                close(file)
                return nil
            }
        }

        func end() {
            // A byte in it tells that it has been used; writing it sets the date.
            var mark = UInt8(ascii: "\n")
            _ = pwrite(file, &mark, 1, 0)
            close(file)
        }
    }
}
