import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Takes packets out of a segment in place: the block stays, its content becomes zeros and its type one that readers
/// pass by. Works on a segment that another process appends to, since that only writes past its end.
public struct Eraser: ~Copyable {
    private let file: Int32
    private let path: String

    public init(path: String) throws(StoreError) {
        self.path = path
        file = open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.system(path) }
    }

    deinit { close(file) }

    /// Erases the packet whose block begins at `position`.
    public func erase(at position: Int) throws(StoreError) {
        var head = [UInt8](repeating: 0, count: 8)
        guard pread(file, &head, 8, off_t(position)) == 8 else { throw StoreError.system(path) }
        let type = UInt32(head[0]) | UInt32(head[1]) << 8 | UInt32(head[2]) << 16 | UInt32(head[3]) << 24
        let length = Int(head[4]) | Int(head[5]) << 8 | Int(head[6]) << 16 | Int(head[7]) << 24
        guard type == Pcapng.enhancedPacket, (32...PcapngReader.maximumBlock).contains(length) else { return }
        var body: [UInt8] = []
        Pcapng.append(Pcapng.deleted, to: &body)
        body += head[4..<8]
        body += [UInt8](repeating: 0, count: length - 12)
        guard pwrite(file, body, body.count, off_t(position)) == body.count else { throw StoreError.system(path) }
    }
}
