import Conversation
import Lint

/// The findings of a session, given out as the lines pass that they are about.
struct FindingsBeside {
    private var waiting = PerDirection<ArraySlice<Finding>>([])
    private var elsewhere: [Finding]
    private let started: Timestamp
    private let language: Language

    init(_ findings: [Finding], since started: Timestamp, _ language: Language) {
        self.started = started
        self.language = language
        elsewhere = findings.filter { $0.place.bytes == nil }
        for direction in Direction.allCases {
            waiting[direction] =
                findings.filter { $0.place.bytes?.direction == direction }
                .sorted { ($0.place.bytes?.offset ?? 0) < ($1.place.bytes?.offset ?? 0) }[...]
        }
    }

    /// Those about bytes before `end` that were not given out yet.
    mutating func lines(_ direction: Direction, upTo end: UInt64) -> [String] {
        var lines: [String] = []
        while let first = waiting[direction].first, let bytes = first.place.bytes, bytes.offset < end {
            lines += FindingsText.lines(first, since: started, language)
            waiting[direction].removeFirst()
        }
        return lines
    }

    /// All that are left, in the order of the session.
    mutating func rest() -> [String] {
        let left = (elsewhere + waiting.client + waiting.server).sorted { $0.place.at < $1.place.at }
        elsewhere = []
        waiting = PerDirection([])
        return left.flatMap { FindingsText.lines($0, since: started, language) }
    }
}
