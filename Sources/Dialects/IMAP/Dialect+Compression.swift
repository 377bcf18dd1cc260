import Conversation

/// Compression that peers agree on in the middle of a conversation (RFC 4978).
///
/// As long as one is asked for, whoever can inflate feeds the server's bytes line by line: behind the line on which the
/// sink hears `compressionBegins`, the server speaks DEFLATE, and so does the client from its next byte on. Then it
/// tells the machine so, and feeds it what the peers meant. A machine that is not told hears bytes that it cannot read.
extension Dialect {
    /// True from a command that asks for compression to its completion.
    public var awaitsCompression: Bool {
        if case .imap(let machine) = self { machine.awaitsCompression } else { false }
    }

    /// From here on what the peers say is heard inflated.
    public mutating func inflated<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        switch consume self {
        case .imap(var machine):
            machine.inflated(at: time, into: &sink)
            self = .imap(machine)
        case let other: self = other
        }
    }
}
