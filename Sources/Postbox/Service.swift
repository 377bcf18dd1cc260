import Wire

/// A server's side of a session, without input and output of its own: takes what the client says, gives what is to be
/// answered.
public protocol Service {
    /// What the server says first.
    mutating func opened() -> [UInt8]
    /// - Returns: what is to be answered.
    mutating func received(_ bytes: Span<UInt8>) -> [UInt8]
    /// The session is over once the answer is on its way.
    var isOver: Bool { get }
    /// The answer agrees on TLS, so that the client's next byte is of its handshake. What the client had said behind its
    /// command, in clear, is thrown away (RFC 3207 §4.2).
    var awaitsTLS: Bool { get }
    /// What comes next was said inside TLS. What was said before counts no more.
    mutating func secured()
}

/// How a session with the embedded server stands to TLS.
enum ServiceTLS {
    case notOffered
    case offered
    case awaited
    case secure
}

/// Reads a client's lines; one that is too long is told as such once it has ended.
struct CommandLines {
    private var buffer = LineBuffer(limit: PostboxLimits.line)

    enum Line {
        case line([UInt8])
        case tooLong
    }

    mutating func take(_ bytes: Span<UInt8>, from start: Int) -> (next: Int, line: Line?) {
        let (next, end) = buffer.take(bytes, from: start)
        guard end != nil else { return (next, nil) }
        defer { buffer.reset() }
        return (next, buffer.isTruncated ? .tooLong : .line(buffer.bytes))
    }
}

func reply(_ text: String) -> [UInt8] {
    Array((text + "\r\n").utf8)
}
