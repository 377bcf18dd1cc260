import Archive
import Conversation
import Lint

/// On which line of a session's text each of some bytes stands.
struct LineNumbers: SpokenLineSink {
    var messages = PerDirection<MessageText?>(nil)
    var bodies = PerDirection<BodyText?>(nil)
    private var number = 0
    /// Where lines begin in what each peer says, in order, and their numbers.
    private var starts = PerDirection<[(offset: UInt64, number: Int)]>([])

    mutating func line(_ line: SpokenLine) {
        number += 1
        starts[line.direction].append((line.offset, number))
    }

    /// From 1 on.
    func line(of place: Place) -> Int {
        guard let bytes = place.bytes else { return 1 }
        let starts = starts[bytes.direction]
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle].offset <= bytes.offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? starts[low - 1].number : 1
    }
}
