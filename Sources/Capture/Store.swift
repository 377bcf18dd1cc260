import Conversation
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What went wrong with a store, where, and what to do.
public struct StoreError: Error, CustomStringConvertible, Sendable {
    public enum Code: Sendable {
        case unreachable
        case newer
        case damaged
    }

    public var code: Code
    public var path: String
    public var cause: String
    public var remedy: String

    public var description: String { "\(path): \(cause). \(remedy)" }

    public init(_ code: Code, path: String, cause: String, remedy: String) {
        self.code = code
        self.path = path
        self.cause = cause
        self.remedy = remedy
    }

    static func system(_ path: String) -> StoreError {
        StoreError(
            .unreachable, path: path, cause: String(cString: strerror(errno)),
            remedy: "Choose another folder with --store DIR or MAILTEE_STORE, or mend its permissions.")
    }
}

/// The folder in which sessions are kept, private to its user.
///
///     STORE/store.json            the version of its form
///     STORE/segments/*.pcapng     the record, and the only truth
///     STORE/index.sqlite          the index, made from the segments at need
///     STORE/retention.lock        whose turn it is to delete old segments, and when that was done last
public struct Store: Sendable {
    /// Raised when an older mailtee could not read what a newer one writes.
    public static let version = 1

    public let path: String

    public var segmentsPath: String { path + "/segments" }
    public var indexPath: String { path + "/index.sqlite" }
    var retentionPath: String { path + "/retention.lock" }
    private var versionPath: String { path + "/store.json" }

    /// Opens the store at `path`, and makes it where there is none.
    public init(creating path: String) throws(StoreError) {
        self.path = path
        var prefix = ""
        for part in (path + "/segments").split(separator: "/", omittingEmptySubsequences: false) {
            prefix += part + "/"
            if part.isEmpty || access(prefix, F_OK) == 0 { continue }
            if mkdir(prefix, 0o700) != 0, errno != EEXIST { throw StoreError.system(prefix) }
        }
        guard access(segmentsPath, R_OK | X_OK) == 0 else { throw StoreError.system(segmentsPath) }
        if access(versionPath, F_OK) != 0 {
            try Self.write(JSON.members(["version": .int(Self.version)]).text + "\n", to: versionPath)
        }
        try checkVersion()
    }

    /// Opens the store at `path` for reading.
    public init(reading path: String) throws(StoreError) {
        self.path = path
        guard access(segmentsPath, R_OK | X_OK) == 0 else {
            throw StoreError(
                .unreachable, path: path,
                cause: errno == ENOENT ? "nothing is recorded here" : String(cString: strerror(errno)),
                remedy: "Name the folder with --store DIR or MAILTEE_STORE; `mailtee tap` or `mailtee serve` records.")
        }
        try checkVersion()
    }

    private func checkVersion() throws(StoreError) {
        guard let bytes = Self.read(versionPath), !bytes.isEmpty else { return }
        guard let version = JSON.parse(bytes)?["version"]?.integer else { return }
        guard version <= Self.version else {
            throw StoreError(
                .newer, path: path, cause: "this store has version \(version), made by a newer mailtee",
                remedy: "Use that mailtee, or another folder with --store DIR; this one knows version \(Self.version).")
        }
    }

    /// The segments, oldest first.
    public func segments() -> [SegmentName] {
        guard let folder = opendir(segmentsPath) else { return [] }
        defer { closedir(folder) }
        var names: [SegmentName] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let segment = SegmentName(name) { names.append(segment) }
        }
        return names.sorted()
    }

    public func path(of segment: SegmentName) -> String { segmentsPath + "/" + segment.text }

    /// - Returns: nil where there is no such segment any more.
    public func status(of segment: SegmentName) -> SegmentStatus? { Self.status(path(of: segment)) }

    /// Changes with each segment that comes or goes.
    public var folderStatus: SegmentStatus? { Self.status(segmentsPath) }

    /// Deletes a segment with all that stands in it.
    public func remove(_ segment: SegmentName) throws(StoreError) {
        guard unlink(path(of: segment)) == 0 || errno == ENOENT else { throw StoreError.system(path(of: segment)) }
    }

    private static func status(_ path: String) -> SegmentStatus? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return SegmentStatus(
            size: Int(status.st_size),
            modified: Timestamp(
                nanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)))
    }

    /// True while a recorder appends to the segment: it holds a lock as long as it does.
    public func isBeingWritten(_ segment: SegmentName) -> Bool {
        let file = open(path(of: segment), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        guard flock(file, LOCK_SH | LOCK_NB) == 0 else { return true }
        flock(file, LOCK_UN)
        return false
    }

    private static func write(_ text: String, to path: String) throws(StoreError) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.system(path) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw StoreError.system(path) }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file, &bytes, bytes.count)
        return count >= 0 ? Array(bytes[..<count]) : nil
    }
}

/// How large a segment is, and when it was written last.
public struct SegmentStatus: Sendable, Equatable {
    /// Bytes.
    public var size: Int
    public var modified: Timestamp

    public init(size: Int, modified: Timestamp) {
        self.size = size
        self.modified = modified
    }
}

/// `20261123T123456-3F8KQ2M1N9XK2-0001.pcapng`: when its writer began, which writer, which of its segments.
public struct SegmentName: Sendable, Hashable, Comparable {
    /// The start of the writer and its own name; the same in all its segments.
    public let writer: String
    public let number: Int

    public init(writer: String, number: Int) {
        self.writer = writer
        self.number = number
    }

    /// The inverse of `text`; nil for the name of anything else.
    public init?(_ name: String) {
        guard name.hasSuffix(".pcapng") else { return nil }
        let stem = name.dropLast(7)
        guard let dash = stem.lastIndex(of: "-"), let number = Int(stem[stem.index(after: dash)...]) else { return nil }
        writer = String(stem[..<dash])
        self.number = number
    }

    public var text: String {
        let digits = String(number)
        return writer + "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".pcapng"
    }

    public static func < (a: SegmentName, b: SegmentName) -> Bool {
        a.writer == b.writer ? a.number < b.number : a.writer < b.writer
    }
}
