import Archive
import Capture
import Conversation
import Wire

/// A session as text, a line for each that was said.
struct TextTranscript: SpokenLineSink {
    private let notation: Notation?
    private let fold: Bool
    private let started: Timestamp
    private let print: (String) -> Void
    var messages = PerDirection<MessageText?>(nil)
    var bodies = PerDirection<BodyText?>(nil)
    private var folded = PerDirection((lines: 0, bytes: 0))
    /// The last line that was said, kept until it is known whether it completes an answer.
    private var pending: String?
    /// What stands below it.
    private var below: [String] = []
    private var findings: FindingsBeside?

    /// - Parameter findings: what was found in the session, to stand below the lines that it is about.
    init(
        notation: Notation?, fold: Bool, started: Timestamp, findings: FindingsBeside? = nil,
        print: @escaping (String) -> Void
    ) {
        self.notation = notation
        self.fold = fold
        self.started = started
        self.findings = findings
        self.print = print
    }

    static func heading(_ summary: SessionSummary) -> String {
        let facts = summary.facts
        var text =
            "\(facts.id)  \(facts.dialect.rawValue)  \(facts.client) → \(facts.server)  \(facts.started.localText)"
        for remark in facts.remarks { text += "\n(\(remark))" }
        return text
    }

    mutating func line(_ line: SpokenLine) {
        tell(line)
        if let found = findings?.lines(line.direction, upTo: line.offset + UInt64(line.length)) { below += found }
    }

    private mutating func tell(_ line: SpokenLine) {
        if let kind = line.kind {
            let isFraming = line.bytes.isEmpty || bodies[line.direction]?.isFolded == true
            if kind == .chunk, isFraming, notation == nil { return }
            let isRefusal = kind == .reply && Self.isRefusal(line.text)
            say(line.direction, line.text, at: line.at, end: line.end, style: isRefusal ? .refusal : nil)
            if notation == nil, let decoded = line.decoded { sayMeaning(decoded) }
            return
        }
        if line.isBody { return say(line.direction, line.text, at: line.at, end: line.end) }
        if fold {
            folded[line.direction].lines += 1
            folded[line.direction].bytes += line.length
            return
        }
        guard let decoded = line.decoded else { return say(line.direction, line.text, at: line.at, end: line.end) }
        if notation != nil {
            // The form of 1997: the header as it was sent, the body as it was read.
            say(line.direction, line.isHeader ? line.text : Picture.of(text: decoded), at: line.at, end: line.end)
        } else {
            say(line.direction, line.text, at: line.at, end: line.end)
            sayMeaning(decoded)
        }
    }

    /// What the line that was said last means.
    private mutating func sayMeaning(_ decoded: String) {
        put(Style.aside(String(repeating: " ", count: 15) + "= " + Picture.of(text: decoded)))
    }

    private static func isRefusal(_ text: String) -> Bool {
        ["4", "5", "-ERR", "HTTP/1.1 4", "HTTP/1.1 5", "HTTP/1.0 4", "HTTP/1.0 5"].contains { text.hasPrefix($0) }
    }

    mutating func bodyBegan(_ start: BodyStart) {
        bodies[start.direction] = BodyText(start, folds: fold)
    }

    mutating func messageBegan(_ start: MessageStart) {
        messages[start.direction] = MessageText(start)
        folded[start.direction] = (0, 0)
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        finishMessage(direction)
        guard fold else { return }
        let (lines, bytes) = folded[direction]
        say(direction, "[\(lines) lines, \(bytes) bytes of a message]", at: at, end: .crlf)
    }

    mutating func tlsBegins(at time: Timestamp) {
        aside("agreed: TLS begins here", at: time)
    }

    mutating func compressionBegins(at time: Timestamp) {
        aside("agreed: compression begins here", at: time)
    }

    /// The line that was said last completes the answer to a command: which, and after how long.
    mutating func exchange(_ exchange: Exchange) {
        guard notation == nil, let line = pending, !exchange.verb.isEmpty, let latency = exchange.latency else {
            return
        }
        let verb = exchange.verb == "." ? "the message" : exchange.verb
        pending = line + Style.aside("  (\(verb), \(Self.milliseconds(latency)) ms)")
    }

    /// What no peer said.
    mutating func aside(_ recorded: RecordedEvent) {
        flush()
        switch recorded.event {
        case .opened, .bytes: break
        case .compressed: aside("what follows was compressed, and is recorded as it was meant", at: recorded.at)
        case .lost(let direction, let count):
            aside("\(count) bytes that the \(direction.rawValue) said are not in the record", at: recorded.at)
        case .note(let note):
            aside(note.kind == .stderr ? "stderr: \(Picture.of(text: note.text))" : note.text, at: recorded.at)
        case .tls(let facts):
            for sentence in TLSWords.sentences(facts) { aside(sentence, at: recorded.at) }
        case .halfClosed(let direction): aside("the \(direction.rawValue) ended its stream", at: recorded.at)
        case .closed(let end): aside(end.text, at: recorded.at)
        }
    }

    /// What was found and is about no line.
    mutating func rest() -> [String] { findings?.rest() ?? [] }

    /// Prints what is kept back; to be called when nothing more is to come for now.
    mutating func flush() {
        if let line = pending { print(line) }
        pending = nil
        below.forEach(print)
        below = []
    }

    private mutating func put(_ line: String) {
        flush()
        pending = line
    }

    private mutating func say(
        _ direction: Direction, _ text: String, at time: Timestamp, end: LineEnd, style: Style? = nil
    ) {
        if let notation { return put(notation.mark(direction) + text) }
        let arrow = direction == .client ? "→" : "←"
        let ending =
            switch end {
            case .crlf: ""
            case .lf: "␊"
            case .none: " [no line end]"
            }
        put("\(elapsed(time)) " + (style ?? (direction == .client ? .client : .server))("\(arrow) \(text)\(ending)"))
    }

    private mutating func aside(_ text: String, at time: Timestamp) {
        guard notation == nil else { return }
        put("\(elapsed(time)) " + Style.aside("· \(text)"))
        flush()
    }

    /// Milliseconds to the hundredth.
    private static func milliseconds(_ nanoseconds: Int64) -> String {
        let hundredths = nanoseconds / 10_000
        let fraction = String(hundredths % 100)
        return "\(hundredths / 100).\(fraction.count == 1 ? "0" : "")\(fraction)"
    }

    /// Seconds since the session began, to the tenth of a millisecond, in twelve columns.
    private func elapsed(_ time: Timestamp) -> String {
        let tenths = time.since(started) / 100_000
        let fraction = String(tenths % 10_000)
        let text = "\(tenths / 10_000).\(String(repeating: "0", count: 4 - fraction.count))\(fraction)"
        return String(repeating: " ", count: max(0, 12 - text.count)) + text
    }
}
