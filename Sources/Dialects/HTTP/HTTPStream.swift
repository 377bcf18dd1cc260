import Conversation
import Wire

/// What one peer says: where it is in a request or response, and what frames that (RFC 9112 §6).
struct HTTPStream: Sendable {
    enum Mode: Sendable {
        /// A request line or status line is awaited; what is none is told and passed by.
        case start
        case fields
        /// So many bytes of the body are to come.
        case counted(UInt64)
        case chunkSize
        case chunk(UInt64)
        /// The line end behind a chunk's data.
        case chunkEnd
        case trailer
        /// The connection's end is the body's.
        case untilClose
        /// Another protocol is spoken from here on (RFC 9110 §7.8, §9.3.6); its first byte tells how it is read.
        case switched
        case lines
        case binary
    }

    private enum Opening: Sendable {
        case unasked
        case held([UInt8])
    }

    var lines: LineStream
    var mode = Mode.start
    var fields = HTTPFields()
    /// Where the request line or status line stands in what this peer says.
    var head: UInt64 = 0
    private var isBodyOpen = false
    /// No byte of the body is missing so far.
    private var isBodyWhole = true
    private var userinfo = HTTPUserinfo()
    private var isFieldSecret = false
    private var opening = Opening.unasked

    init(_ direction: Direction) {
        lines = LineStream(direction, limit: HTTPLimits.line)
    }

    var direction: Direction { lines.direction }

    var isInBody: Bool {
        switch mode {
        case .counted, .chunk, .untilClose: true
        case .start, .fields, .chunkSize, .chunkEnd, .trailer, .switched, .lines, .binary: false
        }
    }

    /// How a line is told that ends too early.
    var kindOfUnfinishedLine: Utterance.Kind {
        switch mode {
        case .fields, .trailer: .field
        case .chunkSize, .chunkEnd: .chunk
        case .start, .counted, .chunk, .untilClose, .switched, .lines, .binary: .line
        }
    }

    /// The same peer inside TLS.
    func restarted() -> HTTPStream {
        var stream = HTTPStream(direction)
        stream.lines = lines
        return stream
    }

    // MARK: - Lines

    mutating func takeLine<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, at time: Timestamp, into sink: inout Sink
    ) -> (next: Int, end: LineEnd?) {
        var userinfo = userinfo
        var length = 0
        let continues = isFieldSecret
        let (mayBeCommand, mayBeTarget) = expected
        let (next, end) = lines.take(bytes, from: start, at: time, into: &sink) { line in
            length = line.length
            if mayBeTarget { userinfo.read(line) }
            let field = HTTPSecrets.start(in: line, continues: continues)
            let word = mayBeCommand ? Credentials.secretStart(in: line) : nil
            return field.map { min($0, word ?? $0) } ?? word
        } stretch: {
            mayBeTarget ? userinfo.password(in: length) : nil
        }
        self.userinfo = userinfo
        if end != nil {
            isFieldSecret = lines.isSecret || HTTPSecrets.isOpen(after: lines.spoken, continues: continues)
        }
        return (next, end)
    }

    /// Whether the line may be a command of another protocol, and whether it may be a request line.
    private var expected: (command: Bool, target: Bool) {
        guard direction == .client else { return (false, false) }
        return switch mode {
        case .start: (true, true)
        case .lines: (true, false)
        case .fields, .chunkSize, .chunkEnd, .trailer: (false, true)
        case .counted, .chunk, .untilClose, .switched, .binary: (false, false)
        }
    }

    mutating func startLine() {
        lines.startLine()
        userinfo = HTTPUserinfo()
    }

    mutating func tellUnfinishedLine<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        lines.tellUnfinished(kindOfUnfinishedLine, at: time, into: &sink)
        userinfo = HTTPUserinfo()
    }

    mutating func miss(_ count: UInt64, isLineSecret: Bool) {
        lines.miss(count)
        if isLineSecret { lines.hideLine() }
    }

    // MARK: - Bodies

    mutating func beginBody<Sink: ConversationSink>(isSwitched: Bool = false, at time: Timestamp, into sink: inout Sink)
    {
        isBodyOpen = true
        isBodyWhole = true
        sink.bodyBegan(
            BodyStart(
                direction: direction, offset: lines.offset, at: time, head: head,
                mediaType: Sink.wantsText && !isSwitched ? fields.mediaType : [],
                contentCoding: Sink.wantsText && !isSwitched ? fields.contentCoding : [], isSwitched: isSwitched))
    }

    /// Passes bytes of the body, at most so many.
    mutating func passBody<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, limit: UInt64 = .max, at time: Timestamp, into sink: inout Sink
    ) -> Int {
        let part = Int(clamping: min(limit, UInt64(bytes.count - start)))
        sink.bodyBytes(bytes.extracting(start..<(start + part)), from: direction, offset: lines.offset, at: time)
        lines.skip(part)
        return part
    }

    mutating func bodyIsMissingBytes() {
        isBodyWhole = false
    }

    mutating func endBody<Sink: ConversationSink>(complete: Bool, at time: Timestamp, into sink: inout Sink) {
        guard isBodyOpen else { return }
        isBodyOpen = false
        sink.bodyEnded(direction, complete: complete && isBodyWhole, at: time)
    }

    // MARK: - What may begin in the middle of a body

    /// From here it is asked whether the bytes begin a request or response.
    mutating func askForOpening() {
        opening = .held([])
    }

    var isAskedForOpening: Bool {
        if case .held = opening { true } else { false }
    }

    /// Holds back one byte.
    /// - Returns: all that was held back, and whether it begins a request or response, once that is known.
    mutating func hold(_ byte: UInt8) -> (held: [UInt8], isOpening: Bool)? {
        guard case .held(var held) = opening else { return nil }
        held.append(byte)
        let verdict = HTTPOpening.verdict(held, from: direction)
        opening = verdict == .open ? .held(held) : .unasked
        return verdict == .open ? nil : (held, verdict == .yes)
    }

    /// What was held back begins nothing.
    mutating func giveUpOpening() -> [UInt8] {
        guard case .held(let held) = opening else { return [] }
        opening = .unasked
        return held
    }
}
