/// Finds what in one list stands for what in another.
enum Alignment {
    enum Pair: Equatable {
        case both(Int, Int)
        case first(Int)
        case second(Int)
    }

    /// - Parameters:
    ///   - likeness: 0 for what cannot stand for each other, more the more two are alike.
    ///   - limit: of pairs that are weighed; beyond, the lists are gone through side by side.
    static func of<Element>(
        _ a: [Element], _ b: [Element], limit: Int, likeness: (Element, Element) -> Int
    ) -> [Pair] {
        var start = 0
        while start < a.count, start < b.count, likeness(a[start], b[start]) == best { start += 1 }
        var ends = (a.count, b.count)
        while ends.0 > start, ends.1 > start, likeness(a[ends.0 - 1], b[ends.1 - 1]) == best {
            ends = (ends.0 - 1, ends.1 - 1)
        }
        let before = (0..<start).map { Pair.both($0, $0) }
        let after = zip(ends.0..<a.count, ends.1..<b.count).map { Pair.both($0, $1) }
        let middle = between(a[start..<ends.0], b[start..<ends.1], limit: limit, likeness: likeness)
        return before + middle + after
    }

    /// The likeness of what is the same.
    static let best = 3

    private static func between<Element>(
        _ a: ArraySlice<Element>, _ b: ArraySlice<Element>, limit: Int, likeness: (Element, Element) -> Int
    ) -> [Pair] {
        let (cells, isBeyond) = (a.count + 1).multipliedReportingOverflow(by: b.count + 1)
        guard !isBeyond, cells <= limit else { return sideBySide(a, b, likeness: likeness) }
        // The best sum of likenesses from each place on, row by row from the end.
        let width = b.count + 1
        var sums = [Int32](repeating: 0, count: cells)
        for i in stride(from: a.count - 1, through: 0, by: -1) {
            for j in stride(from: b.count - 1, through: 0, by: -1) {
                let like = likeness(a[a.startIndex + i], b[b.startIndex + j])
                let both = like > 0 ? sums[(i + 1) * width + j + 1] + Int32(like) : 0
                sums[i * width + j] = max(both, sums[(i + 1) * width + j], sums[i * width + j + 1])
            }
        }
        var pairs: [Pair] = []
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if i < a.count, j < b.count {
                let like = likeness(a[a.startIndex + i], b[b.startIndex + j])
                if like > 0, sums[i * width + j] == sums[(i + 1) * width + j + 1] + Int32(like) {
                    pairs.append(.both(a.startIndex + i, b.startIndex + j))
                    (i, j) = (i + 1, j + 1)
                    continue
                }
            }
            if i < a.count, j == b.count || sums[i * width + j] == sums[(i + 1) * width + j] {
                pairs.append(.first(a.startIndex + i))
                i += 1
            } else {
                pairs.append(.second(b.startIndex + j))
                j += 1
            }
        }
        return pairs
    }

    private static func sideBySide<Element>(
        _ a: ArraySlice<Element>, _ b: ArraySlice<Element>, likeness: (Element, Element) -> Int
    ) -> [Pair] {
        var pairs: [Pair] = []
        for (i, j) in zip(a.indices, b.indices) {
            if likeness(a[i], b[j]) > 0 { pairs.append(.both(i, j)) } else { pairs += [.first(i), .second(j)] }
        }
        pairs += a.indices.dropFirst(b.count).map { .first($0) }
        pairs += b.indices.dropFirst(a.count).map { .second($0) }
        return pairs
    }
}
