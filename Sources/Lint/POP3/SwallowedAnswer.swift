import Wire

/// Looks at the lines of a message for what may be the answer to a later command: where a server forgets the end of a
/// message, its next answer runs into it.
struct SwallowedAnswer: Sendable {
    /// The first line looks like an answer.
    private(set) var isFirst = false
    /// The last line that is not empty does.
    private(set) var isLast = false
    private var head: [UInt8] = []
    private var isFirstLine = true

    mutating func hear(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == Byte.lf {
                endLine()
            } else if head.count < 5 {
                head.append(byte)
            }
        }
    }

    mutating func finish() {
        endLine()
    }

    private mutating func endLine() {
        while head.last == Byte.cr { head.removeLast() }
        guard !head.isEmpty else { return }
        let isAnswer = head.starts(with: "+OK".utf8) || head.starts(with: "-ERR".utf8)
        if isFirstLine { isFirst = isAnswer }
        isFirstLine = false
        isLast = isAnswer
        head.removeAll(keepingCapacity: true)
    }
}
