import Wire

/// Numbers of messages or UIDs as a command names them: `1:5,7,9:*` (RFC 9051 §9, sequence-set).
struct IMAPNumbers: Sendable, Equatable {
    /// Ranges that are kept of one.
    private static let limit = 256

    /// nil is `*`.
    private(set) var ranges: [(first: UInt64?, last: UInt64?)] = []

    /// nil where `text` is no such thing, or `$` (RFC 5182).
    init?(_ text: ArraySlice<UInt8>) {
        for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let ends = part.split(separator: Byte.colon, omittingEmptySubsequences: false)
            guard ends.count <= 2, let first = ends.first, let last = ends.last else { return nil }
            for end in ends where end != [Byte.star] {
                guard ASCII.number(end) != nil else { return nil }
            }
            guard ranges.count < Self.limit else { continue }
            ranges.append((ASCII.number(first), ASCII.number(last)))
        }
    }

    /// It names one message by its number.
    var single: UInt64? {
        guard ranges.count == 1, let first = ranges[0].first, ranges[0].last == first else { return nil }
        return first
    }

    var hasZero: Bool { ranges.contains { $0.first == 0 || $0.last == 0 } }
    var hasStar: Bool { ranges.contains { $0.first == nil || $0.last == nil } }

    /// The greatest number in what does not reach to the last message.
    var greatest: UInt64? {
        ranges.compactMap { range in
            range.first.flatMap { first in range.last.map { max(first, $0) } }
        }.max()
    }

    static func == (a: IMAPNumbers, b: IMAPNumbers) -> Bool {
        a.ranges.elementsEqual(b.ranges) { $0.first == $1.first && $0.last == $1.last }
    }
}
