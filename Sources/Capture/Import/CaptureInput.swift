import Inflate

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of a capture file, from a file or a pipe, whether they are compressed by gzip or not: a window on them that
/// moves on.
struct CaptureInput: ~Copyable {
    private static let window = 1 << 20
    /// Milliseconds between two looks at a file that has no more for now.
    private static let patience: Int32 = 100

    private let file: Int32
    /// Called where there is no more for now; false ends the reading.
    private let whenIdle: (() -> Bool)?
    /// It does not grow by itself while we wait: at its end we look again.
    private let isRegular: Bool
    private(set) var buffer: [UInt8]
    private var start = 0
    private var end = 0
    /// Where the window begins in the (unpacked) bytes.
    private(set) var position: UInt64 = 0
    private var inflate: Inflate?
    private var packed: [UInt8] = []
    private var packedIndex = 0
    private var hasLooked = false
    /// Why reading ended, where it was not the end of the file.
    private(set) var failure: Int32 = 0
    /// The file is compressed and its compression damaged or cut off here.
    private(set) var isDamaged = false

    /// - Parameters:
    ///   - file: stays open.
    ///   - whenIdle: called from time to time while there is no more to read; false ends the reading. nil takes that for
    ///     the end of a file.
    init(file: Int32, whenIdle: (() -> Bool)?) {
        self.file = file
        self.whenIdle = whenIdle
        var status = stat()
        isRegular = fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        buffer = [UInt8](repeating: 0, count: Self.window)
    }

    /// How many bytes are at hand.
    var available: Int { end - start }

    /// Where they stand in `buffer`.
    var range: Range<Int> { start..<end }

    /// Passes by bytes that are at hand.
    mutating func skip(_ count: Int) {
        let count = min(count, available)
        start += count
        position += UInt64(count)
    }

    /// Makes sure that `count` bytes are at hand.
    /// - Returns: false where the input ends before.
    mutating func fill(_ count: Int) -> Bool {
        while available < count {
            makeRoom(count)
            guard hasLooked else {
                look()
                continue
            }
            let got = inflate == nil ? readFile() : unpack()
            guard got > 0 else { return false }
            end += got
        }
        return true
    }

    private mutating func makeRoom(_ count: Int) {
        if start > 0, buffer.count - start < max(count, Self.window / 2) {
            let (from, length) = (start, available)
            buffer.withUnsafeMutableBytes { all in
                all.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[from..<(from + length)]))
            }
            start = 0
            end = length
        }
        if buffer.count < count { buffer.append(contentsOf: repeatElement(0, count: count - buffer.count)) }
        if end == buffer.count { buffer.append(contentsOf: repeatElement(0, count: Self.window)) }
    }

    private mutating func readFile() -> Int {
        // Taken out and put back, so that it is filled in place.
        var space = buffer
        buffer = []
        defer { buffer = space }
        return readFile(into: &space, from: end)
    }

    /// - Returns: how many bytes came, 0 at the end, less where it failed.
    private mutating func readFile(into space: inout [UInt8], from index: Int) -> Int {
        while true {
            if let whenIdle, !isRegular {
                var ready = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
                while poll(&ready, 1, 0) == 0 {
                    guard whenIdle() else { return 0 }
                    if poll(&ready, 1, Self.patience) != 0 { break }
                }
            }
            let got = space.withUnsafeMutableBytes { all in
                all.baseAddress.map { read(file, $0 + index, all.count - index) } ?? 0
            }
            if got < 0, errno == EINTR { continue }
            if got < 0 { failure = errno }
            guard got == 0, isRegular, let whenIdle else { return got }
            guard whenIdle() else { return 0 }
            usleep(UInt32(Self.patience) * 1000)
        }
    }

    /// Reads the first bytes: those of gzip (RFC 1952 §2.3.1) are no capture's.
    private mutating func look() {
        var first = [UInt8](repeating: 0, count: Self.window / 4)
        var count = 0
        while count < 2 {
            let got = readFile(into: &first, from: count)
            if got <= 0 { break }
            count += got
        }
        hasLooked = true
        if count >= 2, first[0] == 0x1F, first[1] == 0x8B {
            inflate = Inflate(.gzip)
            packed = Array(first[..<count])
        } else {
            if buffer.count - end < count { buffer.append(contentsOf: repeatElement(0, count: count)) }
            for index in 0..<count { buffer[end + index] = first[index] }
            end += count
        }
    }

    private mutating func unpack() -> Int {
        guard let inflate, !isDamaged else { return 0 }
        var output: [UInt8] = []
        while output.isEmpty {
            if packedIndex == packed.count {
                var space = [UInt8](repeating: 0, count: Self.window / 4)
                let got = readFile(into: &space, from: 0)
                space.removeLast(space.count - max(0, got))
                packed = space
                packedIndex = 0
                if got <= 0 {
                    isDamaged = inflate.isInMember
                    return got
                }
            }
            packedIndex = inflate.feed(packed.span, from: packedIndex, into: &output, limit: buffer.count - end)
            if inflate.state == .damaged {
                isDamaged = true
                break
            }
        }
        for (index, byte) in output.enumerated() { buffer[end + index] = byte }
        return output.count
    }
}
