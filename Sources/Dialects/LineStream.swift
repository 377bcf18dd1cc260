import Conversation
import Wire

/// What one peer says, line by line: positions, times, and where in a line a secret begins.
struct LineStream: Sendable {
    let direction: Direction
    /// Where the next byte of this peer stands in all that it says.
    private(set) var offset: UInt64 = 0
    private(set) var line: LineBuffer
    private var lineAt = Timestamp(nanoseconds: 0)
    private var lineOffset: UInt64 = 0
    /// The byte of the line at which a secret begins, once that is known.
    private var secretFrom: Int?

    init(_ direction: Direction, limit: Int) {
        self.direction = direction
        line = LineBuffer(limit: limit)
    }

    /// The line that was left unfinished had a secret in it.
    private var leftSecret = false

    /// All that is known of the line so far, or of the next, is secret.
    var isSecret: Bool { secretFrom != nil }

    /// True in the middle of a line.
    var isInLine: Bool { !line.isEmpty }

    /// Passes by bytes that are not read as lines.
    mutating func skip(_ count: Int) {
        offset += UInt64(count)
    }

    /// Passes by bytes that are missing: as many as a damaged record says, which may be more than any stream has. The
    /// position stops where nothing that counts on from there can overflow.
    mutating func miss(_ count: UInt64) {
        let (sum, overflow) = offset.addingReportingOverflow(count)
        offset = max(offset, min(overflow ? .max : sum, UInt64(Int64.max)))
        // Behind the gap the line may go on that had a secret in it.
        if leftSecret { secretFrom = 0 }
        leftSecret = false
    }

    /// Takes bytes up to the end of the line or of the span, and tells the sink which of them are secret.
    /// - Parameter secret: given the bytes of the line so far, the byte at which a secret begins. Its answer for a line
    ///   must not change as the line grows, but from nil to a position not before what it had seen.
    mutating func take<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink,
        secret: (borrowing LineBuffer) -> Int?
    ) -> (next: Int, end: LineEnd?) {
        if line.isEmpty {
            lineAt = time
            lineOffset = offset
        }
        let before = line.length
        let (next, end) = line.take(bytes, from: start)
        offset += UInt64(next - start)
        if secretFrom == nil { secretFrom = secret(line) }
        if let secretFrom {
            let first = start + max(secretFrom - before, 0)
            let last = end == nil ? next : next - 1
            // CR is never masked: whether it is the line's end is not known before the next byte.
            var index = first
            while index < last {
                let cr = min(bytes.firstIndex(of: Byte.cr, from: index) ?? last, last)
                if cr > index { sink.secret(index..<cr) }
                index = cr + 1
            }
        }
        return (next, end)
    }

    /// From here to the end of the line all is secret.
    mutating func makeSecretFromHere() {
        guard isInLine, secretFrom == nil else { return }
        secretFrom = line.length
    }

    /// The finished line as an utterance, its secret masked.
    func utterance(_ kind: Utterance.Kind, end: LineEnd, at time: Timestamp) -> Utterance {
        var bytes = line.bytes
        if let secretFrom, secretFrom < bytes.count {
            for index in secretFrom..<bytes.count where bytes[index] != Byte.cr { bytes[index] = Byte.mask }
        }
        return Utterance(
            direction: direction, kind: kind, at: lineAt, until: time, offset: lineOffset, length: line.length,
            bytes: bytes, end: end, secretFrom: secretFrom.flatMap { $0 < bytes.count || line.isTruncated ? $0 : nil })
    }

    /// Tells a line that has begun and will not end.
    mutating func tellUnfinished<Sink: ConversationSink>(
        _ kind: Utterance.Kind, at time: Timestamp, into sink: inout Sink
    ) {
        leftSecret = false
        guard isInLine else { return }
        leftSecret = isSecret
        sink.utterance(utterance(kind, end: .none, at: time))
        startLine()
    }

    mutating func startLine() {
        line.reset()
        secretFrom = nil
    }
}
