import Conversation
import Wire

/// What one peer says, line by line: positions, times, and where in a line a secret begins.
struct LineStream: Sendable {
    let direction: Direction
    /// Where the next byte of this peer stands in all that it says.
    private(set) var offset: UInt64 = 0
    private(set) var line: LineBuffer
    /// When the first byte of the line passed, and where it stands in the stream.
    private(set) var lineAt = Timestamp(nanoseconds: 0)
    private(set) var lineOffset: UInt64 = 0
    /// The byte of the line at which a secret begins that lasts to its end, once that is known.
    private var secretFrom: Int?
    /// Bytes of the line before that which are secret as well.
    private var secretStretch: Range<Int>?

    init(_ direction: Direction, limit: Int) {
        self.direction = direction
        line = LineBuffer(limit: limit)
    }

    /// The line that was left unfinished had a secret in it.
    private var leftSecret = false

    /// The line has no word of its own before its secret: it is no command, but goes on with something secret.
    var isSecretWord: Bool { secretFrom.map { !line.bytes.prefix($0).contains(where: \.isBlank) } ?? false }

    /// All that is known of the line so far, or of the next, is secret.
    var isSecret: Bool { secretFrom != nil }

    /// A secret lasts to the end of the line so far.
    var endsInSecret: Bool { secretFrom != nil || secretStretch.map { $0.upperBound >= line.bytes.count } ?? false }

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
        if leftSecret { hideLine() }
        leftSecret = false
    }

    /// The line that begins now is secret from its first byte on.
    mutating func hideLine() {
        if !isInLine { secretFrom = 0 }
    }

    /// Takes bytes up to the end of the line or of the span, and tells the sink which of them are secret.
    /// - Parameters:
    ///   - secret: given the bytes of the line so far, the byte at which a secret begins. Its answer for a line must not
    ///     change as the line grows, but from nil to a position not before what it had seen.
    ///   - stretch: then asked for the bytes before that which are secret as well; of what it had seen before, its answer
    ///     must not change either.
    mutating func take<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink,
        secret: (borrowing LineBuffer) -> Int?, stretch: () -> Range<Int>? = { nil }
    ) -> (next: Int, end: LineEnd?) {
        if line.isEmpty {
            lineAt = time
            lineOffset = offset
        }
        let before = line.length
        let (next, end) = line.take(bytes, from: start)
        offset += UInt64(next - start)
        if secretFrom == nil {
            secretFrom = secret(line)
            secretStretch = stretch()
        }
        let last = end == nil ? next : next - 1
        if let secretStretch, secretStretch.upperBound > before {
            let first = min(start + max(secretStretch.lowerBound - before, 0), last)
            tellSecret(bytes, first..<min(max(start + secretStretch.upperBound - before, first), last), to: &sink)
        }
        if let secretFrom { tellSecret(bytes, min(start + max(secretFrom - before, 0), last)..<last, to: &sink) }
        return (next, end)
    }

    private func tellSecret<Sink: ConversationSink>(_ bytes: Span<UInt8>, _ range: Range<Int>, to sink: inout Sink) {
        // CR is never masked: whether it is the line's end is not known before the next byte.
        var index = range.lowerBound
        while index < range.upperBound {
            let cr = min(bytes.firstIndex(of: Byte.cr, from: index) ?? range.upperBound, range.upperBound)
            if cr > index { sink.secret(index..<cr) }
            index = cr + 1
        }
    }

    /// From here to the end of the line all is secret.
    mutating func makeSecretFromHere() {
        guard isInLine, secretFrom == nil else { return }
        secretFrom = line.length
    }

    /// What of the line may be told: its bytes, the secret masked.
    var spoken: [UInt8] {
        guard secretFrom != nil || secretStretch != nil else { return line.bytes }
        var bytes = line.bytes
        let end = bytes.count
        let stretch = (secretStretch ?? 0..<0).clamped(to: 0..<end)
        for secret in [stretch, min(secretFrom ?? end, end)..<end] {
            for index in secret where bytes[index] != Byte.cr { bytes[index] = Byte.mask }
        }
        return bytes
    }

    /// The finished line as an utterance, its secret masked.
    func utterance(_ kind: Utterance.Kind, end: LineEnd, at time: Timestamp) -> Utterance {
        Utterance(
            direction: direction, kind: kind, at: lineAt, until: time, offset: lineOffset, length: line.length,
            bytes: spoken, end: end, secretFrom: secretToEnd)
    }

    private var secretToEnd: Int? {
        if let secretFrom { return secretFrom < line.bytes.count || line.isTruncated ? secretFrom : nil }
        return endsInSecret ? secretStretch?.lowerBound : nil
    }

    /// Tells a line that has begun and will not end.
    mutating func tellUnfinished<Sink: ConversationSink>(
        _ kind: Utterance.Kind, at time: Timestamp, into sink: inout Sink
    ) {
        leftSecret = false
        guard isInLine else { return }
        leftSecret = isSecret
        if Sink.wantsText { sink.utterance(utterance(kind, end: .none, at: time)) }
        startLine()
    }

    mutating func startLine() {
        line.reset()
        secretFrom = nil
        secretStretch = nil
    }
}
