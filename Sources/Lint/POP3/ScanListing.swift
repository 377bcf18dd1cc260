import Wire

/// A line of LIST, and what STAT says: two numbers, and whatever a server has to say behind them (RFC 1939 §5).
enum ScanListing: Equatable {
    case scan(first: UInt64, second: UInt64, extra: Bool)
    case malformed

    /// - Parameter line: what follows `+OK` and one blank, or a line of a listing.
    init(_ line: ArraySlice<UInt8>) {
        let parts = line.split(separator: Byte.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let first = ASCII.number(parts[0]), let second = ASCII.number(parts[1]) else {
            self = .malformed
            return
        }
        self = .scan(first: first, second: second, extra: parts.count > 2)
    }

    /// What a status line says behind its `+OK` and one blank; the empty line where there is nothing.
    static func text(ofStatus line: [UInt8]) -> ArraySlice<UInt8> {
        let rest = line.dropFirst(3)
        return rest.first == Byte.space ? rest.dropFirst() : rest
    }
}
