import CZlib

/// Undoes DEFLATE piece by piece. Whoever feeds it decides how much comes out at a time, so that a small input that
/// stands for gigabytes costs no more memory than any other.
public final class Inflate {
    public enum Format: Sendable {
        /// Without head and end (RFC 1951): IMAP's COMPRESS, and what some HTTP servers call `deflate`.
        case raw
        /// RFC 1950.
        case zlib
        /// RFC 1952, of one member or several.
        case gzip
    }

    public enum State: Sendable, Equatable {
        /// More input may come.
        case open
        /// The data said that it is over; nothing more is taken.
        case ended
        /// What came is not in this format. What was given out before is good.
        case damaged
    }

    public private(set) var state = State.open
    private let format: Format
    private var stream = z_stream()
    /// A member of gzip has ended; another may follow.
    private var isBetweenMembers = false
    private var hasBegun = false

    /// What came so far breaks off in the middle.
    public var isInMember: Bool { state == .open && hasBegun && !isBetweenMembers }

    public init(_ format: Format) {
        self.format = format
        let windowBits: Int32 =
            switch format {
            case .raw: -MAX_WBITS
            case .zlib: MAX_WBITS
            case .gzip: MAX_WBITS + 16
            }
        if inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK {
            state = .damaged
        }
    }

    deinit { inflateEnd(&stream) }

    /// Takes bytes of `input` from `start` on, and appends what they stand for to `output`, at most `limit` bytes.
    /// - Returns: the index of the first byte that was not taken. Where that is the end of the input and `limit` bytes were
    ///   appended, more may wait: feed again, with nothing.
    public func feed(_ input: Span<UInt8>, from start: Int = 0, into output: inout [UInt8], limit: Int) -> Int {
        guard start >= 0, start <= input.count, limit > 0 else { return start }
        var next = start
        var room = limit
        while state == .open, room > 0 {
            if isBetweenMembers {
                guard next < input.count else { break }
                isBetweenMembers = false
                guard inflateReset(&stream) == Z_OK else { state = .damaged; break }
            }
            let (taken, given, status) = step(input, from: next, into: &output, limit: min(room, Self.piece))
            next += taken
            room -= given
            hasBegun = hasBegun || taken > 0
            switch status {
            case Z_STREAM_END where format == .gzip: isBetweenMembers = true
            case Z_STREAM_END: state = .ended
            case Z_OK, Z_BUF_ERROR: if taken == 0, given == 0 { return next }
            default: state = .damaged
            }
        }
        return next
    }

    /// Bytes that one call of zlib gives out at most.
    private static let piece = 64 << 10

    private func step(
        _ input: Span<UInt8>, from start: Int, into output: inout [UInt8], limit: Int
    ) -> (taken: Int, given: Int, status: Int32) {
        let offered = min(input.count - start, Int(Int32.max))
        return input.withUnsafeBufferPointer { input in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: limit) { space in
                // zlib reads through this pointer and writes nothing there; its type is older than `const`.
                stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + start) }
                stream.avail_in = UInt32(offered)
                stream.next_out = space.baseAddress
                stream.avail_out = UInt32(limit)
                let status = inflate(&stream, Z_SYNC_FLUSH)
                let given = limit - Int(stream.avail_out)
                let taken = offered - Int(stream.avail_in)
                stream.next_in = nil
                stream.next_out = nil
                output.append(contentsOf: UnsafeBufferPointer(rebasing: space[..<given]))
                return (taken, given, status)
            }
        }
    }
}
