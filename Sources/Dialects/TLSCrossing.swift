import Conversation
import Wire

/// The stretch between the words that agree on TLS and what is said inside it. TLS passes by unread; what a peer says in
/// clear here, where only TLS may be (RFC 3207 §4, RFC 2595 §4), is told line by line.
struct TLSCrossing: Sendable {
    private var isTLS = PerDirection<Bool?>(nil)
    /// The client has begun to log in, in clear: whatever it says next may be a secret, since nothing tells steps of an
    /// authentication from commands here.
    private var hidesAll = false

    /// Takes all of `bytes` from `start` on.
    mutating func pass<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from start: Int, of stream: inout LineStream, at time: Timestamp, into sink: inout Sink
    ) {
        guard start < bytes.count else { return }
        let direction = stream.direction
        if isTLS[direction] == nil { isTLS[direction] = Self.beginsTLS(bytes[start]) }
        if isTLS[direction] == true {
            stream.tellUnfinished(.line, at: time, into: &sink)
            return stream.skip(bytes.count - start)
        }
        var index = start
        while index < bytes.count {
            let hidesAll = hidesAll
            let (next, end) = stream.take(bytes, from: index, at: time, into: &sink) { line in
                direction == .server ? nil : hidesAll ? 0 : Credentials.secretStart(in: line)
            }
            index = next
            guard let end else { return }
            if direction == .client, Self.beginsLogin(stream.line.bytes) { self.hidesAll = true }
            if Sink.wantsText { sink.utterance(stream.utterance(.line, end: end, at: time)) }
            stream.startLine()
        }
    }

    private static func beginsLogin(_ line: [UInt8]) -> Bool {
        ASCII.words(line.prefix(2 * Credentials.wordLength)).prefix(2).contains { word in
            ASCII.equal(word, "AUTH") || ASCII.equal(word, "AUTHENTICATE") || ASCII.equal(word, "LOGIN")
        }
    }

    /// The type of a record (RFC 8446 §5.1), or the length of an SSL 2.0 hello; no line of text begins so.
    private static func beginsTLS(_ byte: UInt8) -> Bool {
        (0x14...0x18).contains(byte) || byte >= 0x80
    }
}
