/// The defects seen so far, one for each kind and part.
struct DefectList: Sendable {
    private var list: [MessageDefect] = []
    private var indices: [Key: Int] = [:]
    /// Those that there was no room for.
    private(set) var beyond: UInt64 = 0

    private struct Key: Hashable {
        var kind: MessageDefect.Kind
        var part: Int
    }

    mutating func add(
        _ kind: MessageDefect.Kind, part: Int, range: Range<UInt64>, count: UInt64 = 1,
        detail: @autoclosure () -> [UInt8]
    ) {
        let key = Key(kind: kind, part: part)
        if let index = indices[key] {
            list[index].count += count
        } else if list.count < MessageLimits.defects {
            indices[key] = list.count
            list.append(
                MessageDefect(
                    kind: kind, part: part, count: count, range: range,
                    detail: Array(detail().prefix(MessageLimits.detail)))
            )
        } else {
            beyond += 1
        }
    }

    /// By part and place.
    var sorted: [MessageDefect] {
        list.enumerated().sorted {
            let (left, right) = ($0.element, $1.element)
            if left.part != right.part { return left.part < right.part }
            if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
            return $0.offset < $1.offset
        }.map(\.element)
    }
}
