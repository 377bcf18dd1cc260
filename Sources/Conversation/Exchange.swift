import Wire

/// A command and what was answered to it, paired by order as RFC 2920 §3.1 asks, whatever order the packets had.
public struct Exchange: Sendable, Equatable {
    /// The verb in upper case; empty for the greeting.
    public var verb: String
    /// The command line, secrets masked where the record masks them; empty for the greeting and for a message's end.
    public var command: [UInt8]
    public var asked: Timestamp
    /// Where the command stands in what the client said.
    public var offset: UInt64
    public var length: Int
    /// The phase in which the command was said, spelled as the dialect's table does.
    public var phase: String
    public var replies: [Reply]

    public init(
        verb: String, command: [UInt8], asked: Timestamp, offset: UInt64, length: Int, phase: String,
        replies: [Reply] = []
    ) {
        self.verb = verb
        self.command = command
        self.asked = asked
        self.offset = offset
        self.length = length
        self.phase = phase
        self.replies = replies
    }

    /// A reply that answers no command.
    /// - Parameter offset: where the client stands in what it says.
    public init(unasked reply: Reply, offset: UInt64, phase: String) {
        self.init(
            verb: "", command: [], asked: reply.at, offset: offset, length: 0, phase: phase, replies: [reply])
    }

    /// Nanoseconds from the command's last byte to the first byte of the last reply; nil while unanswered.
    public var latency: Int64? { replies.last?.at.since(asked) }
}

/// One whole reply, of one line or several.
public struct Reply: Sendable, Equatable {
    /// `250`, `+OK`, `-ERR`, `+`.
    public var code: String
    /// The text after the code, a line each.
    public var lines: [[UInt8]]
    public var at: Timestamp
    public var offset: UInt64
    public var length: Int

    public init(code: String, lines: [[UInt8]], at: Timestamp, offset: UInt64, length: Int) {
        self.code = code
        self.lines = lines
        self.at = at
        self.offset = offset
        self.length = length
    }

    public var text: String { lines.map(\.text).joined(separator: "\n") }
}
